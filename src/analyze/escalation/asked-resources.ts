import { resourcesToTry } from '../../access/resources-to-try.ts';
import { parseAccountId } from '../../iam/account-id.ts';
import { iamArn } from '../../iam/arn.ts';
import { compileWildcard } from '../../iam/wildcard.ts';
import { requestedAction } from '../../policy/compile-policy.ts';
import type { Resource } from '../../snapshot/resource.ts';
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
    case 'instance-profile':
      return [{ key: 'instance-profile', arns: profilesOf(target, context), provided: null }];
    case 'provider':
    case 'missing-provider':
      return [{ key: on, arns: providersOf(target, on === 'provider', context), provided: null }];
    case 'member-account':
      return resourcesOfTypes(ask, on, state, target, { ...context, account: memberAccount(context) });
    case 'new':
    case 'existing':
    case 'running':
    case 'holding':
      return resourcesOfTypes(ask, on, state, target, context);
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

/** An account of the organization that is not the one that asks. */
const memberAccount = ({ account }: SearchContext): SearchContext['account'] => {
  const ids = account.organization.known ? (account.organization.value?.accounts ?? []) : [];
  const [member] = ids.filter((id) => id !== account.accountId);
  const accountId = member === undefined ? null : parseAccountId(member);
  return accountId?.ok === true ? { ...account, accountId: accountId.value } : account;
};

type TypedAskedOn = 'new' | 'existing' | 'running' | 'holding' | 'member-account';

/** The types of resource that a request names, each with its pattern. */
const resourcesOfTypes = (
  { action, type }: Ask,
  on: TypedAskedOn,
  state: OwnState,
  target: Target,
  context: SearchContext,
): readonly AskedResources[] => {
  const types = context.reference.describeAction(action)?.resourceTypes ?? [];
  const asked =
    type === undefined ? types.filter(({ required }) => required) : types.filter(({ name }) => name === type);
  const patterns = asked.filter(({ arnPattern }) => arnPattern !== '').map(({ arnPattern }) => arnPattern);
  if (patterns.length === 0) return on === 'holding' ? [] : [only('*')];
  return patterns.map((arnPattern) => {
    const key = `${on} ${arnPattern}`;
    if (on === 'new' || on === 'member-account' || (on !== 'holding' && !context.account.resources.known))
      return { key, arns: namesToTry(action, arnPattern, state, context), provided: missing(on, arnPattern, target) };
    const fits = compileWildcard(fill(arnPattern, context, { region: '*', name: '*' }));
    const resources = context.account.resources.known ? context.account.resources.value : [];
    const listed = resources.filter((resource) => isAsked(resource, on, target) && fits(resource.arn));
    return { key, arns: listed.map(({ arn }) => arn), provided: null };
  });
};

/** Marks a resource that holds credentials: with the ARN of the user or role whose they are. */
const CREDENTIALS_TAG = 'vigil:credentials-of';

const isAsked = ({ roleArn, tags }: Resource, on: TypedAskedOn, { holder }: Target): boolean => {
  if (on === 'existing') return true;
  return holder !== null && (on === 'running' ? roleArn : tags?.get(CREDENTIALS_TAG)) === holder.self.arn;
};

const missing = (on: TypedAskedOn, arnPattern: string, { holder }: Target): string | null => {
  if (on === 'new' || on === 'member-account') return null;
  const what = kindOf(arnPattern);
  return on === 'running' && holder !== null
    ? `there is a ${what} that runs as ${holder.self.arn}`
    : `there is a ${what}`;
};

/** `lambda function` of `arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}`. */
const kindOf = (arnPattern: string): string => {
  const [, , service = '', , , ...rest] = arnPattern.split(':');
  return `${service} ${/^[^:/$]*/.exec(rest.join(':'))?.[0] ?? ''}`.trim();
};

const namesToTry = (action: string, arnPattern: string, state: OwnState, context: SearchContext): readonly string[] => {
  const requested = requestedAction(context.reference, action);
  const tries = ['*new', '?*'].flatMap((name) => {
    const pattern = fill(arnPattern, context, { region: '*', name });
    const preferred = fill(arnPattern, context, { region: homeRegion(context), name: 'new' });
    return resourcesToTry(state.access, state.self, { action: requested, pattern, preferred });
  });
  return [...new Set(tries)].filter((arn) => hasRegion(arn, arnPattern)).slice(0, MOST_TRIED);
};

/** Somebody who grants thousands of names one by one must not make the search slow. */
const MOST_TRIED = 20;

const fill = (
  arnPattern: string,
  { account }: SearchContext,
  { region, name }: { readonly region: string; readonly name: string },
): string =>
  arnPattern
    .replace('${Partition}', account.partition)
    .replace('${Account}', account.accountId)
    .replace('${Region}', region)
    .replaceAll(/\$\{\w+\}/g, name);

/** Where an attacker who may choose would call: the partition's first region. */
const homeRegion = ({ account: { partition } }: SearchContext): string => HOME_REGIONS.get(partition) ?? 'us-east-1';

const HOME_REGIONS: ReadonlyMap<string, string> = new Map([
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
]);

/** Whether the region of an ARN can be one: what fits a pattern such as `eu-*` may be none. */
const hasRegion = (arn: string, arnPattern: string): boolean =>
  !arnPattern.includes('${Region}') || /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(arn.split(':')[3] ?? '');
