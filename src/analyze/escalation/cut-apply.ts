import type { CutChange } from '../../finding/escalation-cut.ts';
import { iamArn } from '../../iam/arn.ts';
import { parsePolicyDocument } from '../../policy/parse-policy-document.ts';
import type { PolicyDocument, Statement } from '../../policy/policy-document.ts';
import type { AccountSnapshot, Group, ManagedPolicy, Role, User } from '../../snapshot/account-snapshot.ts';

/** The account with changes made: nothing else of it differs, and statements keep their numbers. */
export const applyCut = (account: AccountSnapshot, changes: readonly CutChange[]): AccountSnapshot =>
  changes.reduce(applyChange, account);

const applyChange = (account: AccountSnapshot, change: CutChange): AccountSnapshot => {
  switch (change.kind) {
    case 'remove-statement':
    case 'remove-actions':
      return withDocument(account, change.policy, (document) => ({
        ...document,
        hash: `${document.hash} but ${change.statement}`,
        statements: document.statements.flatMap((statement) =>
          statement.index === change.statement ? lessened(statement, change) : [statement],
        ),
      }));
    case 'add-deny': {
      const denying = denyDocument(change.actions, change.resources);
      return withDocument(account, change.policy, (document) => {
        const next = Math.max(-1, ...document.statements.map(({ index }) => index)) + 1;
        const added = denying.statements.map((statement) => ({ ...statement, index: next }));
        return {
          ...document,
          hash: `${document.hash} with ${denying.hash}`,
          statements: [...document.statements, ...added],
        };
      });
    }
    case 'detach-policy':
      return eachHolder(account, (holder) =>
        holder.arn === change.holder
          ? {
              ...holder,
              attachedManagedPolicies: holder.attachedManagedPolicies.filter(
                ({ policyArn }) => policyArn !== change.policy,
              ),
            }
          : holder,
      );
    case 'set-boundary':
      return withBoundary(account, change);
  }
};

const lessened = (
  statement: Statement,
  change: Extract<CutChange, { readonly kind: 'remove-statement' | 'remove-actions' }>,
): readonly Statement[] => {
  if (change.kind === 'remove-statement') return [];
  const patterns = statement.action.patterns.filter((pattern) => !change.actions.includes(pattern));
  return patterns.length === 0 ? [] : [{ ...statement, action: { ...statement.action, patterns } }];
};

const denyDocument = (actions: readonly string[], resources: readonly string[]): PolicyDocument =>
  parsePolicyDocument({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: actions, Resource: resources }],
  });

type Rewrite = (document: PolicyDocument) => PolicyDocument;

const INLINE = '#inline/';
const TRUST = '#trust';

/** The account with a policy's document rewritten; an inline policy that its holder does not have is made. */
const withDocument = (account: AccountSnapshot, policy: string, rewrite: Rewrite): AccountSnapshot => {
  if (policy.endsWith(TRUST)) {
    const arn = policy.slice(0, -TRUST.length);
    const roles = account.roles.map((role) =>
      role.arn === arn ? { ...role, trustPolicy: rewrite(role.trustPolicy) } : role,
    );
    return { ...account, roles };
  }
  const at = policy.indexOf(INLINE);
  if (at < 0) {
    const managedPolicies = account.managedPolicies.map((each) =>
      each.arn === policy ? rewriteDefault(each, rewrite) : each,
    );
    return { ...account, managedPolicies };
  }
  const arn = policy.slice(0, at);
  const policyName = policy.slice(at + INLINE.length);
  return eachHolder(account, (holder) => (holder.arn === arn ? withInlinePolicy(holder, policyName, rewrite) : holder));
};

const rewriteDefault = (policy: ManagedPolicy, rewrite: Rewrite): ManagedPolicy => ({
  ...policy,
  versions: policy.versions.map((version) =>
    version.isDefaultVersion ? { ...version, document: rewrite(version.document) } : version,
  ),
});

const EMPTY: PolicyDocument = { hash: '', version: '2012-10-17', id: null, statements: [], problems: [] };

const withInlinePolicy = <Holder extends User | Role | Group>(
  holder: Holder,
  policyName: string,
  rewrite: Rewrite,
): Holder => {
  const isThere = holder.inlinePolicies.some((policy) => policy.policyName === policyName);
  const inlinePolicies = isThere
    ? holder.inlinePolicies.map((policy) =>
        policy.policyName === policyName ? { ...policy, document: rewrite(policy.document) } : policy,
      )
    : [...holder.inlinePolicies, { policyName, document: rewrite(EMPTY) }];
  return { ...holder, inlinePolicies };
};

/** The account with its users, groups and roles as a function makes them; who stays the same stays the same value. */
const eachHolder = (
  account: AccountSnapshot,
  change: <Holder extends User | Role | Group>(holder: Holder) => Holder,
): AccountSnapshot => ({
  ...account,
  users: account.users.map(change),
  groups: account.groups.map(change),
  roles: account.roles.map(change),
});

const withBoundary = (
  account: AccountSnapshot,
  { principal, denies }: Extract<CutChange, { readonly kind: 'set-boundary' }>,
): AccountSnapshot => {
  const arn = iamArn(account.partition, account.accountId, `policy${BOUNDARY_PATH}${nameFor(principal)}`);
  const document = parsePolicyDocument(boundaryJson(denies));
  const boundary: ManagedPolicy = {
    arn,
    policyName: nameFor(principal),
    policyId: arn,
    path: BOUNDARY_PATH,
    awsManaged: false,
    defaultVersionId: 'v1',
    versions: [{ versionId: 'v1', isDefaultVersion: true, createDate: account.collectedAt, document }],
    attachmentCount: 0,
    permissionsBoundaryUsageCount: 1,
    createDate: account.collectedAt,
    updateDate: account.collectedAt,
  };
  const bound = <Holder extends User | Role>(holder: Holder): Holder =>
    holder.arn === principal ? { ...holder, permissionsBoundary: arn } : holder;
  return {
    ...account,
    users: account.users.map(bound),
    roles: account.roles.map(bound),
    managedPolicies: [...account.managedPolicies, boundary],
  };
};

const BOUNDARY_PATH = '/vigil-cut/';
const nameFor = (principal: string): string => principal.slice(principal.lastIndexOf('/') + 1);

/** The document of a boundary that leaves everything but some actions. */
const boundaryJson = (denies: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: denies, Resource: '*' },
  ],
});
