import { epochMillis, type Instant } from '../../../kernel/time.ts';
import type { HandshakeState, HandshakeStatus } from '../../handshake-state.ts';
import { organizationArn } from '../../organization-arn.ts';
import type { OrganizationState } from '../../organization-state.ts';

/** Where a handshake stands at a time. */
export const statusAt = ({ state, expirationTimestamp }: HandshakeState, now: Instant): HandshakeStatus =>
  isOpen(state) && epochMillis(expirationTimestamp) <= epochMillis(now) ? 'EXPIRED' : state;

/** Whether a handshake in such a state can still be answered. */
export const isOpen = (state: HandshakeStatus): boolean => state === 'OPEN' || state === 'REQUESTED';

/** `Handshake`. */
export const handshakeView = (organization: OrganizationState, handshake: HandshakeState, now: Instant) => {
  const { id, action, requestedTimestamp, expirationTimestamp, target, notes, parentId } = handshake;
  const asked = target === null ? [] : [{ Id: target.id, Type: target.type }];
  return {
    Id: id,
    Arn: organizationArn(organization, 'handshake', `${action.toLowerCase()}/${id}`),
    Parties: [{ Id: organization.id, Type: 'ORGANIZATION' }, ...asked],
    State: statusAt(handshake, now),
    RequestedTimestamp: requestedTimestamp,
    ExpirationTimestamp: expirationTimestamp,
    Action: action,
    Resources: [
      { Value: organization.id, Type: 'ORGANIZATION', Resources: action === 'INVITE' ? told(organization) : undefined },
      ...(target === null ? [] : [{ Value: target.id, Type: target.type }]),
      ...(notes === null ? [] : [{ Value: notes, Type: 'NOTES' }]),
      ...(parentId === null ? [] : [{ Value: parentId, Type: 'PARENT_HANDSHAKE' }]),
    ],
  };
};

/** What the invited account learns of the organization. */
const told = ({ accounts, managementAccountId, featureSet }: OrganizationState) => {
  const management = accounts.get(managementAccountId);
  return [
    { Value: management?.email, Type: 'MASTER_EMAIL' },
    { Value: management?.name, Type: 'MASTER_NAME' },
    { Value: featureSet, Type: 'ORGANIZATION_FEATURE_SET' },
  ];
};
