import { z } from 'zod';
import type { AuditReport, Finding } from '../finding/audit-report.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** The file of a pack that holds what only that night knew: what it was compared with, and what AWS told of who did what. */
export const RECORDED_FILE = 'recorded.json';

/** What a report says that does not follow from the accounts as collected. */
export type Recorded = Pick<AuditReport, 'findings' | 'expected' | 'changes' | 'comparisons'>;

/** The text of `recorded.json`. */
export const printRecorded = ({ findings, expected, changes, comparisons }: AuditReport): string =>
  `${JSON.stringify({ expected, changes, comparisons, findings })}\n`;

const listOf = <T>(member: z.ZodType): z.ZodType<readonly T[]> =>
  z.custom<readonly T[]>((value) => z.array(member).safeParse(value).success, 'is not a list of such things');

const object = z.record(z.string(), z.unknown());

// Written by us and vouched for by its hash, the members are held for what the report makes of them.
const recordedSchema = z.object({
  findings: listOf<Finding>(z.looseObject({ key: z.string(), state: z.string(), firstSeen: z.string() })),
  expected: listOf<NonNullable<AuditReport['expected']>[number]>(object).optional(),
  changes: listOf<NonNullable<AuditReport['changes']>[number]>(object).optional(),
  comparisons: listOf<NonNullable<AuditReport['comparisons']>[number]>(object).optional(),
});

/** Reads `recorded.json`. */
export const parseRecorded = (text: string): Result<Recorded, string> => {
  try {
    const { findings, expected, changes, comparisons } = recordedSchema.parse(JSON.parse(text));
    return ok({
      findings,
      ...(expected && { expected }),
      ...(changes && { changes }),
      ...(comparisons && { comparisons }),
    });
  } catch {
    return err(`${RECORDED_FILE}: is not what Vigil writes`);
  }
};

/**
 * A report made again from the accounts as collected, with what only that night knew: the states and times of findings, who was
 * behind them, and the findings of nights before that it still told.
 */
export const asRecorded = (made: AuditReport, run: AuditReport['run'], recorded: Recorded): AuditReport => {
  const { expected: _, ...rest } = made;
  const fresh = new Map(made.findings.map((finding) => [finding.key, finding]));
  return {
    ...rest,
    run,
    findings: recorded.findings.map((told) => {
      const found = fresh.get(told.key);
      if (found === undefined || told.state === 'resolved' || told.state === 'not-evaluated') return told;
      const { state, firstSeen, lastSeen, by } = told;
      return { ...found, state, firstSeen, lastSeen, ...(by && { by }) };
    }),
    ...(recorded.expected && { expected: recorded.expected }),
    ...(recorded.changes && { changes: recorded.changes }),
    ...(recorded.comparisons && { comparisons: recorded.comparisons }),
  };
};
