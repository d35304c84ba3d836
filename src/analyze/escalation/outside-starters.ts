import { friendlyName } from '../../iam/arn.ts';
import type { AccountSnapshot, Role, User } from '../../snapshot/account-snapshot.ts';
import type { CheckTools } from '../check-tools.ts';
import { isOfOwnOrganization, isTrusted } from '../trust/trusted-accounts.ts';

/** Whom outside the account a path can start with. */
export interface OutsideStarters {
  /** In words; empty: nobody. */
  readonly who: readonly string[];
  /** Whether strangers are among them: anybody, accounts that nobody declared, whoever a shared provider vouches for. */
  readonly strangers: boolean;
}

/** Tells who outside the account may be a principal: those whom a role's trust policy lets in, on conditions or not. */
export const outsideStarters = (
  principal: User | Role,
  snapshot: AccountSnapshot,
  tools: Pick<CheckTools, 'trustOf' | 'federationOf' | 'trustedAccounts' | 'now'>,
): OutsideStarters => {
  if (!('roleName' in principal)) return { who: [], strangers: false };
  const { anybody, anybodyOutsideOrganization, accounts } = tools.trustOf(principal);
  const foreign = accounts.filter(
    ({ accountId }) =>
      !isTrusted(tools.trustedAccounts, accountId, tools.now) && isOfOwnOrganization(snapshot, accountId) !== 'yes',
  );
  const vouched = tools
    .federationOf(principal)
    .some(
      (trust) =>
        trust.kind === 'oidc' &&
        [trust.anybody, trust.everything, trust.guests].some((condition) => condition.kind === 'true'),
    );
  return {
    who: [
      ...(anybody.kind === 'false' ? [] : ['principals of any account']),
      ...accounts.map(({ accountId }) => `account ${accountId}`),
      ...providersOf(principal).map((provider) => `identities of ${provider}`),
    ],
    strangers: anybodyOutsideOrganization.kind === 'true' || foreign.length > 0 || vouched,
  };
};

const providersOf = ({ trustPolicy }: Role): readonly string[] => [
  ...new Set(
    trustPolicy.statements.flatMap(({ effect, principal }) =>
      effect === 'Allow' && principal?.kind === 'principal' ? principal.federated.map(friendlyName) : [],
    ),
  ),
];

/** The words that a summary ends with. */
export const startedBy = (who: readonly string[]): string => (who.length === 0 ? '' : `; ${list(who)} can be it`);

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
