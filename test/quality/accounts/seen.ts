import { withSeenUse } from '../../../src/snapshot/assemble/cloudtrail-use.ts';
import { principalKey } from '../../../src/snapshot/cloudtrail.ts';
import { at } from '../../../src/snapshot/testing/collected-builder.ts';
import { allow } from '../../../src/snapshot/testing/policy-builder.ts';
import { managedPolicy, role, snapshot } from '../../../src/snapshot/testing/snapshot-builder.ts';
import { each, type LabelledAccount } from '../labelled-account.ts';

const YESTERDAY = at('2025-12-31T00:00:00Z');
const IN_SPRING = at('2025-04-01T00:00:00Z');

const queue = 'arn:aws:sqs:eu-central-1:123456789012:orders';
const both = {
  work: allow(['s3:GetObject'], 'arn:aws:s3:::meridian-orders/*'),
  queue: allow(['sqs:SendMessage'], queue),
};
const support = managedPolicy('AWSSupportAccess', allow('support:*'), { awsManaged: true });
const audit = managedPolicy('SecurityAudit', allow('iam:GetAccountSummary'), { awsManaged: true });
const queueOnly = { queue: both.queue };

const arnOf = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;

const told = (service: string, used: boolean, actions: Readonly<Record<string, boolean>> = {}) => ({
  service,
  lastAuthenticated: used ? YESTERDAY : null,
  actions: Object.entries(actions).map(([action, isUsed]) => ({ action, lastAccessed: isUsed ? YESTERDAY : null })),
});

const seen = (name: string, service: string, action: string | null, lastUsed = YESTERDAY) =>
  [principalKey(arnOf(name)), [{ service, action, lastUsed, resources: [], moreResources: false }]] as const;

/** What CloudTrail shows to be used, beside what IAM tells. */
export const seenAccount: LabelledAccount = {
  name: 'uses that CloudTrail shows',
  now: '2026-01-01T00:00:00Z',
  snapshot: withSeenUse(
    snapshot({
      managedPolicies: [support, audit],
      roles: [
        role('support', { attachedManagedPolicies: [support] }),
        role('auditor', { attachedManagedPolicies: [audit] }),
        role('seen-sending', { inlinePolicies: both }),
        role('seen-reading', { inlinePolicies: both }),
        role('seen-somehow', { inlinePolicies: both }),
        role('seen-setting', {
          inlinePolicies: { work: allow(['sqs:ListQueueTags', 'sqs:SetQueueAttributes'], queue) },
        }),
        role('seen-lately', { inlinePolicies: queueOnly, lastUsed: null }),
        role('seen-in-spring', { inlinePolicies: queueOnly, lastUsed: null }),
      ],
      lastAccessed: new Map([
        [arnOf('support'), [told('support', true)]],
        [arnOf('auditor'), [told('iam', true)]],
        [arnOf('seen-sending'), [told('s3', true), told('sqs', false)]],
        [arnOf('seen-reading'), [told('s3', true), told('sqs', false)]],
        [arnOf('seen-somehow'), [told('s3', true), told('sqs', false)]],
        [arnOf('seen-setting'), [told('sqs', true, { ListQueueTags: true, SetQueueAttributes: false })]],
        [arnOf('seen-lately'), [told('sqs', false)]],
        [arnOf('seen-in-spring'), [told('sqs', false)]],
      ]),
      cloudTrail: {
        from: IN_SPRING,
        to: YESTERDAY,
        principals: new Map([
          seen('seen-sending', 'sqs', 'SendMessage'),
          seen('seen-reading', 's3', 'GetObject'),
          seen('seen-somehow', 'sqs', null),
          seen('seen-setting', 'sqs', 'SetQueueAttributes'),
          seen('seen-lately', 'sqs', 'SendMessage'),
          seen('seen-in-spring', 'sqs', 'SendMessage', IN_SPRING),
        ]),
      },
    }),
  ),
  findings: {
    'principal-has-unused-services': { 'role/seen-reading': 'nobody saw it use SQS, CloudTrail neither' },
    'role-unused': { 'role/seen-in-spring': 'last seen nine months ago' },
    'role-has-inline-policy': each(
      'its policies stand inline',
      ...['role/seen-in-spring', 'role/seen-lately', 'role/seen-reading', 'role/seen-sending'],
      ...['role/seen-setting', 'role/seen-somehow'],
    ),
  },
  traps: {
    'role/seen-sending': 'IAM saw no use of SQS, and CloudTrail logged one',
    'role/seen-somehow': 'CloudTrail logged a use of SQS that does not tell which action it needs',
    'role/seen-setting': 'IAM saw no use of the action, and CloudTrail logged one',
    'role/seen-lately': 'IAM knows of no use of the role, and CloudTrail logged one yesterday',
  },
};
