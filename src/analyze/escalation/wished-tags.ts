import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';

/** A tag of a principal that some condition asks for. */
export interface WishedTag {
  readonly key: string;
  readonly value: string;
}

/**
 * The tags of principals that conditions of the account's identity-based, trust and resource policies compare with a value;
 * each once. Values with wildcards stand for the text without them; values with policy variables are left out.
 */
export const wishedTags = (account: AccountSnapshot): readonly WishedTag[] => {
  const found = new Map<string, WishedTag>();
  for (const { statements } of documentsOf(account)) {
    for (const { key, values } of statements.flatMap(({ conditions }) => conditions)) {
      const [, tag] = /^aws:PrincipalTag\/(.*)$/is.exec(key) ?? [];
      if (tag === undefined) continue;
      for (const value of values.filter((each) => !each.includes('${'))) {
        const wished = { key: tag, value: value.replaceAll('*', '').replaceAll('?', 'x') };
        found.set(`${tag}\n${wished.value}`, wished);
      }
    }
  }
  return [...found.values()].slice(0, MOST_TAGS);
};

/** Somebody who writes thousands of such conditions must not make the search slow. */
const MOST_TAGS = 100;

const documentsOf = ({
  users,
  groups,
  roles,
  managedPolicies,
  resources,
}: AccountSnapshot): readonly PolicyDocument[] => {
  const documents = new Set([
    ...[...users, ...groups, ...roles].flatMap(({ inlinePolicies }) => inlinePolicies.map(({ document }) => document)),
    ...roles.map(({ trustPolicy }) => trustPolicy),
    ...managedPolicies.flatMap(({ versions }) =>
      versions.filter(({ isDefaultVersion }) => isDefaultVersion).map(({ document }) => document),
    ),
    ...(resources.known ? resources.value : []).flatMap(({ policy }) => policy ?? []),
  ]);
  return [...documents];
};
