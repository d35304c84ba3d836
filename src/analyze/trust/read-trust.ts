import { anyOf, type Formula } from '../../evaluate/formula.ts';
import type { RequestContext } from '../../evaluate/request-context.ts';
import { compileWildcard } from '../../iam/wildcard.ts';
import type { Instant } from '../../kernel/time.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot, Role } from '../../snapshot/account-snapshot.ts';
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
  /** When it may assume the role with whatever ExternalId or none, and being in no organization that the policy names. */
  readonly withoutExternalId: Formula;
}

/** Reads the trust policy of any role of an account. */
export type TrustReader = (role: Role) => ExternalTrust;

/** Makes the reader of an account's trust policies. */
export const createTrustReader = (
  { accountId, partition }: AccountSnapshot,
  reference: ServiceReference,
  now: Instant,
): TrustReader => {
  const mayAssume = createAssumeDecider(reference, now);
  return ({ trustPolicy }) => {
    const ask = (asker: Asker, contexts: readonly RequestContext[]): Formula =>
      anyOf(contexts.map((context) => askAs(asker, trustPolicy, mayAssume, context)));
    return {
      anybody: ask({ kind: 'stranger' }, [{}, ...ANY_EXTERNAL_ID]),
      anybodyOutsideOrganization: ask({ kind: 'stranger' }, joined([{}, ...ANY_EXTERNAL_ID], OTHER_ORGANIZATION)),
      accounts: namedAccounts(trustPolicy, partition)
        .filter((named) => named.accountId !== accountId)
        .map(({ principals, ...named }) => {
          const askers = principals.filter((principal) => !isServiceLinked(principal)).map(toAsker(named.accountId));
          const contexts = joined(ANY_EXTERNAL_ID, OTHER_ORGANIZATION);
          return {
            ...named,
            principals,
            whole: askers.some(({ kind }) => kind === 'account'),
            withoutExternalId: anyOf(askers.map((asker) => ask(asker, contexts))),
          };
        }),
    };
  };
};

// No account id, so that no condition on an account can mean it.
const STRANGER = 'stranger';

// The caller chooses what it sends: a pattern that any ExternalId matches asks for none.
const ANY_EXTERNAL_ID: readonly RequestContext[] = [{ 'sts:ExternalId': null }, { 'sts:ExternalId': 'whatever-it-is' }];

// Of no organization, or of one that nobody has named: `o-*` is every organization.
const OTHER_ORGANIZATION: readonly RequestContext[] = [
  { 'aws:PrincipalOrgID': null, 'aws:PrincipalOrgPaths': null },
  { 'aws:PrincipalOrgID': 'o-anybodyelse', 'aws:PrincipalOrgPaths': 'o-anybodyelse/r-else/ou-else-anybody/' },
];

const joined = (left: readonly RequestContext[], right: readonly RequestContext[]): readonly RequestContext[] =>
  left.flatMap((one) => right.map((other) => ({ ...one, ...other })));

const askAs = (
  asker: Asker,
  trustPolicy: PolicyDocument,
  mayAssume: AssumeDecider,
  chosen: RequestContext,
): Formula => {
  const account = asker.kind === 'stranger' ? STRANGER : asker.accountId;
  const context: RequestContext = {
    ...chosen,
    ...NO_SOURCE,
    'aws:PrincipalAccount': account,
    ...(asker.kind === 'principal' && isPrincipalArn(asker.arn) ? { 'aws:PrincipalArn': asker.arn } : {}),
  };
  return inAccount(mayAssume(trustPolicy, asker, context), account);
};

// Only a service that acts for a resource sends these ("AWS global condition context keys").
const NO_SOURCE: RequestContext = {
  'aws:SourceAccount': null,
  'aws:SourceArn': null,
  'aws:SourceOrgID': null,
  'aws:SourceOrgPaths': null,
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

interface NamedAccount {
  readonly accountId: string;
  readonly principals: readonly string[];
}

/**
 * The accounts that Allow statements name as principals, or, beside `*`, in conditions. Those of another partition
 * cannot call AssumeRole here ("Federating AWS identities across AWS partitions", IAM User Guide).
 */
const namedAccounts = ({ statements }: PolicyDocument, partition: string): readonly NamedAccount[] => {
  const byAccount = new Map<string, Set<string>>();
  const add = (principal: string): void => {
    const id = accountOf(principal);
    if (id !== null && isOfPartition(principal, partition))
      byAccount.set(id, (byAccount.get(id) ?? new Set()).add(principal));
  };
  for (const { effect, principal, conditions } of statements) {
    if (effect === 'Deny' || principal?.kind !== 'principal') continue;
    principal.aws.forEach(add);
    if (!principal.aws.includes('*')) continue;
    for (const { key, values } of conditions) if (isWhoseKey(key)) values.forEach(add);
  }
  return [...byAccount].sort().map(([accountId, principals]) => ({ accountId, principals: [...principals].sort() }));
};

const isOfPartition = (principal: string, partition: string): boolean => {
  const [scheme, named = ''] = principal.split(':');
  return scheme !== 'arn' || compileWildcard(named)(partition);
};

const isWhoseKey = (key: string): boolean => /^aws:principal(account|arn)$/i.test(key);

const accountOf = (principal: string): string | null =>
  wholeAccount(principal) ?? /^arn:[^:]+:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1] ?? null;
