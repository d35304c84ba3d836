import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import { withRole } from '../../account-edits.ts';
import { type AccountState, nameKey } from '../../account-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { AccountPlace, Call } from '../../call.ts';
import { accountAt, type CloudState, withAccount } from '../../cloud-state.ts';
import type { HandshakeState, HandshakeStatus } from '../../handshake-state.ts';
import { type CloudOutcome, cloudOperation } from '../../operation.ts';
import { organizationOf, withOrganization } from '../../organization-membership.ts';
import type { OrganizationState } from '../../organization-state.ts';
import { handshakeView, isOpen, statusAt } from './handshake-views.ts';
import { newOrganizationsRole } from './new-member-account.ts';
import { accessDenied, handshakeViolation, refuseInput } from './organization-operation.ts';
import { withMember } from './tree.ts';

/** The id of a handshake. */
export const ofHandshake = z.object({ HandshakeId: z.string().regex(/^h-[0-9a-z]{8,32}$/) });

/** A handshake and the organization that began it. */
interface Found {
  readonly organization: OrganizationState;
  readonly handshake: HandshakeState;
}

/** Whether an account is the one that a handshake asks. */
export const isAsked = (cloud: CloudState, place: AccountPlace, { target }: HandshakeState): boolean => {
  if (target === null) return false;
  if (target.type === 'ACCOUNT') return target.id === place.accountId;
  const member = organizationOf(cloud, place)?.accounts.get(place.accountId);
  return target.id === (member?.email ?? ownEmail(accountAt(cloud, place)));
};

/** The e-mail address of an account's root user, where no organization knows one. */
const ownEmail = ({ alias, accountId }: AccountState): string => `${alias ?? accountId}@example.com`;

/** A handshake by its id, for who begins it or is asked, or AWS's refusal. */
export const findHandshake = (cloud: CloudState, id: string, { account }: Call): Result<Found, AwsError> => {
  for (const organization of cloud.organizations.values()) {
    const handshake = organization.handshakes.get(id);
    if (handshake === undefined || organization.partition !== account.partition) continue;
    const isParty = organization.managementAccountId === account.accountId || isAsked(cloud, account, handshake);
    return isParty ? ok({ organization, handshake }) : accessDenied;
  }
  return awsError('HandshakeNotFoundException', "We can't find a handshake with the HandshakeId that you specified.");
};

/** Defines an operation that ends a handshake; `isEntitled` says whether the caller's account may. */
const ending = (
  action: string,
  to: HandshakeStatus,
  isEntitled: (cloud: CloudState, found: Found, call: Call) => boolean,
  step: (cloud: CloudState, ended: Found, call: Call) => Result<CloudState, AwsError> = (cloud, { organization }) =>
    ok(withOrganization(cloud, organization)),
) =>
  cloudOperation(
    `organizations:${action}`,
    ofHandshake,
    (cloud, { HandshakeId }, call): Result<CloudOutcome, AwsError> => {
      const found = findHandshake(cloud, HandshakeId, call);
      if (!found.ok) return found;
      if (!isEntitled(cloud, found.value, call)) return accessDenied;
      const { organization, handshake } = found.value;
      const state = statusAt(handshake, call.now);
      if (state === to)
        return awsError(
          'HandshakeAlreadyInStateException',
          'The specified handshake is already in the requested state.',
        );
      const isEarly = to === 'ACCEPTED' && state === 'REQUESTED';
      if (!isOpen(state) || isEarly) {
        const message = "You can't perform the operation on the handshake in its current state.";
        return awsError('InvalidHandshakeTransitionException', message);
      }
      const ended = withState(organization, handshake, to);
      const after = step(cloud, ended, call);
      if (!after.ok) return after;
      return ok({
        cloud: after.value,
        answer: { Handshake: handshakeView(ended.organization, ended.handshake, call.now) },
      });
    },
    refuseInput,
  );

const withState = (organization: OrganizationState, before: HandshakeState, state: HandshakeStatus): Found => {
  const handshake = { ...before, state };
  const handshakes = organization.handshakes.set(handshake.id, handshake);
  return { organization: { ...organization, handshakes }, handshake };
};

const isManagement = (_: CloudState, { organization }: Found, { account }: Call): boolean =>
  organization.managementAccountId === account.accountId;

/** The account that is asked; where all are, the management account has the last word. */
const mayAnswer = (cloud: CloudState, found: Found, call: Call): boolean =>
  found.handshake.target === null ? isManagement(cloud, found, call) : isAsked(cloud, call.account, found.handshake);

/** `organizations:AcceptHandshake`. */
const acceptHandshake = ending('AcceptHandshake', 'ACCEPTED', mayAnswer, (cloud, accepted, call) => {
  const { organization, handshake } = accepted;
  switch (handshake.action) {
    case 'INVITE':
      return joined(cloud, accepted, call);
    case 'APPROVE_ALL_FEATURES':
      return ok(withOrganization(cloud, withApproval(organization, handshake)));
    case 'ENABLE_ALL_FEATURES':
      return ok(withOrganization(cloud, { ...organization, featureSet: 'ALL' }));
  }
});

const joined = (cloud: CloudState, { organization, handshake }: Found, call: Call): Result<CloudState, AwsError> => {
  if (organizationOf(cloud, call.account) !== undefined) {
    return handshakeViolation('ALREADY_IN_AN_ORGANIZATION', 'The account is already a member of an organization.');
  }
  const account = accountAt(cloud, call.account);
  const { accountId: id, alias } = account;
  const grown = withMember(organization, {
    id,
    name: alias ?? `account-${id}`,
    email: ownEmail(account),
    status: 'ACTIVE',
    joinedMethod: 'INVITED',
    joinedTimestamp: call.now,
    parentId: organization.rootId,
  });
  const tagged = handshake.tags.size === 0 ? grown : { ...grown, tags: grown.tags.set(id, handshake.tags) };
  const role = newOrganizationsRole(account, call);
  const known = account.roles.has(nameKey(role.roleName)) ? account : withRole(account, role);
  return ok(withOrganization(withAccount(cloud, known), tagged));
};

/** Once every account has approved, the management account may finish. */
const withApproval = (organization: OrganizationState, { parentId }: HandshakeState): OrganizationState => {
  const parent = organization.handshakes.get(parentId ?? '');
  const isPending = [...organization.handshakes.values()].some(
    (other) => other.parentId === parentId && other.state !== 'ACCEPTED',
  );
  return parent === undefined || isPending ? organization : withState(organization, parent, 'OPEN').organization;
};

/** `organizations:DeclineHandshake`. */
const declineHandshake = ending('DeclineHandshake', 'DECLINED', (cloud, { handshake }, { account }) =>
  isAsked(cloud, account, handshake),
);

/** `organizations:CancelHandshake`: by who began it. */
const cancelHandshake = ending('CancelHandshake', 'CANCELED', isManagement);

/** The operations that end handshakes. */
export const handshakeOperations = [acceptHandshake, declineHandshake, cancelHandshake];
