import type { AccountAccess } from '../../access/account-access.ts';
import { type Arn, arnParts, parseArn } from '../../iam/arn.ts';
import { compileWildcard } from '../../iam/wildcard.ts';
import type { AccountSnapshot, Role, User } from '../../snapshot/account-snapshot.ts';
import { isUseOf, SERVICES_IN_USE } from './resource-uses.ts';

/** What somebody has marked as worth most. */
export type CrownJewel =
  | { readonly kind: 'principal'; readonly arn: Arn; readonly principal: User | Role }
  | { readonly kind: 'resource'; readonly arn: Arn };

/** The tag that marks users, roles and listed resources, with the value `true`. */
const TAG = 'vigil:crown-jewel';

/**
 * The crown jewels of an account: users, roles and listed resources that carry the tag or whose ARN matches one of the
 * `marked`, in which `*` and `?` match any characters, and marked resources that nobody listed. What of those is left open
 * by wildcards is asked by one example. `elsewhere`: ARNs of those that are known to be of other accounts.
 */
export const findCrownJewels = (
  account: AccountSnapshot,
  marked: readonly string[],
  elsewhere: readonly string[] = [],
): readonly CrownJewel[] => {
  const patterns = marked.map((text) => ({ text, matches: compileWildcard(text) }));
  const isMarked = (arn: string): boolean => patterns.some(({ matches }) => matches(arn));
  const principals = [...account.users, ...account.roles].filter(
    ({ arn, tags }) => tags.get(TAG) === 'true' || isMarked(arn),
  );
  const listed = (account.resources.known ? account.resources.value : []).filter(
    ({ arn, tags, service }) => isUseOf(service) && (tags?.get(TAG) === 'true' || isMarked(arn)),
  );
  const told = [...[...principals, ...listed].map(({ arn }) => String(arn)), ...elsewhere];
  const unlisted = patterns.filter(({ matches }) => !told.some(matches));
  const arns = [...listed.map(({ arn }) => arn), ...unlisted.flatMap(({ text }) => exampleOf(text))];
  return [
    ...principals.map((principal) => ({ kind: 'principal', arn: principal.arn, principal }) as const),
    ...[...new Set(arns)].map((arn) => ({ kind: 'resource', arn }) as const),
  ];
};

/** Those that are known to be the account's own, by their ARN or by its list of resources. */
export const ownCrownJewels = (
  account: AccountSnapshot,
  access: Pick<AccountAccess, 'ownerOf'>,
  marked: readonly string[],
): readonly CrownJewel[] =>
  findCrownJewels(account, marked).filter(
    ({ kind, arn }) => kind === 'principal' || access.ownerOf(arn) === account.accountId,
  );

const exampleOf = (text: string): readonly Arn[] => {
  const arn = parseArn(text.replaceAll('*', 'any').replaceAll('?', 'x'));
  return arn.ok && isUseOf(arnParts(arn.value).service) ? [arn.value] : [];
};

/** Why a text can mark no crown jewel of any account, in words; null: it can. */
export const jewelProblem = (text: string): string | null => {
  const [scheme = '', , service = '', , , resource] = text.split(':');
  if (/[*?]/.test(`${scheme}${service}`)) return null;
  if (scheme !== 'arn' || resource === undefined) return `crown jewel \`${text}\` is no ARN`;
  if (service === 'iam')
    return /^(?:user|role)\/|^[^/]*[*?]/.test(resource) ? null : `crown jewel \`${text}\` is no user and no role`;
  if (isUseOf(service)) return null;
  const known = ['iam', ...SERVICES_IN_USE].map((each) => `\`${each}\``).join(', ');
  return `crown jewel \`${text}\` is of service \`${service}\`, and only for those of ${known} is told who can use them`;
};

/** Of the ARNs marked those that name users or roles of the account, by its id, and that no user or role has. */
export const unknownJewels = (
  { users, roles, accountId, missingParts }: AccountSnapshot,
  marked: readonly string[],
): readonly string[] => {
  if (missingParts.has('users') || missingParts.has('roles')) return [];
  return marked.filter((text) => {
    const [, , service, , account] = text.split(':');
    if (service !== 'iam' || account !== accountId) return false;
    const matches = compileWildcard(text);
    return ![...users, ...roles].some(({ arn }) => matches(arn));
  });
};
