import { compileWildcard } from '../iam/wildcard.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { Finding } from './audit-report.ts';

/** Who answers for the findings about some subjects. */
export type OwnerRule =
  /** The value of the first of these tag keys that the subject carries. */
  | { readonly kind: 'tag'; readonly keys: readonly string[] }
  /** Users, groups, roles and policies below a path: `/team-a/`. */
  | { readonly kind: 'path'; readonly prefix: string; readonly owner: string }
  /** An account by its id, or by one of the names that it is known by. */
  | { readonly kind: 'account'; readonly account: string; readonly owner: string }
  /** Subjects whose ARN matches, with `*` and `?` for any characters. */
  | { readonly kind: 'pattern'; readonly pattern: string; readonly owner: string };

/** Tags by the ARN of what carries them. */
export type TagsByArn = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** By account id, what else an account is called: its alias, and its name in the configuration or the organization. */
export type AccountNames = ReadonlyMap<string, ReadonlySet<string>>;

/** The tags of everything in an account whose tags were read: users, roles, resources. */
export const tagsOf = ({ users, roles, resources }: AccountSnapshot): TagsByArn =>
  new Map(
    [...users, ...roles, ...(resources.known ? resources.value : [])].flatMap(({ arn, tags }) =>
      tags === null ? [] : [[arn, tags] as const],
    ),
  );

/** Gives each finding its owner by the first rule that knows one; null where none does. */
export const withOwners = (
  findings: readonly Finding[],
  rules: readonly OwnerRule[],
  tags: TagsByArn,
  names: AccountNames = new Map(),
): readonly Finding[] => {
  const compiled = rules.map((rule) => compileRule(rule, names));
  return findings.map((finding) => {
    for (const ownerBy of compiled) {
      const owner = ownerBy(finding, tags);
      if (owner !== null) return { ...finding, owner };
    }
    return { ...finding, owner: null };
  });
};

const compileRule = (rule: OwnerRule, names: AccountNames): ((finding: Finding, tags: TagsByArn) => string | null) => {
  switch (rule.kind) {
    case 'tag':
      return ({ subject }, tags) => {
        const carried = tags.get(subject.arn);
        const values = rule.keys.map((key) => carried?.get(key)?.trim() ?? '');
        return values.find((value) => value !== '') ?? null;
      };
    case 'path':
      return ({ subject }) => (pathOf(subject.arn)?.startsWith(rule.prefix) === true ? rule.owner : null);
    case 'account':
      return ({ accountId }) =>
        accountId === rule.account || names.get(accountId)?.has(rule.account) === true ? rule.owner : null;
    case 'pattern': {
      const matches = compileWildcard(rule.pattern);
      return ({ subject }) => (matches(subject.arn) ? rule.owner : null);
    }
  }
};

/** The path of an entity of IAM: `/team/` of `arn:aws:iam::123456789012:user/team/alice`; null: it has none. */
const pathOf = (arn: string): string | null => {
  const [, , service, , , resource = ''] = arn.split(':');
  const from = resource.indexOf('/');
  return service !== 'iam' || from < 0 ? null : resource.slice(from, resource.lastIndexOf('/') + 1);
};
