import { expect, it } from 'vitest';
import type { GroupStatus } from '../daemon/daemon-status.ts';
import type { EndedRun } from '../daemon/perform-run.ts';
import type { FindingState } from '../finding/audit-report.ts';
import type { Severity } from '../finding/check-result.ts';
import { countFindings } from '../finding/finding-counts.ts';
import { toInstant } from '../kernel/time.ts';
import type { RouteStanding } from '../ports/alert-outbox.ts';
import { createMetrics } from './metrics.ts';

const at = (second: number) => toInstant(second * 1000);

const done = (found: readonly (readonly [Severity, FindingState])[], complete = true): EndedRun => ({
  group: 'nightly',
  trigger: 'schedule',
  startedAt: at(1000),
  finishedAt: at(1042),
  result: {
    kind: 'done',
    auditId: 'a',
    accounts: [
      {
        accountId: '111122223333',
        collectedAt: at(100),
        complete,
        gaps: complete ? 0 : 1,
        findings: countFindings(found.map(([severity, state]) => ({ severity, state }))),
      },
    ],
    alerted: complete,
    apiCalls: new Map([['iam:ListUsers', 3]]),
    throttledCalls: new Map([['iam:ListUsers', 1]]),
    files: [],
  },
});

const group = (fields: Partial<GroupStatus>): GroupStatus => ({
  name: 'nightly',
  cron: '30 2 * * *',
  timeZone: 'UTC',
  nextRun: at(5000),
  activity: { kind: 'idle' },
  lastSuccess: null,
  lastFailure: null,
  overdueSince: null,
  ...fields,
});

const route: RouteStanding = {
  route: 'security',
  delivered: 4,
  dead: 1,
  waiting: [],
  health: {
    failures: 9,
    failingSince: at(0),
    retryAt: null,
    deadSince: at(10),
    isReported: true,
    problem: 'no such host',
    lastDelivery: null,
  },
};

it('counts runs, calls, findings and gaps', async () => {
  const metrics = createMetrics('1.2.3');
  metrics.onEnd(
    done([
      ['high', 'new'],
      ['high', 'new'],
      ['low', 'suppressed'],
    ]),
  );
  metrics.onEnd(done([['high', 'open']], false));
  metrics.onEnd({ ...done([]), result: { kind: 'failed', messages: [], cause: 'no-audit' } });
  const { text } = await metrics.read({ groups: [], routes: [], destinations: [] });
  const lines = text.split('\n');
  for (const line of [
    'vigil_build_info{version="1.2.3"} 1',
    'vigil_runs_total{group="nightly",result="done"} 1',
    'vigil_runs_total{group="nightly",result="incomplete"} 1',
    'vigil_runs_total{group="nightly",result="failed"} 1',
    'vigil_run_duration_seconds_sum{group="nightly"} 126',
    'vigil_run_duration_seconds_bucket{le="60",group="nightly"} 3',
    'vigil_api_calls_total{action="iam:ListUsers"} 6',
    'vigil_api_calls_throttled_total{action="iam:ListUsers"} 2',
    'vigil_runs_not_alerted_total{group="nightly"} 1',
    'vigil_findings{account="111122223333",severity="high",state="open"} 1',
    'vigil_findings{account="111122223333",severity="high",state="new"} 0',
    'vigil_findings{account="111122223333",severity="low",state="suppressed"} 0',
    'vigil_coverage_gaps{account="111122223333"} 1',
    'vigil_account_last_audit_timestamp_seconds{account="111122223333"} 100',
  ])
    expect(lines).toContain(line);
  expect(text).toContain('process_resident_memory_bytes');
});

it('knows what an earlier daemon found', async () => {
  const metrics = createMetrics('1.2.3');
  metrics.onFindings('111122223333', { high: { open: 1 } }, at(7));
  const { text } = await metrics.read({ groups: [], routes: [], destinations: [] });
  expect(text).toContain('vigil_findings{account="111122223333",severity="high",state="open"} 1\n');
  expect(text).toContain('vigil_account_last_audit_timestamp_seconds{account="111122223333"} 7\n');
});

it('tells how groups and routes stand when it is asked, and nothing of groups that are gone', async () => {
  const metrics = createMetrics('1.2.3');
  await metrics.read({ groups: [group({ name: 'gone' })], routes: [], destinations: [] });
  const lastSuccess = { startedAt: at(1), finishedAt: at(2), auditId: 'a' };
  const destinations = [{ placeUrl: 's3://evidence/vigil/', waiting: 2, isStuck: true }];
  const { text } = await metrics.read({
    groups: [group({ lastSuccess, overdueSince: at(3) })],
    routes: [route],
    destinations,
  });
  const lines = text.split('\n');
  for (const line of [
    'vigil_last_success_timestamp_seconds{group="nightly"} 2',
    'vigil_next_run_timestamp_seconds{group="nightly"} 5000',
    'vigil_group_overdue{group="nightly"} 1',
    'vigil_group_running{group="nightly"} 0',
    'vigil_alerts{route="security",result="delivered"} 4',
    'vigil_alerts{route="security",result="dead"} 1',
    'vigil_alerts{route="security",result="waiting"} 0',
    'vigil_route_dead{route="security"} 1',
    'vigil_reports_waiting{destination="s3://evidence/vigil/"} 2',
    'vigil_destination_stuck{destination="s3://evidence/vigil/"} 1',
  ])
    expect(lines).toContain(line);
  expect(text).not.toContain('gone');
});
