import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { IdentityCenterState, MembershipState } from '../../identity-center-state.ts';
import { operation, readOperation } from '../../operation.ts';
import { newUuid } from '../../unique-id.ts';
import { pageAnswer, paging, refuse } from './identity-center-operation.ts';
import { findIdentity, findStore, ofStore } from './identity-store.ts';

const id = z.string().min(1).max(47);

const member = z.object({ UserId: id });

const view = ({ identityStoreId }: IdentityCenterState, { id: membershipId, groupId, userId }: MembershipState) => ({
  IdentityStoreId: identityStoreId,
  MembershipId: membershipId,
  GroupId: groupId,
  MemberId: { UserId: userId },
});

const membershipOf = ({ memberships }: IdentityCenterState, groupId: string, userId: string) =>
  [...memberships.values()].find((each) => each.groupId === groupId && each.userId === userId);

const notFound = awsError('ResourceNotFoundException', 'MEMBERSHIP not found.');

/** `identitystore:CreateGroupMembership`. */
const createMembership = operation(
  'identitystore:CreateGroupMembership',
  ofStore.extend({ GroupId: id, MemberId: member }),
  (state, { IdentityStoreId, GroupId, MemberId }, call) => {
    const store = findStore(state, IdentityStoreId);
    if (!store.ok) return store;
    const group = findIdentity(store.value, 'GROUP', GroupId);
    if (!group.ok) return group;
    const user = findIdentity(store.value, 'USER', MemberId.UserId);
    if (!user.ok) return user;
    if (membershipOf(store.value, GroupId, MemberId.UserId) !== undefined) {
      const message = 'Member and Group relationship already exists.';
      return awsError('ConflictException', message, { Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION' });
    }
    const membership: MembershipState = { id: newUuid(call.random), groupId: GroupId, userId: MemberId.UserId };
    const memberships = store.value.memberships.set(membership.id, membership);
    return ok({
      state: { ...state, identityCenter: { ...store.value, memberships } },
      answer: { IdentityStoreId, MembershipId: membership.id },
    });
  },
  refuse,
);

const ofMembership = ofStore.extend({ MembershipId: id });

const findMembership = (
  { memberships }: IdentityCenterState,
  membershipId: string,
): Result<MembershipState, AwsError> => {
  const membership = memberships.get(membershipId);
  return membership === undefined ? notFound : ok(membership);
};

/** `identitystore:DescribeGroupMembership`. */
const describeMembership = readOperation(
  'identitystore:DescribeGroupMembership',
  ofMembership,
  (state, { IdentityStoreId, MembershipId }) => {
    const store = findStore(state, IdentityStoreId);
    if (!store.ok) return store;
    const membership = findMembership(store.value, MembershipId);
    return membership.ok ? ok(view(store.value, membership.value)) : membership;
  },
  refuse,
);

/** `identitystore:DeleteGroupMembership`. */
const deleteMembership = operation(
  'identitystore:DeleteGroupMembership',
  ofMembership,
  (state, { IdentityStoreId, MembershipId }) => {
    const store = findStore(state, IdentityStoreId);
    if (!store.ok) return store;
    const membership = findMembership(store.value, MembershipId);
    if (!membership.ok) return membership;
    const memberships = store.value.memberships.delete(MembershipId);
    return ok({ state: { ...state, identityCenter: { ...store.value, memberships } }, answer: {} });
  },
  refuse,
);

/** `identitystore:GetGroupMembershipId`. */
const getMembershipId = readOperation(
  'identitystore:GetGroupMembershipId',
  ofStore.extend({ GroupId: id, MemberId: member }),
  (state, { IdentityStoreId, GroupId, MemberId }) => {
    const store = findStore(state, IdentityStoreId);
    if (!store.ok) return store;
    const membership = membershipOf(store.value, GroupId, MemberId.UserId);
    return membership === undefined ? notFound : ok({ IdentityStoreId, MembershipId: membership.id });
  },
  refuse,
);

const entriesWhere = (store: IdentityCenterState, isWanted: (membership: MembershipState) => boolean) =>
  [...store.memberships.entriesFrom('')]
    .filter(([, membership]) => isWanted(membership))
    .map(([key, membership]) => [key, view(store, membership)] as const);

/** `identitystore:ListGroupMemberships`: who is in a group. */
const listOfGroup = readOperation(
  'identitystore:ListGroupMemberships',
  ofStore.extend({ GroupId: id, ...paging }),
  (state, input) => {
    const store = findStore(state, input.IdentityStoreId);
    if (!store.ok) return store;
    const group = findIdentity(store.value, 'GROUP', input.GroupId);
    if (!group.ok) return group;
    return pageAnswer(
      'GroupMemberships',
      input,
      entriesWhere(store.value, ({ groupId }) => groupId === input.GroupId),
    );
  },
  refuse,
);

/** `identitystore:ListGroupMembershipsForMember`: the groups that a user is in. */
const listOfMember = readOperation(
  'identitystore:ListGroupMembershipsForMember',
  ofStore.extend({ MemberId: member, ...paging }),
  (state, input) => {
    const store = findStore(state, input.IdentityStoreId);
    if (!store.ok) return store;
    const { UserId } = input.MemberId;
    const user = findIdentity(store.value, 'USER', UserId);
    if (!user.ok) return user;
    return pageAnswer(
      'GroupMemberships',
      input,
      entriesWhere(store.value, ({ userId }) => userId === UserId),
    );
  },
  refuse,
);

/** `identitystore:IsMemberInGroups`. */
const isMemberInGroups = readOperation(
  'identitystore:IsMemberInGroups',
  ofStore.extend({ MemberId: member, GroupIds: z.array(id).min(1).max(100) }),
  (state, { IdentityStoreId, MemberId, GroupIds }) => {
    const store = findStore(state, IdentityStoreId);
    if (!store.ok) return store;
    const user = findIdentity(store.value, 'USER', MemberId.UserId);
    if (!user.ok) return user;
    const Results = GroupIds.map((GroupId) => ({
      GroupId,
      MemberId,
      MembershipExists: membershipOf(store.value, GroupId, MemberId.UserId) !== undefined,
    }));
    return ok({ Results });
  },
  refuse,
);

/** The operations of the identity store on who is in which group. */
export const groupMembershipOperations = [
  createMembership,
  describeMembership,
  deleteMembership,
  getMembershipId,
  listOfGroup,
  listOfMember,
  isMemberInGroups,
];
