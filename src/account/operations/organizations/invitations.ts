import { z } from 'zod';
import type { AccountId } from '../../../iam/account-id.ts';
import { parseAccountId } from '../../../iam/account-id.ts';
import { ok } from '../../../kernel/result.ts';
import { addDays, type Instant } from '../../../kernel/time.ts';
import { awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import type { HandshakeState, HandshakeTarget } from '../../handshake-state.ts';
import type { OrganizationState } from '../../organization-state.ts';
import { handshakeView, isOpen, statusAt } from './handshake-views.ts';
import { tags } from './input.ts';
import { handshakeViolation, invalidInput, organizationOperation } from './organization-operation.ts';
import { newId } from './tree.ts';

const INVITATION_DAYS = 15;

const ALL_FEATURES_DAYS = 90;

const newHandshake = (
  given: Pick<HandshakeState, 'action' | 'state' | 'target'> & Partial<HandshakeState>,
  days: number,
  { now, random }: Call,
): HandshakeState => ({
  id: newId('h-', 32, random),
  requestedTimestamp: now,
  expirationTimestamp: addDays(now, days),
  notes: null,
  tags: new Map(),
  parentId: null,
  ...given,
});

const stillOpen = ({ handshakes }: OrganizationState, action: HandshakeState['action'], now: Instant) =>
  [...handshakes.values()].filter((handshake) => handshake.action === action && isOpen(statusAt(handshake, now)));

const withHandshakes = (organization: OrganizationState, ...added: readonly HandshakeState[]): OrganizationState => ({
  ...organization,
  handshakes: added.reduce((map, handshake) => map.set(handshake.id, handshake), organization.handshakes),
});

/** `organizations:InviteAccountToOrganization`. */
const inviteAccount = organizationOperation(
  'InviteAccountToOrganization',
  'managementAccount',
  z.object({
    Target: z.object({ Id: z.string().min(1).max(64), Type: z.enum(['ACCOUNT', 'EMAIL', 'ORGANIZATION']) }),
    Notes: z.string().max(1024).optional(),
    Tags: tags.default([]),
  }),
  (organization, { Target, Notes, Tags }, call) => {
    const target = targetOf(Target.Type, Target.Id);
    if (target === null) return invalidInput('INVALID_PARTY_TYPE_TARGET');
    if ([...organization.accounts.values()].some(({ id, email }) => id === target.id || email === target.id)) {
      const message = 'The account is already a member of an organization.';
      return handshakeViolation('ALREADY_IN_AN_ORGANIZATION', message);
    }
    if (stillOpen(organization, 'ENABLE_ALL_FEATURES', call.now).length > 0) {
      const message = 'You cannot invite accounts while the organization is enabling all features.';
      return handshakeViolation('INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES', message);
    }
    if (stillOpen(organization, 'INVITE', call.now).some((open) => open.target?.id === target.id)) {
      const message = 'A handshake with the same action and target already exists.';
      return awsError('DuplicateHandshakeException', message);
    }
    const handshake = newHandshake(
      {
        action: 'INVITE',
        state: 'OPEN',
        target,
        notes: Notes ?? null,
        tags: new Map(Tags.map(({ Key, Value }) => [Key, Value])),
      },
      INVITATION_DAYS,
      call,
    );
    const answer = { Handshake: handshakeView(organization, handshake, call.now) };
    return ok({ organization: withHandshakes(organization, handshake), answer });
  },
);

const targetOf = (type: string, text: string): HandshakeTarget | null => {
  if (type === 'EMAIL') return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? { type, id: text } : null;
  const id = parseAccountId(text);
  return type === 'ACCOUNT' && id.ok ? { type, id: id.value } : null;
};

/** `organizations:EnableAllFeatures`: asks each account that was invited, and is done when the management account says so. */
const enableAllFeatures = organizationOperation(
  'EnableAllFeatures',
  'managementAccount',
  z.object({}),
  (organization, _, call) => {
    if (organization.featureSet === 'ALL') {
      const message = 'The organization already has all features enabled.';
      return handshakeViolation('ORGANIZATION_ALREADY_HAS_ALL_FEATURES', message);
    }
    if (stillOpen(organization, 'ENABLE_ALL_FEATURES', call.now).length > 0) {
      const message = 'The organization is already enabling all features.';
      return handshakeViolation('ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION', message);
    }
    const invited = invitedAccounts(organization);
    const state = invited.length === 0 ? 'OPEN' : 'REQUESTED';
    const whole = newHandshake({ action: 'ENABLE_ALL_FEATURES', state, target: null }, ALL_FEATURES_DAYS, call);
    const each = invited.map((id) =>
      newHandshake(
        { action: 'APPROVE_ALL_FEATURES', state: 'OPEN', target: { type: 'ACCOUNT', id }, parentId: whole.id },
        ALL_FEATURES_DAYS,
        call,
      ),
    );
    const answer = { Handshake: handshakeView(organization, whole, call.now) };
    return ok({ organization: withHandshakes(organization, whole, ...each), answer });
  },
);

const invitedAccounts = ({ accounts, managementAccountId }: OrganizationState): readonly AccountId[] =>
  [...accounts.values()]
    .filter(({ id, joinedMethod }) => id !== managementAccountId && joinedMethod === 'INVITED')
    .map(({ id }) => id);

/** The operations that ask other accounts for something. */
export const invitationOperations = [inviteAccount, enableAllFeatures];
