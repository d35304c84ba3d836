import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import type { AccountState } from '../../account-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { IdentityCenterState, IdentityState } from '../../identity-center-state.ts';
import { operation, readOperation } from '../../operation.ts';
import { newUuid } from '../../unique-id.ts';
import { pageAnswer, paging, refuse } from './identity-center-operation.ts';

const ofStore = z.object({ IdentityStoreId: z.string().min(1).max(36) });

const findStore = ({ identityCenter }: AccountState, id: string): Result<IdentityCenterState, AwsError> =>
  identityCenter?.identityStoreId === id
    ? ok(identityCenter)
    : awsError('ResourceNotFoundException', `IdentityStore not found: ${id}`);

const findIdentity = (
  { identities }: IdentityCenterState,
  type: IdentityState['type'],
  id: string,
): Result<IdentityState, AwsError> => {
  const identity = identities.get(id);
  return identity?.type === type ? ok(identity) : awsError('ResourceNotFoundException', `${type} not found.`);
};

const withIdentity = (state: AccountState, store: IdentityCenterState, identity: IdentityState): AccountState => ({
  ...state,
  identityCenter: { ...store, identities: store.identities.set(identity.id, identity) },
});

const isTaken = ({ identities }: IdentityCenterState, type: IdentityState['type'], name: string): boolean =>
  [...identities.values()].some((each) => each.type === type && each.name.toLowerCase() === name.toLowerCase());

/** `identitystore:CreateUser`. */
const createUser = operation(
  'identitystore:CreateUser',
  ofStore.extend({ UserName: z.string().min(1).max(128), DisplayName: z.string().max(1024).optional() }),
  (state, { IdentityStoreId, UserName, DisplayName }, call) => {
    const store = findStore(state, IdentityStoreId);
    if (!store.ok) return store;
    if (isTaken(store.value, 'USER', UserName)) {
      return awsError('ConflictException', 'Duplicate UserName', { Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION' });
    }
    const id = newUuid(call.random);
    const user: IdentityState = { id, type: 'USER', name: UserName, displayName: DisplayName ?? null };
    return ok({ state: withIdentity(state, store.value, user), answer: { IdentityStoreId, UserId: id } });
  },
  refuse,
);

/** `identitystore:CreateGroup`. */
const createGroup = operation(
  'identitystore:CreateGroup',
  ofStore.extend({ DisplayName: z.string().min(1).max(1024) }),
  (state, { IdentityStoreId, DisplayName }, call) => {
    const store = findStore(state, IdentityStoreId);
    if (!store.ok) return store;
    if (isTaken(store.value, 'GROUP', DisplayName)) {
      return awsError('ConflictException', 'Duplicate GroupDisplayName', {
        Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION',
      });
    }
    const id = newUuid(call.random);
    const group: IdentityState = { id, type: 'GROUP', name: DisplayName, displayName: DisplayName };
    return ok({ state: withIdentity(state, store.value, group), answer: { IdentityStoreId, GroupId: id } });
  },
  refuse,
);

const userView = ({ identityStoreId }: IdentityCenterState, { id, name, displayName }: IdentityState) => ({
  IdentityStoreId: identityStoreId,
  UserId: id,
  UserName: name,
  DisplayName: displayName,
});

const groupView = ({ identityStoreId }: IdentityCenterState, { id, displayName }: IdentityState) => ({
  IdentityStoreId: identityStoreId,
  GroupId: id,
  DisplayName: displayName,
});

const entriesOf = <View>(
  store: IdentityCenterState,
  type: IdentityState['type'],
  view: (store: IdentityCenterState, identity: IdentityState) => View,
) =>
  [...store.identities.entriesFrom('')].flatMap(([id, identity]) =>
    identity.type === type ? [[id, view(store, identity)] as const] : [],
  );

/** `identitystore:ListUsers`. */
const listUsers = readOperation(
  'identitystore:ListUsers',
  ofStore.extend(paging),
  (state, input) => {
    const store = findStore(state, input.IdentityStoreId);
    return store.ok ? pageAnswer('Users', input, entriesOf(store.value, 'USER', userView)) : store;
  },
  refuse,
);

/** `identitystore:ListGroups`. */
const listGroups = readOperation(
  'identitystore:ListGroups',
  ofStore.extend(paging),
  (state, input) => {
    const store = findStore(state, input.IdentityStoreId);
    return store.ok ? pageAnswer('Groups', input, entriesOf(store.value, 'GROUP', groupView)) : store;
  },
  refuse,
);

/** `identitystore:DescribeUser`. */
const describeUser = readOperation(
  'identitystore:DescribeUser',
  ofStore.extend({ UserId: z.string() }),
  (state, { IdentityStoreId, UserId }) => {
    const store = findStore(state, IdentityStoreId);
    if (!store.ok) return store;
    const user = findIdentity(store.value, 'USER', UserId);
    return user.ok ? ok(userView(store.value, user.value)) : user;
  },
  refuse,
);

/** `identitystore:DescribeGroup`. */
const describeGroup = readOperation(
  'identitystore:DescribeGroup',
  ofStore.extend({ GroupId: z.string() }),
  (state, { IdentityStoreId, GroupId }) => {
    const store = findStore(state, IdentityStoreId);
    if (!store.ok) return store;
    const group = findIdentity(store.value, 'GROUP', GroupId);
    return group.ok ? ok(groupView(store.value, group.value)) : group;
  },
  refuse,
);

/** The operations of the identity store. */
export const identityStoreOperations = [createUser, createGroup, listUsers, listGroups, describeUser, describeGroup];
