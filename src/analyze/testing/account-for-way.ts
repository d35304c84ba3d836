import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot, IdentityProvider, Role, User } from '../../snapshot/account-snapshot.ts';
import type { Resource } from '../../snapshot/resource.ts';
import { arn, TEST_ACCOUNT } from '../../snapshot/testing/collected-builder.ts';
import { allow, trusts } from '../../snapshot/testing/policy-builder.ts';
import { resource } from '../../snapshot/testing/resource-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../snapshot/testing/snapshot-builder.ts';
import type { Ask, Fact, Way } from '../escalation/escalation-method.ts';

/** What makes a way work, so that each of it can be taken away. */
export interface WayParts {
  /** Who asks: a user with inline policies, one with the policies of a group, or a role. */
  readonly asker: 'user' | 'group' | 'role';
  /** One statement for each resource that a request names. */
  readonly statements: readonly Statement[];
  readonly resources: readonly Resource[];
  /** What the role trusts: a service, or an identity provider. */
  readonly trusted: { readonly Service: string } | { readonly Federated: string };
  /** The identity providers that there are. */
  readonly providers: readonly string[];
  readonly instanceProfiles: readonly string[];
  readonly managementAccountId: string;
  /** What holds an action back from the asker. */
  readonly obstacle?: {
    readonly by: 'deny in another policy' | 'deny in the policy of a group' | 'boundary';
    readonly action: string;
  };
  /** Whether every statement stands in a policy of its own, half of them in those of the group. */
  readonly isSplit?: boolean;
}

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A way that asks for one alternative of each choice. */
export type PlainWay = Omit<Way, 'requires'> & { readonly requires: readonly Ask[] };

/** A way as often as its choices have alternatives. */
export const plainWays = (way: Way): readonly PlainWay[] => {
  const choices = way.requires.map((requirement) => ('anyOf' in requirement ? requirement.anyOf : [requirement]));
  const most = Math.max(1, ...choices.map(({ length }) => length));
  return Array.from({ length: most }, (_, turn) => ({
    ...way,
    requires: choices.flatMap((asks) => asks[turn] ?? asks.slice(0, 1)),
  }));
};

const OTHER_ACCOUNT = '210987654321';

/** Exactly what a way asks for: every request allowed on one resource, by name, and everything that must be there. */
export const partsFor = (way: PlainWay, asker: WayParts['asker'], reference: ServiceReference): WayParts => {
  const facts: readonly Fact[] = way.facts ?? [];
  const asked = way.requires.flatMap((ask) =>
    askedArns(ask, way, reference).map((arn) => ({ action: ask.action, on: ask.on, arn })),
  );
  return {
    asker,
    statements: asked.map(({ action, arn }): Statement => ({ Effect: 'Allow', Action: action, Resource: arn })),
    resources: [...new Map(asked.flatMap((each) => resourceAsked(each, way))).values()],
    trusted:
      way.federated === undefined
        ? { Service: [way.service ?? 'none.amazonaws.com'].flat()[0] ?? '' }
        : { Federated: providerOf(way) },
    providers: asked.flatMap(({ on, arn }) => (on === 'provider' ? [arn] : [])),
    instanceProfiles: facts.includes('is-in-instance-profile') ? ['target'] : [],
    managementAccountId: facts.includes('is-member-account') ? OTHER_ACCOUNT : TEST_ACCOUNT,
  };
};

const askedArns = ({ action, on, type }: Ask, way: PlainWay, reference: ServiceReference): readonly string[] => {
  if (on === 'nothing') return ['*'];
  if (on === 'provider' || on === 'missing-provider') return [providerOf(way)];
  if (on === undefined || on === 'target') return [targetArn(way)];
  const types = reference.describeAction(action)?.resourceTypes ?? [];
  return (
    types
      .filter(({ name, required }) => (type === undefined ? required : name === type))
      // Of a type with several forms of ARN any will do.
      .filter(({ name }, at, all) => all.findIndex((other) => other.name === name) === at)
      .map(({ arnPattern }) => named(arnPattern, on === 'member-account' ? OTHER_ACCOUNT : TEST_ACCOUNT))
  );
};

const named = (arnPattern: string, accountId: string): string =>
  arnPattern
    .replace('${Partition}', 'aws')
    .replace('${Region}', 'eu-west-1')
    .replace('${Account}', accountId)
    .replaceAll(/\$\{\w+\}|\*/g, 'app');

const resourceAsked = (
  { on, arn }: { readonly on: Ask['on']; readonly arn: string },
  way: PlainWay,
): readonly (readonly [string, Resource])[] => {
  if (!arn.startsWith('arn:')) return [];
  const found = resource(arn);
  if (on === 'existing') return [[arn, found]];
  if (on === 'running') return [[arn, { ...found, roleArn: role('target').arn }]];
  const tag = on === 'holding' ? 'vigil:credentials-of' : 'vigil:runs-as';
  return on === 'holding' || on === 'feeding' ? [[arn, { ...found, tags: new Map([[tag, targetArn(way)]]) }]] : [];
};

/** The identity provider that the target trusts. */
const providerOf = ({ federated }: PlainWay): string => {
  if (federated === 'cognito') return 'cognito-identity.amazonaws.com';
  return `arn:aws:iam::${TEST_ACCOUNT}:${federated === 'saml' ? 'saml-provider/app' : 'oidc-provider/app.example.com'}`;
};

const targetArn = ({ on }: PlainWay): string =>
  `arn:aws:iam::${TEST_ACCOUNT}:${on === 'user' ? 'user' : 'role'}/target`;

const provider = (text: string): IdentityProvider => ({
  arn: arn(text),
  kind: text.includes(':saml-provider/') ? 'saml' : 'oidc',
  createDate: null,
  validUntil: null,
  url: null,
  clientIds: [],
});

const trustIn = (trusted: WayParts['trusted']): unknown => {
  if ('Service' in trusted) return trusts(trusted);
  const Action = trusted.Federated.includes(':saml-provider/')
    ? 'sts:AssumeRoleWithSAML'
    : 'sts:AssumeRoleWithWebIdentity';
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: trusted, Action }] };
};

/** The account in which a way works, or with some part of it otherwise. */
export const accountFor = (parts: WayParts): { readonly account: AccountSnapshot; readonly asking: User | Role } => {
  const inlinePolicies = { everything: allow('*') };
  const { own, ofGroup, boundary } = policiesFor(parts);
  const asker = { inlinePolicies: own, permissionsBoundary: boundary };
  const asking = parts.asker === 'role' ? role('asker', asker) : user('asker', { ...asker, groups: ['askers'] });
  const target = role('target', {
    inlinePolicies,
    trustPolicy: trustIn(parts.trusted),
    instanceProfiles: parts.instanceProfiles,
  });
  const account = snapshot({
    users: [user('target', { inlinePolicies }), ...('userName' in asking ? [asking] : [])],
    roles: [target, ...('roleName' in asking ? [asking] : [])],
    groups: [group('askers', { inlinePolicies: ofGroup })],
    managedPolicies: boundary === null ? [] : [boundary],
    resources: parts.resources,
    identityProviders: parts.providers.filter((text) => text.startsWith('arn:')).map(provider),
    organization: {
      id: 'o-example',
      managementAccountId: parts.managementAccountId,
      accounts: [TEST_ACCOUNT, OTHER_ACCOUNT],
      path: [],
    },
  });
  return { account, asking };
};

const policiesFor = ({ asker, statements, obstacle, isSplit = false }: WayParts) => {
  const all = { way: { Version: '2012-10-17', Statement: statements } };
  const apart = (rest: number) =>
    Object.fromEntries(
      statements.flatMap((each, at) => (at % 2 === rest ? [[`way-${at}`, { ...all.way, Statement: [each] }]] : [])),
    );
  const own = isSplit ? apart(0) : asker === 'group' ? {} : all;
  const ofGroup = isSplit ? apart(1) : asker === 'group' ? all : {};
  const guard = {
    guard: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: obstacle?.action, Resource: '*' }] },
  };
  const allButThat = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', NotAction: obstacle?.action, Resource: '*' }],
  };
  return {
    own: obstacle?.by === 'deny in another policy' ? { ...own, ...guard } : own,
    ofGroup: obstacle?.by === 'deny in the policy of a group' ? { ...ofGroup, ...guard } : ofGroup,
    boundary: obstacle?.by === 'boundary' ? managedPolicy('boundary', allButThat) : null,
  };
};
