import { resourcesToTry } from '../../access/resources-to-try.ts';
import { parseAccountId } from '../../iam/account-id.ts';
import { iamArn } from '../../iam/arn.ts';
import { requestedAction } from '../../policy/compile-policy.ts';
import type { Resource } from '../../snapshot/resource.ts';
import { type AskedType, askedTypes } from './asked-types.ts';
import type { Ask } from './escalation-method.ts';
import type { OwnState, Target } from './own-state.ts';
import type { SearchContext } from './search-context.ts';

/** Resources of which one serves a request: those that stand for the same thing in several requests have one `key`. */
export interface AskedResources {
  readonly key: string;
  readonly arns: readonly string[];
  /** What must be so for there to be one, in words, where the snapshot does not tell. */
  readonly provided: string | null;
}

/** On what a request is to be made: one of each list. No list that is empty can be served. */
export const askedResources = (
  ask: Ask,
  state: OwnState,
  target: Target,
  context: SearchContext,
): readonly AskedResources[] => {
  const { on = 'target' } = ask;
  switch (on) {
    case 'target':
      return [only(target.arn)];
    case 'self':
      return [only(state.self.arn)];
    case 'holder':
      return [only(target.holder?.self.arn ?? state.self.arn)];
    case 'nothing':
      return [only('*')];
    case 'administrator-group':
      return [{ key: on, arns: context.administratorGroups, provided: null }];
    case 'instance-profile':
      return [{ key: 'instance-profile', arns: profilesOf(target, context), provided: null }];
    case 'provider':
    case 'missing-provider':
      return [{ key: on, arns: providersOf(target, on === 'provider', context), provided: null }];
    case 'member-account': {
      const account = memberAccount(context);
      if (account === null) return [{ key: on, arns: [], provided: null }];
      return resourcesOfTypes(ask, on, state, target, { ...context, account });
    }
    case 'new':
    case 'existing':
    case 'running':
    case 'holding':
    case 'feeding':
      return resourcesOfTypes(ask, on, state, target, context);
  }
};

/** Patterns of all that a request may be made on, whoever makes it about whatever target. */
export const askedPatterns = (ask: Ask, context: SearchContext): readonly string[] => {
  const { on = 'target' } = ask;
  switch (on) {
    case 'nothing':
      return ['*'];
    case 'member-account':
      return memberAccount(context) === null ? [] : ['*', 'arn:*'];
    case 'new':
    case 'existing':
    case 'running':
    case 'holding':
    case 'feeding': {
      const types = askedTypes(ask, context);
      return types.length === 0 ? ['*'] : types.flatMap(({ patterns }) => patterns);
    }
    default:
      return [`arn:${context.account.partition}:iam::*`];
  }
};

/** Whether nothing that the account has serves a request about a target, whoever makes it. */
export const isUnserved = (ask: Ask, target: Target, context: SearchContext): boolean => {
  const { on = 'target' } = ask;
  switch (on) {
    case 'instance-profile':
      return profilesOf(target, context).length === 0;
    case 'provider':
    case 'missing-provider':
      return providersOf(target, on === 'provider', context).length === 0;
    case 'administrator-group':
      return context.administratorGroups.length === 0;
    case 'existing':
    case 'running':
    case 'holding':
    case 'feeding': {
      const types = askedTypes(ask, context);
      if (types.length === 0) return isDeclared(on);
      return types.some((type) => servingResources(type, on, target, context)?.length === 0);
    }
    case 'target':
    case 'self':
    case 'holder':
    case 'nothing':
    case 'new':
    case 'member-account':
      return false;
  }
};

const only = (arn: string): AskedResources => ({ key: arn, arns: [arn], provided: null });

const profilesOf = ({ holder }: Target, { account }: SearchContext): readonly string[] => {
  if (holder === null || !('roleName' in holder.self)) return [];
  const profiles = account.instanceProfiles.known ? account.instanceProfiles.value : [];
  return holder.self.instanceProfiles.map(
    (name) =>
      profiles.find((profile) => profile.name === name)?.arn ??
      iamArn(account.partition, account.accountId, `instance-profile/${name}`),
  );
};

/** The identity providers that a role trusts: those that the account has, or those that it does not have any more. */
const providersOf = ({ holder }: Target, present: boolean, context: SearchContext): readonly string[] => {
  const { identityProviders } = context.account;
  if (holder === null || !('roleName' in holder.self)) return [];
  const { self } = holder;
  const trusted = (['saml', 'openid'] as const)
    .flatMap((kind) => context.trustsProviders(self, kind))
    .map(({ provider }) => provider)
    .filter((provider) => provider.startsWith('arn:'));
  if (!identityProviders.known) return present ? trusted : [];
  const known = new Set<string>(identityProviders.value.map(({ arn }) => arn));
  return trusted.filter((provider) => known.has(provider) === present);
};

/** An account of the organization that is not the one that asks; null: none is known. */
const memberAccount = ({ account }: SearchContext): SearchContext['account'] | null => {
  const ids = account.organization.known ? (account.organization.value?.accounts ?? []) : [];
  const [member] = ids.filter((id) => id !== account.accountId);
  const accountId = member === undefined ? null : parseAccountId(member);
  return accountId?.ok === true ? { ...account, accountId: accountId.value } : null;
};

type TypedAskedOn = 'new' | 'existing' | 'running' | DeclaredOn | 'member-account';

/** The types of resource that a request names, each with what serves it. */
const resourcesOfTypes = (
  ask: Ask,
  on: TypedAskedOn,
  state: OwnState,
  target: Target,
  context: SearchContext,
): readonly AskedResources[] => {
  const types = askedTypes(ask, context);
  if (types.length === 0) return isDeclared(on) ? [] : [only('*')];
  return types.map((type): AskedResources => {
    const key = `${on} ${type.patterns[0]}`;
    const serving = servingResources(type, on, target, context);
    return serving === null
      ? { key, arns: namesToTry(ask, type, state, context), provided: missing(on, type, target) }
      : { key, arns: serving.map(({ arn }) => arn), provided: null };
  });
};

/** The resources of the account that serve; null: any may, or nobody has listed them. */
const servingResources = (
  type: AskedType,
  on: TypedAskedOn,
  target: Target,
  context: SearchContext,
): readonly Resource[] | null => {
  const listed = listedResources(type, on, target, context);
  // An instance runs as a role that is in an instance profile.
  const isForeign = on === 'running' && type.name === 'ec2 instance' && !isInInstanceProfile(target);
  return listed === null && isForeign ? [] : listed;
};

const isInInstanceProfile = ({ holder }: Target): boolean =>
  holder !== null && 'roleName' in holder.self && holder.self.instanceProfiles.length > 0;

/** Of the resources that were listed those that serve; null: any may, or nobody has listed them. */
const listedResources = (
  type: AskedType,
  on: TypedAskedOn,
  target: Target,
  { account: { resources, gaps } }: SearchContext,
): readonly Resource[] | null => {
  if (on === 'new' || on === 'member-account') return null;
  const all = (resources.known ? resources.value : []).filter(({ arn }) => type.matches(arn));
  const serving = all.filter((resource) => isAsked(resource, on, target));
  if (isDeclared(on)) return serving;
  if (!resources.known) return null;
  // Lists hold what carries a policy or runs as a role. Of other types, and of services that were not read, there may be more.
  const isUnread = gaps.some(({ source, reason }) => source === 'resources' && reason === 'skipped');
  return all.length === 0 && (on === 'existing' || isUnread) ? null : serving;
};

/** What only people know of a resource, and mark it with: a tag that has the ARN of the user or role. */
const DECLARING_TAGS = { holding: 'vigil:credentials-of', feeding: 'vigil:runs-as' } as const;

type DeclaredOn = keyof typeof DECLARING_TAGS;

const isDeclared = (on: TypedAskedOn): on is DeclaredOn => on in DECLARING_TAGS;

const isAsked = (resource: Resource, on: TypedAskedOn, { holder }: Target): boolean => {
  if (on === 'existing') return true;
  return holder !== null && (isDeclared(on) || on === 'running') && linkedTo(resource, on) === holder.self.arn;
};

/** What ties a resource to a user or role: it runs as that, holds its credentials, or feeds what runs as it. */
export type LinkedOn = 'running' | DeclaredOn;

/** The ARN of the user or role that a resource is tied to so; undefined: of none that anybody knows. */
const linkedTo = ({ roleArn, tags }: Resource, on: LinkedOn): string | undefined =>
  on === 'running' ? (roleArn ?? undefined) : tags?.get(DECLARING_TAGS[on]);

/** The users and roles, by ARN, that a resource is tied to. */
export const linksOf = (resource: Resource): readonly { readonly on: LinkedOn; readonly arn: string }[] =>
  (['running', 'holding', 'feeding'] as const).flatMap((on) => {
    const arn = linkedTo(resource, on);
    return arn === undefined ? [] : [{ on, arn }];
  });

const missing = (on: TypedAskedOn, { name }: AskedType, { holder }: Target): string | null => {
  if (on === 'new' || on === 'member-account') return null;
  const thing = `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
  return on === 'running' && holder !== null
    ? `there is ${thing} that runs as ${holder.self.arn}`
    : `there is ${thing}`;
};

const names = new WeakMap<OwnState, Map<AskedType, readonly string[]>>();

/** What a principal would call a resource of its own choice, or what one may be called that it has a grant on. */
const namesToTry = (ask: Ask, type: AskedType, state: OwnState, context: SearchContext): readonly string[] => {
  const byType = names.get(state) ?? new Map<AskedType, readonly string[]>();
  names.set(state, byType);
  const found = byType.get(type) ?? findNames(ask, type, state, context);
  byType.set(type, found);
  return found;
};

const findNames = (
  { action }: Ask,
  { preferred, others, isRegional }: AskedType,
  { access, self }: OwnState,
  { reference }: SearchContext,
): readonly string[] => {
  const requested = requestedAction(reference, action);
  const tried = others.flatMap((pattern) => resourcesToTry(access, self, { action: requested, pattern, preferred }));
  return [...new Set(tried)].filter((arn) => !isRegional || hasRegion(arn)).slice(0, MOST_TRIED);
};

/** Somebody who grants thousands of names one by one must not make the search slow. */
const MOST_TRIED = 20;

/** Whether the region of an ARN can be one: what fits a pattern such as `eu-*` may be none. */
const hasRegion = (arn: string): boolean => /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(arn.split(':')[3] ?? '');
