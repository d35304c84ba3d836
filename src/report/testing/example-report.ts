import type { AuditReport, Finding, PrincipalSummary } from '../../finding/audit-report.ts';
import { addDays, type Instant, parseInstant } from '../../kernel/time.ts';
import type { CheckText } from '../check-text.ts';
import type { ReportTexts } from '../report-view.ts';

const at = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

/** The night of the example's audit. */
const NIGHT = at('2026-03-02T02:30:00Z');

const iam = (resource: string): string => `arn:aws:iam::123456789012:${resource}`;

/** A finding of no interest but for what `differing` says. */
export const findingOf = (differing: Partial<Finding>): Finding => {
  const subject = differing.subject ?? { arn: iam('user/alice'), type: 'User', id: 'AIDAALICE', part: null };
  const checkId = differing.checkId ?? 'user-access-key-not-rotated';
  return {
    key: `${checkId}|123456789012|${subject.id}|${subject.part ?? ''}`,
    checkId,
    category: 'credentials',
    severity: 'medium',
    outcome: 'fail',
    state: 'open',
    accountId: '123456789012',
    subject,
    title: 'IAM user has an active access key older than the allowed age',
    summary: 'An access key of `alice` is 412 days old; 90 are allowed.',
    evidence: { ageDays: 412, maxAgeDays: 90 },
    conditions: null,
    remediation: ['Create a second key and move the workload to it.', 'Deactivate the old key, then delete it.'],
    frameworks: [],
    firstSeen: addDays(NIGHT, -30),
    lastSeen: NIGHT,
    ...differing,
  };
};

const root: Finding = findingOf({
  checkId: 'root-user-without-mfa',
  severity: 'critical',
  state: 'new',
  subject: { arn: iam('root'), type: 'RootUser', id: iam('root'), part: null },
  title: 'Root user has no MFA device',
  summary: 'Nobody but a password stands between a stranger and the root user.',
  evidence: { mfaActive: false, passwordLastUsed: '2026-01-09T17:20:00Z' },
  remediation: ['Register two hardware or passkey MFA devices for the root user.'],
  frameworks: ['cis-aws-7.0:1.4', 'cis-aws-7.0:1.5'],
  firstSeen: NIGHT,
});

const policyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['iam:CreatePolicyVersion', 'iam:Get*'], Resource: '*' }],
};

const escalation: Finding = findingOf({
  checkId: 'principal-escalates',
  category: 'escalation',
  severity: 'critical',
  state: 'worsened',
  subject: { arn: iam('user/ci/deploy-bot'), type: 'User', id: 'AIDADEPLOYBOT', part: 'administrator' },
  title: 'Principal can become administrator',
  summary: 'deploy-bot can write a new default version of a policy that is attached to it.',
  evidence: {
    policies: [{ policyArn: iam('policy/deploy'), versions: 2, document: policyDocument }],
    alternatives: ['iam-008', 'iam-010'],
    conditionKeys: { 'aws:SourceIp': ['10.0.0.0/8', '192.0.2.0/24'] },
  },
  conditions: {
    text: 'The request comes from an address in 10.0.0.0/8.',
    formula: { operator: 'IpAddress', key: 'aws:SourceIp', values: ['10.0.0.0/8'] },
  },
  remediation: ['Take iam:CreatePolicyVersion on attached policies away from the principal.'],
  frameworks: ['cis-aws-7.0:2.12'],
  firstSeen: addDays(NIGHT, -3),
  escalation: {
    reaches: 'administrator',
    proof: 'proven',
    steps: [
      {
        method: 'iam-001',
        from: iam('user/ci/deploy-bot'),
        to: iam('user/ci/deploy-bot'),
        requests: [
          {
            action: 'iam:CreatePolicyVersion',
            resource: iam('policy/deploy'),
            grantedBy: [{ policy: iam('policy/deploy'), statement: 0 }],
          },
        ],
      },
    ],
  },
});

const external: Finding = findingOf({
  checkId: 'role-trusts-any-principal',
  category: 'external',
  severity: 'high',
  state: 'reopened',
  subject: { arn: iam('role/partner-upload'), type: 'Role', id: 'AROAPARTNER', part: null },
  title: 'Role can be assumed by any AWS principal',
  summary: 'The trust policy of `partner-upload` names everybody and holds no condition.',
  evidence: { trustPolicy: { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' } },
  remediation: ['Name the accounts that may assume the role.', 'Require an external id of each.'],
  firstSeen: addDays(NIGHT, -200),
  external: {
    principal: '*',
    kind: 'public',
    resource: iam('role/partner-upload'),
    actions: ['sts:AssumeRole', 'sts:TagSession'],
  },
});

const hostile: readonly Finding[] = [
  '<img src=x onerror=alert(1)>',
  "=cmd|' /C calc'!A0",
  '</script><script>alert(1)</script>',
  'eve\u202Egnp.nimda',
].map((name, index) =>
  findingOf({
    checkId: 'user-password-unused',
    category: 'unused',
    severity: 'low',
    subject: { arn: iam(`user/${name}`), type: 'User', id: `AIDAHOSTILE${index}`, part: name },
    title: 'Password of an IAM user was not used for long',
    summary: name,
    evidence: { [name]: name, note: `line one\n${name}` },
    firstSeen: addDays(NIGHT, -index),
  }),
);

const unknown: Finding = findingOf({
  checkId: 'user-without-mfa',
  severity: 'high',
  outcome: 'unknown',
  subject: { arn: iam('user/bob'), type: 'User', id: 'AIDABOB', part: null },
  title: 'Console user has no MFA device',
  summary: 'Whether `bob` has an MFA device is not known.',
  evidence: { gap: { action: 'iam:ListMFADevices', reason: 'denied' } },
});

const settled: readonly Finding[] = [
  findingOf({ state: 'resolved', subject: { arn: iam('user/carol'), type: 'User', id: 'AIDACAROL', part: 'AKIA1' } }),
  findingOf({ state: 'suppressed', subject: { arn: iam('user/dave'), type: 'User', id: 'AIDADAVE', part: 'AKIA2' } }),
];

const principal = (resource: string, differing: Partial<PrincipalSummary> = {}): PrincipalSummary => ({
  arn: iam(resource),
  type: 'user',
  administrator: 'no',
  escalates: 'no',
  ...differing,
});

/** A report that has one of each thing, names that strangers chose to do harm among them. */
export const exampleReport: AuditReport = {
  schemaVersion: '1.0',
  run: {
    id: '20260302T023000Z',
    startedAt: NIGHT,
    finishedAt: at('2026-03-02T02:31:12Z'),
    vigilVersion: '0.1.0',
    referenceDate: '2026-02-20',
    baselineRunId: '20260301T023000Z',
  },
  accounts: [
    {
      accountId: '123456789012',
      alias: 'acme-production',
      collectedAt: NIGHT,
      complete: false,
      coverage: [
        { source: 'authorization-details', status: 'read', detail: '3 pages', affects: [] },
        {
          source: 'mfa-devices',
          status: 'denied',
          detail: 'AWS refused iam:ListMFADevices: AccessDenied',
          affects: ['user-without-mfa'],
        },
        { source: 'last-accessed', status: 'skipped', detail: 'not asked for', affects: [] },
      ],
    },
  ],
  principals: [
    principal('user/alice'),
    principal('user/ci/deploy-bot', { escalates: 'yes' }),
    principal('role/breakglass', { type: 'role', administrator: 'yes' }),
    principal('role/partner-upload', { type: 'role', escalates: 'conditional' }),
    principal('root', { type: 'root', administrator: 'yes' }),
    principal('user/<img src=x onerror=alert(1)>'),
  ],
  findings: [
    ...hostile,
    findingOf({ subject: { arn: iam('user/alice'), type: 'User', id: 'AIDAALICE', part: 'AKIAALICE1' } }),
    unknown,
    external,
    escalation,
    root,
    ...settled,
  ],
};

const checks: readonly CheckText[] = [
  {
    checkId: 'user-access-key-not-rotated',
    title: 'IAM user has an active access key older than the allowed age',
    what: 'Compares the age of every active access key with `maxAgeDays`.',
    risk: 'A leaked long-term key stays usable until somebody notices.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html'],
    options: { maxAgeDays: 90 },
  },
  {
    checkId: 'root-user-without-mfa',
    title: 'Root user has no MFA device',
    what: 'Looks for an MFA device of the root user.',
    risk: 'The root user can do everything and no policy limits it.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html',
      'javascript:alert(document.domain)',
    ],
    options: {},
  },
];

/** What the program knows of some of the example's checks and methods. */
export const exampleTexts: ReportTexts = {
  checks,
  methods: new Map([['iam-001', 'Write a new default version of a policy of its own']]),
};

const longName = `${'n'.repeat(40)}-${'m'.repeat(23)}`;
const longPath = 'department-of-something/'.repeat(21);
const longUser = iam(`user/${longPath}${longName}`);
const longPolicy = 'P'.repeat(128);

/** Names as long as AWS allows them: of the account, a user with its path, its policy, and fifty tags. */
export const reportOfLongNames: AuditReport = {
  ...exampleReport,
  accounts: exampleReport.accounts.map((account) => ({ ...account, alias: 'z'.repeat(63) })),
  principals: [principal(`user/${longPath}${longName}`, { administrator: 'yes', escalates: 'no' })],
  findings: [
    findingOf({
      severity: 'critical',
      subject: { arn: longUser, type: 'User', id: 'AIDALONG', part: longPolicy },
      summary: `User ${longName} has the policy ${longPolicy}.`,
      evidence: {
        policies: [iam(`policy/${longPath}${longPolicy}`)],
        tags: Object.fromEntries(
          Array.from({ length: 50 }, (_, index) => [`${index}${'k'.repeat(126)}`, 'v'.repeat(256)]),
        ),
      },
      escalation: {
        reaches: 'administrator',
        proof: 'derived',
        steps: [
          {
            method: 'iam-007',
            from: longUser,
            to: longUser,
            requests: [
              {
                action: 'iam:PutUserPolicy',
                resource: longUser,
                grantedBy: [{ policy: `${longUser}#inline/${longPolicy}`, statement: 11 }],
              },
            ],
          },
        ],
      },
    }),
  ],
};

/** The example with so many more findings, of all severities and categories in turn. */
export const reportOfFindings = (count: number): AuditReport => ({
  ...exampleReport,
  findings: Array.from({ length: count }, (_, index) =>
    findingOf({
      severity: (['critical', 'high', 'medium', 'low', 'info'] as const)[index % 5] ?? 'info',
      category: (['credentials', 'unused', 'external', 'policy', 'account'] as const)[index % 5] ?? 'account',
      subject: { arn: iam(`user/person-${index}`), type: 'User', id: `AIDA${index}`, part: `AKIA${index}` },
      evidence: {
        ageDays: 100 + index,
        accessKeyId: `AKIA${index}`,
        lastUsed: { date: '2025-11-03T09:00:00Z', service: 's3', region: 'eu-central-1' },
        groups: ['developers', 'billing-readers', `team-${index % 40}`],
      },
      firstSeen: addDays(NIGHT, -(index % 365)),
    }),
  ),
});
