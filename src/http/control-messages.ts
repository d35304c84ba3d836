import { z } from 'zod';
import { instantText } from '../daemon/instant-text.ts';
import type { RunResult } from '../daemon/run-result.ts';
import { FINDING_STATES, type FindingState } from '../finding/audit-report.ts';
import { countedIn } from '../finding/finding-counts.ts';

const finished = z.object({ startedAt: instantText, finishedAt: instantText });

/** How a daemon fares, as it answers. */
export const statusMessage = z.object({
  version: z.string(),
  processId: z.number(),
  startedAt: instantText,
  groups: z.array(
    z.object({
      name: z.string(),
      cron: z.string(),
      timeZone: z.string(),
      nextRun: instantText.nullable(),
      activity: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('idle') }),
        z.object({ kind: z.literal('queued') }),
        z.object({ kind: z.literal('running'), since: instantText, phase: z.string() }),
      ]),
      lastSuccess: finished.extend({ auditId: z.string() }).nullable(),
      lastFailure: finished.extend({ reason: z.string() }).nullable(),
      overdueSince: instantText.nullable(),
    }),
  ),
});

/** What a daemon says of a run while it goes on: a line each. */
export const runMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('phase'), name: z.string(), total: z.number().optional() }),
  z.object({ kind: z.literal('step') }),
  z.object({
    kind: z.literal('done'),
    auditId: z.string(),
    accounts: z.number(),
    findings: z.number(),
    fresh: z.number(),
    files: z.array(z.string()),
    alerted: z.boolean(),
  }),
  z.object({
    kind: z.literal('failed'),
    messages: z.array(z.string()),
    cause: z.enum(['usage', 'no-audit', 'broken', 'deadline']),
  }),
  z.object({ kind: z.literal('abandoned') }),
]);

/** What a daemon says of a run. */
export type RunMessage = z.infer<typeof runMessage>;

/** How a run ended, as it is told. */
export type RunEnd = Extract<RunMessage, { kind: 'done' | 'failed' | 'abandoned' }>;

const FRESH = ['new', 'reopened', 'worsened'] as const;
const PRESENT = FINDING_STATES.filter((state) => state !== 'resolved' && state !== 'suppressed');

/** How a run ended, in numbers. */
export const toRunEnd = (result: RunResult): RunEnd => {
  if (result.kind === 'abandoned') return result;
  if (result.kind === 'failed') return { ...result, messages: [...result.messages] };
  const { auditId, accounts, files, alerted } = result;
  const counted = (states: readonly FindingState[]): number =>
    accounts.reduce((sum, { findings }) => sum + countedIn(findings, states), 0);
  return {
    kind: 'done',
    auditId,
    accounts: accounts.length,
    findings: counted(PRESENT),
    fresh: counted(FRESH),
    files: [...files],
    alerted,
  };
};
