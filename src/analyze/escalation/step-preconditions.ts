import { friendlyName } from '../../iam/arn.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import { escalationMethods } from './catalogue/index.ts';
import type { Ask, Fact, Way } from './escalation-method.ts';
import type { PathStep } from './escalation-path.ts';
import { judgeFact } from './facts.ts';

/** What holds in the account beside the permissions and makes a step work, a sentence each: whom a role trusts, what runs as it. */
export const preconditionsOf = (step: PathStep, account: AccountSnapshot): readonly string[] => {
  const way = wayOf(step);
  if (way === undefined) return [];
  return [...new Set([...trusts(step, way), ...resources(step, way), ...facts(step, way, account)])];
};

/** The way that the requests of a step were made for: of several that need the same actions the first. */
const wayOf = ({ method, effect, requests }: PathStep): Way | undefined =>
  escalationMethods
    .find(({ id }) => id === method)
    ?.ways.find((way) => {
      const asked = new Set(way.requires.flatMap(asksOf).map(({ action }) => action));
      return way.effect === effect && requests.every(({ action }) => asked.has(action));
    });

const asksOf = (requirement: Way['requires'][number]): readonly Ask[] =>
  'anyOf' in requirement ? requirement.anyOf : [requirement];

const PROVIDERS = {
  saml: 'a SAML provider',
  openid: 'an OpenID Connect provider',
  cognito: 'an identity pool of Amazon Cognito',
} as const;

function* trusts({ to, requests }: PathStep, { service, federated }: Way): Iterable<string> {
  const name = quote(friendlyName(to));
  const passed = requests.flatMap(({ chosen }) => chosen['iam:PassedToService'] ?? []);
  const services = passed.length > 0 ? [...passed] : [service ?? []].flat();
  // Of several that would do nobody says which one does.
  const [only, ...others] = services;
  if (only !== undefined && others.length === 0) yield `The trust policy of ${name} lets ${quote(only)} assume it.`;
  if (federated !== undefined) yield `The trust policy of ${name} lets in whom ${PROVIDERS[federated]} vouches for.`;
}

function* resources({ to, requests }: PathStep, { requires }: Way): Iterable<string> {
  const asks = requires.flatMap(asksOf);
  for (const { action, resource } of requests) {
    const on = asks.find((ask) => ask.action === action)?.on;
    // Of `*` the path says in its conditions what must be there.
    if (resource.includes('*')) continue;
    if (on === 'running') yield `${quote(resource)} runs as ${quote(friendlyName(to))}.`;
    if (on === 'holding') yield `${quote(resource)} holds credentials of ${quote(friendlyName(to))}.`;
    if (on === 'instance-profile')
      yield `Instance profile ${quote(friendlyName(resource))} holds ${quote(friendlyName(to))}.`;
  }
}

function* facts({ to }: PathStep, { facts: needed = [] }: Way, account: AccountSnapshot): Iterable<string> {
  const target = [...account.users, ...account.roles].find(({ arn }) => arn === to) ?? null;
  for (const fact of needed) {
    if (judgeFact(fact, target, account) === true) yield factInWords(fact, quote(friendlyName(to)));
  }
}

const factInWords = (fact: Fact, name: string): string => {
  switch (fact) {
    case 'has-one-key-at-most':
      return `${name} has room for another access key.`;
    case 'has-two-keys':
      return `${name} has two access keys.`;
    case 'has-no-password':
      return `${name} has no console password.`;
    case 'has-password':
      return `${name} has a console password.`;
    case 'has-no-mfa-device':
      return `${name} has no MFA device.`;
    case 'has-mfa-device':
      return `${name} has an MFA device.`;
    case 'is-in-instance-profile':
      return `${name} is in an instance profile.`;
    case 'manages-organization':
      return 'The account manages its organization.';
    case 'is-member-account':
      return 'The account is a member of an organization.';
    default:
      return fact.unseen;
  }
};

const quote = (text: string): string => `\`${text.replaceAll('`', "'")}\``;
