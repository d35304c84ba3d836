import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import type { AccountState } from '../../account-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { IdentityCenterState, IdentityState } from '../../identity-center-state.ts';
import { type Answer, type Operation, operation, readOperation } from '../../operation.ts';
import { newUuid } from '../../unique-id.ts';
import { withChangedAttributes } from './identity-attributes.ts';
import { pageAnswer, paging, refuse } from './identity-center-operation.ts';

/** The input of what asks about an identity store. */
export const ofStore = z.object({ IdentityStoreId: z.string().min(1).max(36) });

/** The identity store of an account, or the service's refusal. */
export const findStore = ({ identityCenter }: AccountState, id: string): Result<IdentityCenterState, AwsError> =>
  identityCenter?.identityStoreId === id
    ? ok(identityCenter)
    : awsError('ResourceNotFoundException', `IdentityStore not found: ${id}`);

/** A user or a group of an identity store, or the service's refusal. */
export const findIdentity = (
  { identities }: IdentityCenterState,
  type: IdentityState['type'],
  id: string,
): Result<IdentityState, AwsError> => {
  const identity = identities.get(id);
  return identity?.type === type ? ok(identity) : awsError('ResourceNotFoundException', `${type} not found.`);
};

/** How the API calls users and groups, and what tells each from the others. */
interface Kind {
  readonly type: IdentityState['type'];
  readonly noun: 'User' | 'Group';
  readonly idMember: 'UserId' | 'GroupId';
  readonly nameMember: 'UserName' | 'DisplayName';
  readonly maxName: number;
  readonly duplicate: string;
}

const USERS: Kind = {
  type: 'USER',
  noun: 'User',
  idMember: 'UserId',
  nameMember: 'UserName',
  maxName: 128,
  duplicate: 'Duplicate UserName',
};

const GROUPS: Kind = {
  type: 'GROUP',
  noun: 'Group',
  idMember: 'GroupId',
  nameMember: 'DisplayName',
  maxName: 1024,
  duplicate: 'Duplicate GroupDisplayName',
};

const withIdentity = (state: AccountState, store: IdentityCenterState, identity: IdentityState): AccountState => ({
  ...state,
  identityCenter: { ...store, identities: store.identities.set(identity.id, identity) },
});

const named = ({ identities }: IdentityCenterState, type: IdentityState['type'], name: string) =>
  [...identities.values()].find((each) => each.type === type && each.name.toLowerCase() === name.toLowerCase());

const checkUnique = (store: IdentityCenterState, kind: Kind, name: string, own = ''): Result<null, AwsError> => {
  const other = named(store, kind.type, name);
  return other === undefined || other.id === own
    ? ok(null)
    : awsError('ConflictException', kind.duplicate, { Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION' });
};

const view = ({ identityStoreId }: IdentityCenterState, kind: Kind, identity: IdentityState): Answer => ({
  IdentityStoreId: identityStoreId,
  [kind.idMember]: identity.id,
  [kind.nameMember]: identity.name,
  ...(kind.type === 'USER' && { DisplayName: identity.displayName ?? undefined }),
  ...identity.attributes,
});

const memberOf = (input: Readonly<Record<string, unknown>>, name: string): string => String(input[name]);

const create = (kind: Kind): Operation =>
  operation(
    `identitystore:Create${kind.noun}`,
    ofStore
      .extend({ DisplayName: z.string().max(1024).optional() })
      .loose()
      .and(z.object({ [kind.nameMember]: z.string().min(1).max(kind.maxName) })),
    (state, input, call) => {
      const { IdentityStoreId, DisplayName, UserName: _, ...attributes } = input;
      const name = memberOf(input, kind.nameMember);
      const store = findStore(state, IdentityStoreId);
      if (!store.ok) return store;
      const unique = checkUnique(store.value, kind, name);
      if (!unique.ok) return unique;
      const id = newUuid(call.random);
      const identity: IdentityState = { id, type: kind.type, name, displayName: DisplayName ?? null, attributes };
      return ok({
        state: withIdentity(state, store.value, identity),
        answer: { IdentityStoreId, [kind.idMember]: id },
      });
    },
    refuse,
  );

const list = (kind: Kind): Operation =>
  readOperation(
    `identitystore:List${kind.noun}s`,
    ofStore.extend({
      Filters: z
        .array(z.object({ AttributePath: z.literal(kind.nameMember), AttributeValue: z.string() }))
        .max(1)
        .default([]),
      ...paging,
    }),
    (state, input) => {
      const store = findStore(state, input.IdentityStoreId);
      if (!store.ok) return store;
      const entries = [...store.value.identities.entriesFrom('')]
        .filter(
          ([, { type, name }]) => type === kind.type && input.Filters.every((filter) => filter.AttributeValue === name),
        )
        .map(([id, identity]) => [id, view(store.value, kind, identity)] as const);
      return pageAnswer(`${kind.noun}s`, input, entries);
    },
    refuse,
  );

const ofIdentity = (kind: Kind) => ofStore.and(z.object({ [kind.idMember]: z.string().min(1).max(47) }));

const describe = (kind: Kind): Operation =>
  readOperation(
    `identitystore:Describe${kind.noun}`,
    ofIdentity(kind),
    (state, input) => {
      const store = findStore(state, input.IdentityStoreId);
      if (!store.ok) return store;
      const identity = findIdentity(store.value, kind.type, memberOf(input, kind.idMember));
      return identity.ok ? ok(view(store.value, kind, identity.value)) : identity;
    },
    refuse,
  );

const update = (kind: Kind): Operation =>
  operation(
    `identitystore:Update${kind.noun}`,
    ofIdentity(kind).and(
      z.object({
        Operations: z
          .array(z.object({ AttributePath: z.string().min(1).max(255), AttributeValue: z.unknown().optional() }))
          .min(1)
          .max(100),
      }),
    ),
    (state, input) => {
      const store = findStore(state, input.IdentityStoreId);
      if (!store.ok) return store;
      const identity = findIdentity(store.value, kind.type, memberOf(input, kind.idMember));
      if (!identity.ok) return identity;
      const changed = input.Operations.reduce(withChangedAttributes, identity.value);
      const unique = checkUnique(store.value, kind, changed.name, changed.id);
      return unique.ok ? ok({ state: withIdentity(state, store.value, changed), answer: {} }) : unique;
    },
    refuse,
  );

const remove = (kind: Kind): Operation =>
  operation(
    `identitystore:Delete${kind.noun}`,
    ofIdentity(kind),
    (state, input) => {
      const store = findStore(state, input.IdentityStoreId);
      if (!store.ok) return store;
      const identity = findIdentity(store.value, kind.type, memberOf(input, kind.idMember));
      if (!identity.ok) return identity;
      const { id } = identity.value;
      const memberships = [...store.value.memberships.values()]
        .filter(({ userId, groupId }) => userId === id || groupId === id)
        .reduce((map, membership) => map.delete(membership.id), store.value.memberships);
      const identities = store.value.identities.delete(id);
      return ok({ state: { ...state, identityCenter: { ...store.value, identities, memberships } }, answer: {} });
    },
    refuse,
  );

/** `GetUserId` and `GetGroupId`, by what is told apart without regard to case. */
const findId = (kind: Kind): Operation =>
  readOperation(
    `identitystore:Get${kind.noun}Id`,
    ofStore.extend({
      AlternateIdentifier: z.object({
        UniqueAttribute: z.object({ AttributePath: z.string(), AttributeValue: z.unknown().optional() }).optional(),
      }),
    }),
    (state, { IdentityStoreId, AlternateIdentifier }) => {
      const store = findStore(state, IdentityStoreId);
      if (!store.ok) return store;
      const { AttributePath: path, AttributeValue: value } = AlternateIdentifier.UniqueAttribute ?? {};
      const isName = path?.toLowerCase() === kind.nameMember.toLowerCase();
      const identity = isName && typeof value === 'string' ? named(store.value, kind.type, value) : undefined;
      return identity === undefined
        ? awsError('ResourceNotFoundException', `${kind.type} not found.`)
        : ok({ IdentityStoreId, [kind.idMember]: identity.id });
    },
    refuse,
  );

/** The operations of the identity store on users and groups. */
export const identityStoreOperations = [USERS, GROUPS].flatMap((kind) =>
  [create, list, describe, update, remove, findId].map((define) => define(kind)),
);
