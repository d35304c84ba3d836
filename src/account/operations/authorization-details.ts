import { z } from 'zod';
import { ok } from '../../kernel/result.ts';
import type { AccountState } from '../account-state.ts';
import { awsError } from '../aws-error.ts';
import { awsManagedPolicies } from '../aws-managed-policies.ts';
import { readOperation } from '../operation.ts';
import type { OrderedMap } from '../ordered-map.ts';
import { isPolicyUsed } from './account-entities.ts';
import { groupDetail, managedPolicyDetail, roleDetail, userDetail } from './detail-views.ts';
import { paging } from './input.ts';
import { page } from './page.ts';
import { urlEncoded } from './views.ts';

const FILTERS = ['User', 'Group', 'Role', 'LocalManagedPolicy', 'AWSManagedPolicy'] as const;

type Filter = (typeof FILTERS)[number];

const isFilter = (text: string): text is Filter => FILTERS.some((filter) => filter === text);

/** In AWS's own words and order of the values. */
const filterInput = z
  .array(z.string())
  .default([])
  .refine((filters) => filters.every(isFilter), {
    error:
      'Member must satisfy constraint: [Member must satisfy enum value set: [LocalManagedPolicy, User, AWSManagedPolicy, Role, Group]]',
  });

/** `iam:GetAccountAuthorizationDetails`. AWS managed policies come where they are attached or bound. */
export const getAccountAuthorizationDetails = readOperation(
  'iam:GetAccountAuthorizationDetails',
  z.object({ Filter: filterInput, ...paging }),
  (state, input) => {
    const wanted = input.Filter.length === 0 ? FILTERS : FILTERS.filter((filter) => input.Filter.includes(filter));
    // A marker goes on with the filters that it was given for.
    const list = `GetAccountAuthorizationDetails ${wanted.join()}`;
    const result = page(list, input, (from) => entitiesFrom(state, wanted, from));
    if (!result.ok) return awsError('ValidationError', 'Marker and Filter do not match');
    const { items, more } = result.value;
    const listOf = (...kinds: readonly Filter[]): unknown[] =>
      items.filter(({ filter }) => kinds.includes(filter)).map(({ detail }) => detail());
    return ok({
      UserDetailList: listOf('User'),
      GroupDetailList: listOf('Group'),
      RoleDetailList: listOf('Role'),
      Policies: listOf('LocalManagedPolicy', 'AWSManagedPolicy'),
      ...more,
    });
  },
);

interface DetailedEntity {
  readonly filter: Filter;
  readonly detail: () => unknown;
}

/** The entities of each filter, one after the other; a key is the filter's position and the name key. */
function* entitiesFrom(
  state: AccountState,
  wanted: readonly Filter[],
  from: string,
): Generator<readonly [string, DetailedEntity]> {
  for (const filter of wanted) {
    const prefix = `${FILTERS.indexOf(filter)}/`;
    const start = from.startsWith(prefix) ? from.slice(prefix.length) : '';
    if (from !== '' && prefix.slice(0, -1) < from.slice(0, 1)) continue;
    for (const [key, detail] of detailsFrom(state, filter, start)) yield [`${prefix}${key}`, { filter, detail }];
  }
}

const detailsFrom = (state: AccountState, filter: Filter, from: string): Iterable<readonly [string, () => unknown]> => {
  switch (filter) {
    case 'User':
      return mapped(state.users, from, (user) => userDetail(user, urlEncoded));
    case 'Group':
      return mapped(state.groups, from, (group) => groupDetail(group, urlEncoded));
    case 'Role':
      return mapped(state.roles, from, (role) => roleDetail(state, role, urlEncoded));
    case 'LocalManagedPolicy':
      return mapped(state.policies, from, (policy) => managedPolicyDetail(state, policy, urlEncoded));
    case 'AWSManagedPolicy':
      return mapped(
        awsManagedPolicies(state.partition),
        from,
        (policy) => managedPolicyDetail(state, policy, urlEncoded),
        (policy) => isPolicyUsed(state, policy.arn),
      );
  }
};

function* mapped<V>(
  entities: OrderedMap<V>,
  from: string,
  detail: (entity: V) => unknown,
  keep: (entity: V) => boolean = () => true,
): Generator<readonly [string, () => unknown]> {
  for (const [key, entity] of entities.entriesFrom(from)) if (keep(entity)) yield [key, () => detail(entity)];
}
