import { iamArn } from '../iam/arn.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { CollectionGap } from '../snapshot/collected.ts';
import type { CheckSettings } from './check-settings.ts';
import type { CheckTools } from './check-tools.ts';
import { type Check, type RunContext, type SummarizedResult, unknownSummary } from './define-check.ts';

/** What the checks said. */
export interface CheckRun {
  /** In the order of the checks, and of the snapshot within each. */
  readonly results: readonly CheckedResult[];
  readonly diagnostics: readonly CheckDiagnostic[];
}

/** A result with the check it comes from. */
export interface CheckedResult {
  readonly check: Check;
  readonly result: SummarizedResult;
}

/** A check that broke. It reports nothing at all, since half an answer would read as all clear for the rest. */
export interface CheckDiagnostic {
  readonly checkId: string;
  readonly message: string;
}

/** Runs every check that is not disabled. A check that throws becomes a diagnostic, and the others still report. */
export const runChecks = (
  checks: readonly Check[],
  snapshot: AccountSnapshot,
  { settings, tools }: { readonly settings: CheckSettings; readonly tools: CheckTools },
): CheckRun => {
  const results: CheckedResult[] = [];
  const diagnostics: CheckDiagnostic[] = [];
  for (const check of checks) {
    if (settings.disabled.has(check.id)) continue;
    const overrides = settings.options.get(check.id) ?? {};
    try {
      for (const result of [...runCheck(check, snapshot, { tools, overrides })]) results.push({ check, result });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      diagnostics.push({ checkId: check.id, message: `check \`${check.id}\` broke: ${reason}` });
    }
  }
  return { results, diagnostics };
};

const runCheck = (check: Check, snapshot: AccountSnapshot, context: RunContext): Iterable<SummarizedResult> => {
  const missing = [...snapshot.missingParts].filter(([part]) => check.reads.includes(part));
  const gap = missing[0]?.[1];
  // A list that was not read is empty in the snapshot, and an empty list would read as "nothing wrong".
  const isRead = gap === undefined || missing.some(([part]) => snapshot[part].length > 0);
  return collapseGaps(isRead ? check.run(snapshot, context) : [], snapshot, gap);
};

/**
 * A gap that is about no entity in particular (the credential report was denied) makes every subject unknown for the
 * same reason: it is said once for the account, with the number of subjects, after all that could be judged. So is `cut`, the
 * gap that keeps a list from being whole: of whom it hides nobody knows the number.
 */
function* collapseGaps(
  results: Iterable<SummarizedResult>,
  snapshot: AccountSnapshot,
  cut: CollectionGap | undefined,
): Iterable<SummarizedResult> {
  const accountWide = new Map<string, { readonly gap: CollectionGap; readonly subjects: number }>();
  if (cut !== undefined) accountWide.set(causeOf(cut), { gap: cut, subjects: 0 });
  for (const result of results) {
    const { gap } = result;
    if (gap === undefined || gap.subject !== null) {
      yield result;
      continue;
    }
    const cause = causeOf(gap);
    accountWide.set(cause, { gap, subjects: (accountWide.get(cause)?.subjects ?? 0) + 1 });
  }
  for (const unknown of accountWide.values()) yield accountUnknown(snapshot, unknown);
}

const causeOf = ({ source, action, reason }: CollectionGap): string => `${source} ${action} ${reason}`;

const accountUnknown = (
  { partition, accountId }: AccountSnapshot,
  { gap, subjects }: { readonly gap: CollectionGap; readonly subjects: number },
): SummarizedResult => ({
  subject: { arn: iamArn(partition, accountId, 'root'), part: gap.action },
  outcome: 'unknown',
  gap,
  evidence: { subjects },
  summary: unknownSummary(gap),
});
