import type { Operation } from './operation.ts';
import { getAccountAuthorizationDetails } from './operations/authorization-details.ts';
import { getCallerIdentity } from './operations/callers.ts';

/** Every operation of the emulated account, by its name as an IAM action: `iam:GetUser`. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  [getAccountAuthorizationDetails, getCallerIdentity].map((operation) => [operation.name, operation]),
);
