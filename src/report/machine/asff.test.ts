import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Finding } from '../../finding/audit-report.ts';
import { exampleAssets } from '../testing/example-assets.ts';
import { exampleReport, findingOf } from '../testing/example-report.ts';
import { findingsAsff } from './asff.ts';

const asff = z.array(
  z.looseObject({
    Id: z.string(),
    ProductArn: z.string(),
    Title: z.string(),
    Description: z.string(),
    Resources: z.array(z.object({ Id: z.string(), Type: z.string(), Region: z.string() })),
  }),
);

const told = (differing: Partial<Finding>) => {
  const report = { ...exampleReport, findings: [findingOf(differing)] };
  const [finding] = asff.parse(JSON.parse(findingsAsff(report, exampleAssets)));
  if (finding === undefined) throw new Error('no finding');
  return finding;
};

const subject = (arn: string): Finding['subject'] => ({ arn, type: 'User', id: 'AIDA', part: null });

describe('findings.asff.json', () => {
  it('cuts texts to what the API takes, and splits no character', () => {
    const { Title, Description } = told({ title: 'x'.repeat(255) + '😀'.repeat(5), summary: '😀'.repeat(600) });
    expect(Title).toBe(`${'x'.repeat(255)}…`);
    expect(Description).toBe(`${'😀'.repeat(511)}…`);
  });

  it('names a finding by its key, and by its hash where the key is too long', () => {
    expect(told({ key: 'user-without-mfa:123456789012:AIDA' }).Id).toBe('vigil/user-without-mfa:123456789012:AIDA');
    expect(told({ key: 'k'.repeat(600) }).Id).toMatch(/^vigil\/[0-9a-f]{64}$/);
  });

  it('names resources as Security Hub does', () => {
    expect(
      told({ subject: { ...subject('arn:aws:iam::123456789012:root'), type: 'Account' } }).Resources,
    ).toMatchObject([{ Type: 'AwsAccount', Id: 'AWS::::Account:123456789012', Region: 'us-east-1' }]);
    const queue = 'arn:aws:sqs:eu-central-1:123456789012:orders';
    expect(told({ subject: { ...subject(queue), type: 'Resource' } }).Resources).toMatchObject([
      { Type: 'AwsSqsQueue', Id: queue, Region: 'eu-central-1' },
    ]);
  });

  it('speaks of the partition of the account', () => {
    expect(told({ subject: subject('arn:aws-cn:iam::123456789012:user/li') }).ProductArn).toBe(
      'arn:aws-cn:securityhub:cn-north-1:123456789012:product/123456789012/default',
    );
  });

  it('ends the record of what is resolved, and sets the workflow of what was accepted', () => {
    expect(told({ state: 'resolved' })).toMatchObject({ RecordState: 'ARCHIVED', Workflow: { Status: 'RESOLVED' } });
    expect(told({ state: 'suppressed' })).toMatchObject({ RecordState: 'ACTIVE', Workflow: { Status: 'SUPPRESSED' } });
    expect(told({ state: 'reopened' })).toMatchObject({ RecordState: 'ACTIVE', Workflow: { Status: 'NEW' } });
  });
});
