import type { ServiceLastAccessed } from '../../../src/snapshot/last-accessed.ts';
import { arn, at } from '../../../src/snapshot/testing/collected-builder.ts';
import { accessKey } from '../../../src/snapshot/testing/credential-builder.ts';
import { allow, trusts } from '../../../src/snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../../../src/snapshot/testing/snapshot-builder.ts';
import { each, type LabelledAccount } from '../labelled-account.ts';

const NOW = '2026-01-01T00:00:00Z';
const YESTERDAY = '2025-12-31T00:00:00Z';
const LONG_AGO = '2025-06-01T00:00:00Z';

/** When a service was last used, and its actions where IAM tells of them; null: never. */
type Uses = Readonly<Record<string, string | null | Readonly<Record<string, string | null>>>>;

const time = (text: string | null) => (text === null ? null : at(text));

const used = (name: string, uses: Uses): readonly [string, readonly ServiceLastAccessed[]] => [
  `arn:aws:iam::123456789012:${name}`,
  Object.entries(uses).map(([service, use]) =>
    typeof use === 'object' && use !== null
      ? {
          service,
          lastAuthenticated: at(YESTERDAY),
          actions: Object.entries(use).map(([action, last]) => ({ action, lastAccessed: time(last) })),
        }
      : { service, lastAuthenticated: time(use), actions: [] },
  ),
];

const queue = 'arn:aws:sqs:eu-central-1:123456789012:orders';
const objects = 'arn:aws:s3:::meridian-orders/*';
const onlyQueue = managedPolicy('only-queue', allow('sqs:*'), { attachmentCount: 0, permissionsBoundaryUsageCount: 1 });
const lately = managedPolicy('lately', allow('sns:Publish', 'arn:aws:sns:eu-central-1:123456789012:news'), {
  createDate: '2025-12-01T00:00:00Z',
});
const forgotten = managedPolicy('forgotten', allow('sqs:ReceiveMessage', queue), { attachmentCount: 0 });
const draft = managedPolicy('draft', allow('sqs:DeleteMessage', queue), {
  attachmentCount: 0,
  createDate: '2025-12-20T00:00:00Z',
});
const oft = managedPolicy('oft-changed', allow('sqs:SendMessage', queue), {
  olderVersions: ['1', '2', '3', '4'].map((day) => allow('sqs:GetQueueUrl', `${queue}-${day}`)),
});
const support = managedPolicy('AWSSupportAccess', allow('support:*'), { awsManaged: true });
const audit = managedPolicy('SecurityAudit', allow('iam:GetAccountSummary'), { awsManaged: true });

const service = trusts({ Service: 'ec2.amazonaws.com' });
const both = { work: allow(['s3:GetObject'], objects), queue: allow(['sqs:SendMessage'], queue) };

const provider = (text: string) => ({
  arn: arn(`arn:aws:iam::123456789012:${text}`),
  kind: text.startsWith('saml') ? ('saml' as const) : ('oidc' as const),
  createDate: at('2024-01-01T00:00:00Z'),
  validUntil: null,
  url: text.startsWith('saml') ? null : 'ci.example.com',
  clientIds: [],
});

/** What was granted once and is not used. */
export const unusedAccount: LabelledAccount = {
  name: 'an account with more granted than used',
  now: NOW,
  snapshot: snapshot({
    managedPolicies: [onlyQueue, lately, forgotten, draft, oft, support, audit],
    groups: [group('senders', { attachedManagedPolicies: [oft] })],
    users: [
      user('exporter', {
        groups: ['senders'],
        accessKeys: [accessKey({ accessKeyId: 'AKIAEXPORT', createDate: '2025-11-01T00:00:00Z', lastUsed: YESTERDAY })],
      }),
    ],
    roles: [
      role('support', { attachedManagedPolicies: [support], trustPolicy: service }),
      role('auditor', { attachedManagedPolicies: [audit], trustPolicy: service }),
      role('one-of-two', { inlinePolicies: both }),
      role('long-ago', { inlinePolicies: both }),
      role('all-used', { inlinePolicies: both }),
      role('young', { inlinePolicies: both, createDate: '2025-11-01T00:00:00Z' }),
      role('bounded', {
        inlinePolicies: { work: both.queue, more: allow('s3:GetObject', objects) },
        permissionsBoundary: onlyQueue,
      }),
      role('granted-lately', { inlinePolicies: { work: both.work }, attachedManagedPolicies: [lately] }),
      role('passes', {
        inlinePolicies: { work: both.work, pass: allow('iam:PassRole', 'arn:aws:iam::123456789012:role/all-used') },
      }),
      role('untold', { inlinePolicies: { work: both.work, more: allow('sqs:SendMessage', queue) } }),
      role('seen-nowhere', { inlinePolicies: both }),
      role('some-actions', { inlinePolicies: { work: allow(['sqs:ListQueueTags', 'sqs:SetQueueAttributes'], queue) } }),
      role('AWSServiceRoleForX', { inlinePolicies: both, path: '/aws-service-role/x.amazonaws.com/' }),
    ],
    identityProviders: [provider('oidc-provider/ci.example.com'), provider('saml-provider/AWSSSO_1a2b_DO_NOT_DELETE')],
    instanceProfiles: [
      {
        arn: arn('arn:aws:iam::123456789012:instance-profile/emptied'),
        name: 'emptied',
        id: 'AIPAEMPTIED',
        createDate: at('2024-01-01T00:00:00Z'),
        roles: [],
      },
    ],
    lastAccessed: new Map([
      used('user/exporter', { sqs: YESTERDAY }),
      used('role/support', { support: YESTERDAY }),
      used('role/auditor', { iam: YESTERDAY }),
      used('role/one-of-two', { s3: YESTERDAY, sqs: null }),
      used('role/long-ago', { s3: YESTERDAY, sqs: LONG_AGO }),
      used('role/all-used', { s3: YESTERDAY, sqs: YESTERDAY }),
      used('role/young', { s3: YESTERDAY, sqs: null }),
      used('role/bounded', { sqs: YESTERDAY, s3: null }),
      used('role/granted-lately', { s3: YESTERDAY, sns: null }),
      used('role/passes', { s3: YESTERDAY, iam: null }),
      used('role/untold', { s3: YESTERDAY }),
      used('role/seen-nowhere', { s3: null, sqs: null }),
      used('role/some-actions', { sqs: { ListQueueTags: YESTERDAY, SetQueueAttributes: null } }),
    ]),
  }),
  findings: {
    'principal-has-unused-services': {
      'role/one-of-two': 'uses S3, and never SQS',
      'role/long-ago': 'uses S3, and SQS seven months ago',
    },
    'principal-has-unused-actions': { 'role/some-actions': 'lists tags, and never sets attributes' },
    'managed-policy-unattached': { 'policy/forgotten': 'years old, and nobody holds it' },
    'role-has-inline-policy': each(
      'its policies stand inline',
      ...['role/all-used', 'role/bounded', 'role/granted-lately', 'role/long-ago', 'role/one-of-two', 'role/passes'],
      ...['role/seen-nowhere', 'role/some-actions', 'role/untold', 'role/young'],
    ),
    'managed-policy-has-many-versions': { 'policy/oft-changed': 'five versions: the next change fails' },
    'instance-profile-without-role': { 'instance-profile/emptied': 'two years old, and without a role' },
    'identity-provider-unused': { 'oidc-provider/ci.example.com': 'no role trusts it' },
  },
  traps: {
    'role/young': 'made two months ago: nobody knows yet what it needs once a quarter',
    'role/bounded': 'its boundary closes S3, so that there is nothing to take away',
    'role/granted-lately': 'SNS was granted a month ago',
    'role/passes': 'IAM never tells of the use of PassRole',
    'role/untold': 'of SQS IAM told nothing',
    'role/seen-nowhere': 'used yesterday, for something that IAM does not tell of',
    'role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX': 'AWS keeps it',
    'policy/only-queue': 'attached to nobody, and the boundary of a role',
    'policy/draft': 'twelve days old',
  },
};
