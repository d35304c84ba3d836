import type { ControlResult, ControlStatus } from '../finding/control-result.ts';
import type { ComplianceFramework, Control } from './compliance-framework.ts';
import type { CheckRun } from './run-checks.ts';

/** What the checks of one account said, and which of them ran. */
interface EvaluatedChecks extends CheckRun {
  readonly accountId: string;
  /** Ids of the checks that were to run; those that broke stand in `diagnostics`. */
  readonly ran: ReadonlySet<string>;
}

/**
 * How an account stands to each control, in the order of the frameworks. A check that had nothing to judge counts as
 * passed: an account without users has no user without MFA.
 */
export const evaluateControls = (
  frameworks: readonly ComplianceFramework[],
  { accountId, results, diagnostics, ran }: EvaluatedChecks,
): readonly ControlResult[] => {
  const counts = countByCheck(results);
  const broken = new Set(diagnostics.map(({ checkId }) => checkId));
  return frameworks.flatMap((framework) =>
    framework.controls.map((control) => {
      const { id, title, assessment, checks } = control;
      const evaluated = checks.filter((check) => ran.has(check));
      const sum = (outcome: keyof Counts): number =>
        evaluated.reduce((total, check) => total + (counts.get(check)?.[outcome] ?? 0), 0);
      const total = {
        failed: sum('fail'),
        passed: sum('pass'),
        unknown: sum('unknown') + evaluated.filter((check) => broken.has(check)).length,
      };
      const status = statusOf(control, evaluated.length, total);
      return { accountId, framework: framework.id, control: id, title, assessment, status, ...total, checks };
    }),
  );
};

interface Counts {
  fail: number;
  pass: number;
  unknown: number;
}

const countByCheck = (results: CheckRun['results']): ReadonlyMap<string, Readonly<Counts>> => {
  const counts = new Map<string, Counts>();
  for (const { check, result } of results) {
    const count = counts.get(check.id) ?? { fail: 0, pass: 0, unknown: 0 };
    count[result.outcome] += 1;
    counts.set(check.id, count);
  }
  return counts;
};

// Checks can show that a control fails. That one passes which people have to assess, they cannot.
const statusOf = (
  { assessment, checks }: Control,
  evaluated: number,
  { failed, unknown }: { readonly failed: number; readonly unknown: number },
): ControlStatus => {
  if (failed > 0) return 'fail';
  if (unknown > 0) return 'unknown';
  if (assessment === 'manual') return 'manual';
  // With a check disabled, what is left does not speak for the whole control.
  return checks.length === 0 || evaluated < checks.length ? 'not-evaluated' : 'pass';
};
