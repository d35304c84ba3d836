import { ACCOUNT_COMMANDS } from './mending/account.ts';
import { CREDENTIAL_COMMANDS } from './mending/credentials.ts';
import { ORGANIZATION_COMMANDS } from './mending/organization.ts';
import { POLICY_COMMANDS } from './mending/policies.ts';
import { TRUST_COMMANDS } from './mending/trust.ts';
import type { MendingCommands } from './mending/words.ts';

/** Commands by the checks whose findings they mend; a check without any is mended by what people do, or in a console alone. */
export const MENDING_COMMANDS: ReadonlyMap<string, MendingCommands> = new Map([
  ...CREDENTIAL_COMMANDS,
  ...POLICY_COMMANDS,
  ...TRUST_COMMANDS,
  ...ACCOUNT_COMMANDS,
  ...ORGANIZATION_COMMANDS,
]);
