import { anyOf, type Formula } from '../../evaluate/formula.ts';
import type { RequestContext } from '../../evaluate/request-context.ts';
import type { Instant } from '../../kernel/time.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot, Role } from '../../snapshot/account-snapshot.ts';
import { settleTime } from '../residual/settle-time.ts';
import { withoutKeys } from '../residual/without-keys.ts';
import { inAccount } from './in-account.ts';
import { type Asker, type AssumeDecider, createAssumeDecider, wholeAccount } from './may-assume.ts';

/** Whom outside the account a role's trust policy lets in. */
export interface ExternalTrust {
  /** When a principal of an account that the policy does not name may assume the role. */
  readonly anybody: Formula;
  /** The same for one that is in no organization that the policy names. */
  readonly anybodyOutsideOrganization: Formula;
  /** Every other account that the policy names. */
  readonly accounts: readonly TrustedAccount[];
}

/** Another account that a trust policy names. */
export interface TrustedAccount {
  readonly accountId: string;
  /** As the policy names them: the account, or users and roles of it. */
  readonly principals: readonly string[];
  /** Whether the account is named as a whole. */
  readonly whole: boolean;
  /** When it may assume the role without sending an ExternalId, and being in no organization that the policy names. */
  readonly withoutExternalId: Formula;
}

/** Reads the trust policy of any role of an account. */
export type TrustReader = (role: Role) => ExternalTrust;

/** Makes the reader of an account's trust policies. */
export const createTrustReader = (
  { accountId }: AccountSnapshot,
  reference: ServiceReference,
  now: Instant,
): TrustReader => {
  const mayAssume = createAssumeDecider(reference);
  const time = { now, temporary: false };
  return ({ trustPolicy }) => {
    const anybody = settleTime(askAs({ kind: 'stranger' }, trustPolicy, mayAssume), time);
    return {
      anybody,
      anybodyOutsideOrganization: withoutKeys(anybody, isOrganizationKey),
      accounts: namedAccounts(trustPolicy)
        .filter((named) => named.accountId !== accountId)
        .map(({ principals, ...named }) => {
          const askers = principals.filter((principal) => !isServiceLinked(principal)).map(toAsker(named.accountId));
          const formula = anyOf(askers.map((asker) => askAs(asker, trustPolicy, mayAssume)));
          const withoutExternalId = settleTime(withoutKeys(formula, isExternalIdOrOrganization), time);
          return { ...named, principals, whole: askers.some(({ kind }) => kind === 'account'), withoutExternalId };
        }),
    };
  };
};

// No account id, so that no condition on an account can mean it.
const STRANGER = 'stranger';

const askAs = (asker: Asker, trustPolicy: PolicyDocument, mayAssume: AssumeDecider): Formula => {
  const account = asker.kind === 'stranger' ? STRANGER : asker.accountId;
  const context: RequestContext = {
    'aws:PrincipalAccount': account,
    ...(asker.kind === 'principal' && isPrincipalArn(asker.arn) ? { 'aws:PrincipalArn': asker.arn } : {}),
  };
  const formula = inAccount(mayAssume(trustPolicy, asker, context), account);
  // Only a service that acts for a resource sends these ("AWS global condition context keys").
  return withoutKeys(formula, (key) => /^aws:source(account|arn|orgid|orgpaths)$/.test(key));
};

// Of a session, the key holds the ARN of the role.
const isPrincipalArn = (arn: string): boolean => /^arn:[^:]+:iam::\d{12}:(user|role)\//.test(arn);

// A service of AWS acts through it, and cannot send an ExternalId.
const isServiceLinked = (principal: string): boolean => /:role\/aws-service-role\//.test(principal);

const toAsker =
  (accountId: string) =>
  (principal: string): Asker =>
    wholeAccount(principal) === null && principal.startsWith('arn:')
      ? { kind: 'principal', accountId, arn: principal }
      : { kind: 'account', accountId };

const isOrganizationKey = (key: string): boolean => key === 'aws:principalorgid' || key === 'aws:principalorgpaths';

const isExternalIdOrOrganization = (key: string): boolean => key === 'sts:externalid' || isOrganizationKey(key);

interface NamedAccount {
  readonly accountId: string;
  readonly principals: readonly string[];
}

/** The accounts that Allow statements name as principals, or, beside `*`, in conditions. */
const namedAccounts = ({ statements }: PolicyDocument): readonly NamedAccount[] => {
  const byAccount = new Map<string, Set<string>>();
  const add = (principal: string): void => {
    const id = accountOf(principal);
    if (id !== null) byAccount.set(id, (byAccount.get(id) ?? new Set()).add(principal));
  };
  for (const { effect, principal, conditions } of statements) {
    if (effect === 'Deny' || principal?.kind !== 'principal') continue;
    principal.aws.forEach(add);
    if (!principal.aws.includes('*')) continue;
    for (const { key, values } of conditions) if (isWhoseKey(key)) values.forEach(add);
  }
  return [...byAccount].sort().map(([accountId, principals]) => ({ accountId, principals: [...principals].sort() }));
};

const isWhoseKey = (key: string): boolean => /^aws:principal(account|arn)$/i.test(key);

const accountOf = (principal: string): string | null =>
  wholeAccount(principal) ?? /^arn:[^:]+:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1] ?? null;
