import type { PolicyDocument } from '../../policy/policy-document.ts';
import { compileResourcePattern } from '../../policy/resource-pattern.ts';
import type { AccountSnapshot, Role, User } from '../../snapshot/account-snapshot.ts';
import { isManagedByAws } from '../facts/managed-by-aws.ts';

/**
 * Tells users, roles and policies apart as far as requests on them can be decided differently: who is denied a request on
 * one of a class is denied it on all of them. What they are allowed themselves does not count.
 */
export interface TargetClasses {
  ofPrincipal(target: User | Role): number;
  /** Of a customer managed policy, by its ARN. */
  ofPolicy(arn: string): number;
}

/** Makes the classes of an account, from what its policies can ask of a user, role or policy. */
export const createTargetClasses = (account: AccountSnapshot): TargetClasses => {
  const asked = readDocuments(account);
  const idOf = createNumbering<PolicyDocument>();
  const classes = createNumbering<string>();
  const named = namedInResources(account);
  // Of a policy with as many versions as it can have another request is needed.
  const full = new Set<string>(
    account.managedPolicies.filter(({ versions }) => versions.length >= 5).map(({ arn }) => arn),
  );
  const isUnlike = (arn: string): boolean =>
    named.has(arn) || asked.literals.has(arn) || asked.templates.some((matches) => matches(arn));
  const matched = (arn: string): string => asked.patterns.map((matches) => (matches(arn) ? 1 : 0)).join('');
  const classOf = (target: User | Role): string => {
    const { arn, tags, permissionsBoundary } = target;
    if (isUnlike(arn)) return arn;
    return JSON.stringify([
      'roleName' in target
        ? [idOf(target.trustPolicy), target.instanceProfiles.length > 0, isManagedByAws(target)]
        : [target.accessKeys, target.password, target.mfa],
      [...tags].filter(([key]) => asked.tagKeys.has(key.toLowerCase())).sort(),
      asked.readsBoundaries ? permissionsBoundary : null,
      matched(arn),
    ]);
  };
  const principals = new WeakMap<User | Role, number>();
  const policies = new Map<string, number>();
  return {
    ofPrincipal: (target) => {
      const known = principals.get(target) ?? classes(classOf(target));
      principals.set(target, known);
      return known;
    },
    ofPolicy: (arn) => {
      const known = policies.get(arn) ?? classes(isUnlike(arn) ? arn : `${full.has(arn)} ${matched(arn)}`);
      policies.set(arn, known);
      return known;
    },
  };
};

/** Gives each thing a number: the same one whenever it is asked for. */
const createNumbering = <Thing>(): ((thing: Thing) => number) => {
  const numbers = new Map<Thing, number>();
  return (thing) => {
    const number = numbers.get(thing) ?? numbers.size;
    numbers.set(thing, number);
    return number;
  };
};

type Matches = (arn: string) => boolean;

/** What the policies of an account say of single users, roles and policies. */
interface Asked {
  /** ARNs that stand for themselves. */
  readonly literals: ReadonlySet<string>;
  readonly patterns: readonly Matches[];
  /** Patterns with policy variables: what they match is another thing for each who asks. */
  readonly templates: readonly Matches[];
  /** Keys, in lower case, of the tags that conditions and variables read. */
  readonly tagKeys: ReadonlySet<string>;
  readonly readsBoundaries: boolean;
}

const readDocuments = (account: AccountSnapshot): Asked => {
  const own = new RegExp(`^arn:[^:]*:iam::(?:${account.accountId}|\\D*):`);
  const { resources, conditions } = textsOf(account);
  const compiled = [...resources]
    .filter(([text]) => mayBeOfIam(text, own))
    .map(([text, version]) => ({ text, pattern: compileResourcePattern(text, version) }));
  const read = [...conditions.keys, ...[...conditions.values, ...resources.keys()].filter(hasVariable)].map((text) =>
    text.toLowerCase(),
  );
  const isLiteral = ({ text, pattern }: (typeof compiled)[number]): boolean =>
    pattern.kind === 'fixed' && !/[*?]/.test(text);
  return {
    literals: new Set(compiled.filter(isLiteral).map(({ text }) => text)),
    patterns: compiled.flatMap((each) =>
      each.pattern.kind === 'fixed' && !isLiteral(each) ? [each.pattern.matches] : [],
    ),
    templates: compiled.flatMap(({ pattern }) => (pattern.kind === 'template' ? [pattern.couldMatch] : [])),
    tagKeys: new Set(read.flatMap((text) => [...text.matchAll(RESOURCE_TAG)].flatMap(([, key]) => key ?? []))),
    readsBoundaries: read.some((text) => text.includes('iam:permissionsboundary')),
  };
};

/** What the statements of an account say, each text once: a hundred thousand of them share a few. */
const textsOf = (account: AccountSnapshot) => {
  const resources = new Map<string, PolicyDocument['version']>();
  const [keys, values] = [new Set<string>(), new Set<string>()];
  for (const { statements, version } of documentsOf(account)) {
    for (const { resource, conditions } of statements) {
      for (const text of resource?.patterns ?? []) resources.set(text, version);
      for (const condition of conditions) {
        keys.add(condition.key);
        for (const value of condition.values) values.add(value);
      }
    }
  }
  return { resources, conditions: { keys, values } };
};

const RESOURCE_TAG = /(?:aws|iam):resourcetag\/([^},]*)/g;

const hasVariable = (text: string): boolean => text.includes('${');

/** Whether a pattern can match something of the account's IAM and not just any. */
const mayBeOfIam = (text: string, own: RegExp): boolean =>
  text !== '*' && (own.test(text) || /[*?$]/.test(text.split(':').slice(0, 5).join(':')));

const documentsOf = ({
  users,
  groups,
  roles,
  managedPolicies,
  organization,
}: AccountSnapshot): ReadonlySet<PolicyDocument> =>
  new Set([
    ...[...users, ...groups, ...roles].flatMap(({ inlinePolicies }) => inlinePolicies.map(({ document }) => document)),
    ...roles.map(({ trustPolicy }) => trustPolicy),
    ...managedPolicies.flatMap(({ versions }) => versions.map(({ document }) => document)),
    ...(organization.known ? (organization.value?.path ?? []) : []).flatMap(({ scps, rcps }) =>
      [...scps, ...rcps].map(({ document }) => document),
    ),
  ]);

/** Roles that resources run as, and whoever has credentials in one. */
const namedInResources = ({ resources }: AccountSnapshot): ReadonlySet<string> =>
  new Set(
    (resources.known ? resources.value : []).flatMap(({ roleArn, tags }) => [
      ...(roleArn === null ? [] : [roleArn]),
      ...(tags?.values() ?? []),
    ]),
  );
