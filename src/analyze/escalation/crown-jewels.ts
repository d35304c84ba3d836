import { arnParts, parseArn } from '../../iam/arn.ts';
import { compileWildcard } from '../../iam/wildcard.ts';
import type { AccountSnapshot, Role, User } from '../../snapshot/account-snapshot.ts';
import { isUseOf } from './resource-uses.ts';

/** What somebody has marked as worth most. */
export type CrownJewel =
  | { readonly kind: 'principal'; readonly arn: string; readonly principal: User | Role }
  | { readonly kind: 'resource'; readonly arn: string };

/** The tag that marks users, roles and listed resources, with the value `true`. */
const TAG = 'vigil:crown-jewel';

/**
 * The crown jewels of an account: users, roles and listed resources that carry the tag or whose ARN matches one of the
 * `marked`, in which `*` and `?` match any characters, and marked resources that nobody listed. What of those is left open
 * by wildcards is asked by one example.
 */
export const findCrownJewels = (account: AccountSnapshot, marked: readonly string[]): readonly CrownJewel[] => {
  const patterns = marked.map((text) => ({ text, matches: compileWildcard(text) }));
  const isMarked = (arn: string): boolean => patterns.some(({ matches }) => matches(arn));
  const principals = [...account.users, ...account.roles].filter(
    ({ arn, tags }) => tags.get(TAG) === 'true' || isMarked(arn),
  );
  const listed = (account.resources.known ? account.resources.value : []).filter(
    ({ arn, tags, service }) => isUseOf(service) && (tags?.get(TAG) === 'true' || isMarked(arn)),
  );
  const told = [...principals, ...listed];
  const unlisted = patterns.filter(({ matches }) => !told.some(({ arn }) => matches(arn)));
  const arns = [...listed.map(({ arn }) => String(arn)), ...unlisted.flatMap(({ text }) => exampleOf(text))];
  return [
    ...principals.map((principal) => ({ kind: 'principal', arn: principal.arn, principal }) as const),
    ...[...new Set(arns)].map((arn) => ({ kind: 'resource', arn }) as const),
  ];
};

const exampleOf = (text: string): readonly string[] => {
  const arn = parseArn(text.replaceAll('*', 'any').replaceAll('?', 'x'));
  return arn.ok && isUseOf(arnParts(arn.value).service) ? [arn.value] : [];
};
