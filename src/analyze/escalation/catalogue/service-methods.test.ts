import { describe, expect, it } from 'vitest';
import { createAccountAccess } from '../../../access/account-access.ts';
import { serviceReference } from '../../../reference/service-reference.ts';
import { TEST_ACCOUNT } from '../../../snapshot/testing/collected-builder.ts';
import { accountFor, partsFor, plainWays, type WayParts } from '../../testing/account-for-way.ts';
import type { Effect, EscalationMethod, Way } from '../escalation-method.ts';
import type { EscalationPath } from '../escalation-path.ts';
import { createSearchContext } from '../search-context.ts';
import { searchPaths } from '../search-paths.ts';
import { federationMethods } from './federation.ts';
import { escalationMethods } from './index.ts';
import { limits } from './limits.ts';
import { organizationLimitMethods } from './organization-limits.ts';
import { otherPrincipals } from './other-principals.ts';
import { ownPolicies } from './own-policies.ts';
import { raisedUsers } from './raised-users.ts';

/** The others need IAM and STS alone and have tests of their own. */
const others: readonly EscalationMethod[] = [...ownPolicies, ...otherPrincipals, ...raisedUsers, ...limits];
/** By these no principal is gained, or one that nothing limits any more; the search has tests of them. */
const WITHOUT_TARGET: ReadonlySet<Effect> = new Set<Effect>([
  'reads-resource',
  'acts-through-target',
  'lifts-guardrails',
  'lifts-boundary',
]);

const methods = [...new Set([...escalationMethods, ...federationMethods, ...organizationLimitMethods])].filter(
  (method) => !others.includes(method) && method.ways.every(({ effect }) => !WITHOUT_TARGET.has(effect)),
);

const reference = serviceReference();

/** The path of the asker by a way of a method, if there is one. */
const pathBy = (method: EscalationMethod, way: Way, parts: WayParts): EscalationPath | undefined => {
  const { account, asking } = accountFor(parts);
  const access = createAccountAccess(account, reference, account.collectedAt);
  const only = { ...method, ways: [way] };
  return searchPaths(createSearchContext(account, access, reference), [only])
    .paths.get(asking)
    ?.get(method.id);
};

const unseenOf = ({ facts = [] }: Way): readonly string[] =>
  facts.flatMap((fact) => (typeof fact === 'object' ? [fact.unseen] : []));

/** Whether a path needs nothing that nobody knows of, but for the facts of the way: no list tells of every thing. */
const isSure = (path: EscalationPath | undefined, way: Way): boolean =>
  path?.provided.every((fact) => unseenOf(way).includes(fact)) ?? false;

const without = <Item>(items: readonly Item[], index: number): readonly Item[] => items.filter((_, at) => at !== index);

/** The account with one thing taken away, in words. */
function* accountsWithout(way: Way, parts: WayParts): Iterable<readonly [string, WayParts]> {
  for (const [index, { Action, Resource }] of parts.statements.entries()) {
    const others = without(parts.statements, index);
    // What is granted on a thing in a directory is granted on a directory of that name.
    if (others.some((other) => other.Action === Action && other.Resource.startsWith(`${Resource}/`))) continue;
    yield [`${Action} on ${Resource}`, { ...parts, statements: others }];
  }
  for (const [index, { arn, roleArn, tags }] of parts.resources.entries()) {
    yield [`resource ${arn}`, { ...parts, resources: without(parts.resources, index) }];
    const ofNobody = parts.resources.map((each, at) => (at === index ? { ...each, roleArn: null, tags: null } : each));
    if (roleArn !== null || tags !== null) yield [`whose ${arn} is`, { ...parts, resources: ofNobody }];
  }
  if (way.service !== undefined)
    yield ['the trust in the service', { ...parts, trusted: { Service: 'none.amazonaws.com' } }];
  if (way.federated !== undefined)
    yield ['the trust in the provider', { ...parts, trusted: { Service: 'none.amazonaws.com' } }];
  if (parts.instanceProfiles.length > 0) yield ['the instance profile', { ...parts, instanceProfiles: [] }];
  if (way.on === 'organization') {
    const other = parts.managementAccountId === TEST_ACCOUNT ? '111122223333' : TEST_ACCOUNT;
    yield ['the place in the organization', { ...parts, managementAccountId: other }];
  }
}

/** Whoever presents a token of a provider asks nothing as a principal. */
const asksSomething = ({ requires }: Way): boolean => requires.length > 0;

/** The account with something that holds a request back, in words. */
function* accountsWithObstacles(parts: WayParts): Iterable<readonly [string, WayParts]> {
  for (const action of new Set(parts.statements.map(({ Action }) => Action))) {
    for (const by of ['deny in another policy', 'deny in the policy of a group', 'boundary'] as const)
      yield [`${by} of ${action}`, { ...parts, obstacle: { by, action } }];
  }
  if (passes(parts)) {
    yield ['iam:PassRole for another service', passing(parts, 'none.amazonaws.com')];
    yield ['iam:PassRole on a harmless role', passingHarmless(parts)];
  }
}

const passes = ({ statements }: WayParts): boolean => statements.some(({ Action }) => Action === 'iam:PassRole');

/** The account in which roles may be passed to one service alone. */
const passing = (parts: WayParts, service: string): WayParts => ({
  ...parts,
  statements: parts.statements.map((each) =>
    each.Action === 'iam:PassRole'
      ? { ...each, Condition: { StringEquals: { 'iam:PassedToService': service } } }
      : each,
  ),
});

const passingHarmless = (parts: WayParts): WayParts => ({
  ...parts,
  statements: parts.statements.map((each) =>
    each.Action === 'iam:PassRole' ? { ...each, Resource: `arn:aws:iam::${TEST_ACCOUNT}:role/harmless` } : each,
  ),
});

const cases = methods.flatMap((method) =>
  method.ways
    .filter(asksSomething)
    .flatMap(plainWays)
    .map((way, index) => [`${method.id}, way ${index + 1}`, method, way] as const),
);

describe('the methods that need a service', () => {
  it.each(cases)('%s works for users, members of groups and roles with exactly its requests', (_title, method, way) => {
    const askers = (['user', 'group', 'role'] as const).filter((asker) =>
      way.self === undefined ? true : (way.self === 'role') === (asker === 'role'),
    );
    for (const asker of askers) {
      const path = pathBy(method, way, partsFor(way, asker, reference));
      expect([asker, path?.steps.map(({ method: id }) => id)]).toEqual([asker, [method.id]]);
      expect(path?.residual.kind).toBe('true');
      expect(path?.provided).toEqual(unseenOf(way));
    }
  });

  it.each(cases)('%s fails where anything that it needs is taken away', (_title, method, way) => {
    const works = [...accountsWithout(way, partsFor(way, 'user', reference))]
      .filter(([, parts]) => isSure(pathBy(method, way, parts), way))
      .map(([taken]) => taken);
    expect(works).toEqual([]);
  });

  it.each(cases)('%s is closed by a deny, a boundary and iam:PassRole for something else', (_title, method, way) => {
    const works = [...accountsWithObstacles(partsFor(way, 'user', reference))]
      .filter(([, parts]) => pathBy(method, way, parts) !== undefined)
      .map(([obstacle]) => obstacle);
    expect(works).toEqual([]);
  });

  it.each(cases)(
    '%s works where grants are split over policies and roles are passed to its service',
    (_title, method, way) => {
      const parts = partsFor(way, 'user', reference);
      expect(pathBy(method, way, { ...parts, isSplit: true })).toBeDefined();
      const { trusted } = parts;
      const service = 'Service' in trusted ? trusted.Service : trusted.Federated;
      if (passes(parts)) expect(pathBy(method, way, passing(parts, service))).toBeDefined();
    },
  );
});
