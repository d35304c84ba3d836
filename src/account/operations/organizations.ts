import { accountCreationOperations } from './organizations/account-creation.ts';
import { memberAccountOperations } from './organizations/accounts.ts';
import { administratorOperations } from './organizations/administrators.ts';
import { attachmentOperations } from './organizations/attachments.ts';
import { effectivePolicyOperations } from './organizations/effective-policies.ts';
import { handshakeReads } from './organizations/handshake-lists.ts';
import { handshakeOperations } from './organizations/handshakes.ts';
import { invitationOperations } from './organizations/invitations.ts';
import { wholeOrganizationOperations } from './organizations/organization.ts';
import { policyOperations } from './organizations/policies.ts';
import { tagOperations } from './organizations/tags.ts';
import { unitOperations } from './organizations/units.ts';

/** The operations of AWS Organizations. */
export const organizationsOperations = [
  ...wholeOrganizationOperations,
  ...accountCreationOperations,
  ...memberAccountOperations,
  ...unitOperations,
  ...policyOperations,
  ...attachmentOperations,
  ...tagOperations,
  ...administratorOperations,
  ...invitationOperations,
  ...handshakeOperations,
  ...handshakeReads,
  ...effectivePolicyOperations,
];
