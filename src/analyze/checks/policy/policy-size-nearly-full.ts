import type { AccountSnapshot, Group, Role, User } from '../../../snapshot/account-snapshot.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { isManagedByAws } from '../../facts/managed-by-aws.ts';
import { policySize } from '../../facts/policy-size.ts';
import { unreadDocumentGap } from '../../facts/unread-policy.ts';

/** A policy, or the inline policies of a user, group or role together, are close to the size that IAM takes. */
export const policySizeNearlyFull = defineCheck({
  id: 'policy-size-nearly-full',
  title: 'Policy is nearly as large as IAM takes',
  category: 'policy',
  severity: 'info',
  resourceType: ['ManagedPolicy', 'User', 'Group', 'Role'],
  reads: [...ACCESS_PARTS, 'accountSummary'],
  doc: {
    what: 'Compares the size of customer managed policies, of trust policies, and of the inline policies of a user, group or role together, in characters without white space, with the quotas that the account summary tells; `usedPercent` or more is too much.',
    risk: 'The next statement does not fit in, and in a hurry somebody writes a wildcard to make room.',
    remediation: [
      'Take out what nobody uses, and what other statements cover.',
      'Divide the policy by task, and keep in mind that a user, group or role takes 10 managed policies.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html'],
  },
  frameworks: [],
  defaults: { usedPercent: 90 },

  *run(snapshot, { options }) {
    for (const { subject, documents, quota: name } of measured(snapshot)) {
      const gap = documents.map((document) => unreadDocumentGap(subject.arn, document)).find((each) => each !== null);
      if (gap !== undefined) {
        yield { subject, outcome: 'unknown', gap };
        continue;
      }
      const quota = quotaOf(snapshot, name);
      const size = documents.map(policySize).reduce((total, each) => total + each, 0);
      yield {
        subject,
        outcome: (size / quota) * 100 >= options.usedPercent ? 'fail' : 'pass',
        evidence: { size, quota },
      };
    }
  },

  summary: ({ size, quota }, { name, part }) =>
    `Of ${quota} characters, ${part === '' ? `policy ${name}` : `the ${part} of ${name}`} takes ${size}.`,
});

type QuotaName = keyof typeof QUOTAS;

interface Measured {
  readonly subject: { readonly arn: string; readonly part?: string };
  readonly documents: readonly Parameters<typeof policySize>[0][];
  readonly quota: QuotaName;
}

function* measured({ users, groups, roles, managedPolicies }: AccountSnapshot): Iterable<Measured> {
  for (const { arn, awsManaged, versions } of managedPolicies) {
    const document = versions.find(({ isDefaultVersion }) => isDefaultVersion)?.document;
    if (!awsManaged && document !== undefined)
      yield { subject: { arn }, documents: [document], quota: 'PolicySizeQuota' };
  }
  for (const user of users) yield* inline(user, 'UserPolicySizeQuota');
  for (const group of groups) yield* inline(group, 'GroupPolicySizeQuota');
  for (const role of roles) {
    if (isManagedByAws(role)) continue;
    yield* inline(role, 'RolePolicySizeQuota');
    const subject = { arn: role.arn, part: 'trust policy' };
    yield { subject, documents: [role.trustPolicy], quota: 'AssumeRolePolicySizeQuota' };
  }
}

function* inline({ arn, inlinePolicies }: User | Group | Role, quota: QuotaName): Iterable<Measured> {
  if (inlinePolicies.length === 0) return;
  yield { subject: { arn, part: 'inline policies' }, documents: inlinePolicies.map(({ document }) => document), quota };
}

/** What AWS grants every account, where the summary was not read. Source: "IAM and AWS STS quotas", IAM User Guide. */
const QUOTAS = {
  PolicySizeQuota: 6144,
  UserPolicySizeQuota: 2048,
  GroupPolicySizeQuota: 5120,
  RolePolicySizeQuota: 10_240,
  AssumeRolePolicySizeQuota: 2048,
} as const;

const quotaOf = ({ accountSummary }: AccountSnapshot, name: QuotaName): number =>
  (accountSummary.known ? accountSummary.value.get(name) : undefined) ?? QUOTAS[name];
