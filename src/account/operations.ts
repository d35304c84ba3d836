import type { Operation } from './operation.ts';
import { accountOperations } from './operations/account-wide.ts';
import { getAccountAuthorizationDetails } from './operations/authorization-details.ts';
import { credentialReportOperations } from './operations/credential-report.ts';
import { credentialOperations } from './operations/credentials.ts';
import { federationOperations } from './operations/federation.ts';
import { groupOperations } from './operations/groups.ts';
import { managedPolicyOperations } from './operations/managed-policies.ts';
import { roleOperations } from './operations/roles.ts';
import { stsOperations } from './operations/sts/sts.ts';
import { userOperations } from './operations/users.ts';

/** Every operation of the emulated account, by its name as an IAM action: `iam:GetUser`. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  [
    ...stsOperations,
    getAccountAuthorizationDetails,
    ...accountOperations,
    ...credentialReportOperations,
    ...userOperations,
    ...credentialOperations,
    ...groupOperations,
    ...roleOperations,
    ...managedPolicyOperations,
    ...federationOperations,
  ].map((operation) => [operation.name, operation]),
);
