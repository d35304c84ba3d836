import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Finding } from '../../finding/audit-report.ts';
import { exampleAssets } from '../testing/example-assets.ts';
import { exampleReport, findingOf } from '../testing/example-report.ts';
import { findingsOcsf } from './ocsf.ts';

const eventOf = (differing: Partial<Finding>) => {
  const report = { ...exampleReport, findings: [findingOf(differing)] };
  const [event] = z.array(z.record(z.string(), z.unknown())).parse(JSON.parse(findingsOcsf(report, exampleAssets)));
  return event;
};

const role: Finding['subject'] = {
  arn: 'arn:aws:iam::123456789012:role/build',
  type: 'Role',
  id: 'AROABUILD',
  part: null,
};

describe('findings.ocsf.json', () => {
  it('tells a path of escalation as a detection, which alerts while it is news', () => {
    const escalation = { reaches: 'administrator', proof: 'proven', steps: [] } as const;
    const told = { category: 'escalation', escalation } as const;
    expect(eventOf({ ...told, state: 'new' })).toMatchObject({ class_uid: 2004, type_uid: 200_401, is_alert: true });
    expect(eventOf({ ...told, state: 'open' })).toMatchObject({ class_uid: 2004, type_uid: 200_402, is_alert: false });
  });

  it('tells access from outside as an analysis of who can reach what', () => {
    const arn = 'arn:aws:iam::123456789012:role/partner';
    const external = {
      principal: '567890123456',
      kind: 'account',
      resource: arn,
      actions: ['sts:AssumeRole'],
    } as const;
    expect(eventOf({ category: 'external', external, subject: { ...role, arn } })).toMatchObject({
      class_uid: 2008,
      user: { uid: arn, type_id: 99 },
      access_analysis_result: {
        access_type: 'Cross-Account',
        accessors: [{ uid: '567890123456' }],
        granted_privileges: ['sts:AssumeRole'],
      },
    });
  });

  it('tells unused access as an analysis of permissions, or of when a principal and its keys were used', () => {
    const category = 'unused';
    expect(
      eventOf({ category, subject: role, evidence: { unused: [{ service: 'kms' }], unusedCount: 5 } }),
    ).toMatchObject({ class_uid: 2008, permission_analysis_results: [{ unused_services_count: 5 }] });
    expect(eventOf({ category, subject: role, evidence: { unused: [{ action: 'a:B' }] } })).toMatchObject({
      permission_analysis_results: [{ unused_privileges_count: 1 }],
    });
    expect(
      eventOf({ category, subject: role, evidence: { lastUsed: '2025-01-02T00:00:00Z', ageDays: 1 } }),
    ).toMatchObject({
      identity_activity_metrics: {
        last_seen_time: Date.UTC(2025, 0, 2),
        // A day before the night of the example.
        first_seen_time: Date.UTC(2026, 2, 1, 2, 30),
      },
    });
    const key = { ...role, type: 'User', part: 'AKIA1' } as const;
    expect(
      eventOf({ category, subject: key, evidence: { lastUsed: '2025-01-02T00:00:00Z', ageDays: 1 } }),
    ).toMatchObject({
      identity_activity_metrics: {
        programmatic_credentials: [{ uid: 'AKIA1', last_used_time: Date.UTC(2025, 0, 2) }],
      },
    });
  });

  it('tells a policy by name and ARN, with the actions it grants', () => {
    const policies = ['arn:aws:iam::aws:policy/IAMFullAccess', 'deploy'];
    expect(
      eventOf({ category: 'policy', subject: role, evidence: { policies, actions: ['iam:PassRole'] } }),
    ).toMatchObject({
      class_uid: 2008,
      permission_analysis_results: [
        { policy: { name: 'IAMFullAccess', uid: policies[0] }, granted_privileges: ['iam:PassRole'] },
        { policy: { name: 'deploy' }, granted_privileges: ['iam:PassRole'] },
      ],
    });
  });

  it('tells all else, and whatever could not be judged, as compliance with controls', () => {
    expect(eventOf({ frameworks: ['cis-aws-7.0:1.5'] })).toMatchObject({
      class_uid: 2003,
      compliance: { standards: ['cis-aws-7.0'], control: 'cis-aws-7.0:1.5 The root user has MFA', status: 'Fail' },
    });
    expect(eventOf({ outcome: 'unknown', category: 'escalation' })).toMatchObject({
      class_uid: 2003,
      compliance: { standards: ['vigil'], status: 'Warning' },
    });
    expect(eventOf({ state: 'resolved' })).toMatchObject({
      activity_name: 'Close',
      status: 'Resolved',
      compliance: { status: 'Pass' },
    });
  });

  it('survives evidence of every shape', () => {
    for (const evidence of [
      { unused: 'all', actions: [1, null] },
      { credentials: [[], { id: 7 }], lastUsed: 'never' },
    ]) {
      for (const category of ['unused', 'policy'] as const) {
        expect([2003, 2008]).toContain(eventOf({ category, subject: role, evidence })?.['class_uid']);
      }
    }
  });
});
