import type { Finding } from '../finding/audit-report.ts';
import { type FindingDifference, findingDifference } from '../finding/finding-difference.ts';
import { compareFindings } from '../finding/finding-order.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { HistoryStore, RecordedRun } from '../ports/history-store.ts';
import { findingMembers } from '../report/findings-json.ts';
import type { ExitCode } from './exit-codes.ts';
import { namedRun, readHistory } from './read-history.ts';
import type { RememberedOptions } from './remembered-options.ts';
import { printable, type Terminal } from './terminal.ts';

/** The audits to compare, by what names them; null: the latest. */
export interface DiffArguments {
  readonly before: string;
  readonly after: string | null;
}

const KINDS = ['appeared', 'worsened', 'milder', 'gone'] as const satisfies readonly (keyof FindingDifference)[];

/** Tells what is different between two remembered audits, of the accounts that both have. */
export const runDiffCommand = (
  named: DiffArguments,
  options: RememberedOptions,
  terminal: Terminal,
): Promise<ExitCode> =>
  readHistory(options, terminal, async (history) => {
    const runs = await runsToCompare(history, named);
    if (!runs.ok) return runs;
    const { before, after } = runs.value;
    const accounts = accountsOf(before).filter((id) => accountsOf(after).includes(id));
    if (accounts.length === 0) return err(`audits \`${before.id}\` and \`${after.id}\` have no account in common`);
    const ofBoth = async (run: RecordedRun): Promise<readonly Finding[]> =>
      (await history.findings(run.id)).filter(({ accountId }) => accounts.includes(accountId)).sort(compareFindings);
    const difference = findingDifference(await ofBoth(before), await ofBoth(after));
    if (options.json) return ok([differenceJson({ before, after, accounts }, difference)]);
    const lines = KINDS.flatMap((kind) => difference[kind].map((finding) => differenceLine(kind, finding)));
    return ok([
      `From ${before.id} to ${after.id}: ${KINDS.map((kind) => `${difference[kind].length} ${kind}`).join(', ')}`,
      ...lines,
    ]);
  });

const runsToCompare = async (
  history: HistoryStore,
  { before, after }: DiffArguments,
): Promise<Result<{ readonly before: RecordedRun; readonly after: RecordedRun }, string>> => {
  const runs = await history.runs();
  const earlier = namedRun(runs, before);
  if (!earlier.ok) return earlier;
  const later = namedRun(runs, after ?? runs[0]?.id ?? '');
  return later.ok ? ok({ before: earlier.value, after: later.value }) : later;
};

const accountsOf = ({ accounts }: RecordedRun): readonly string[] => accounts.map(({ accountId }) => accountId);

const differenceJson = (
  {
    before,
    after,
    accounts,
  }: { readonly before: RecordedRun; readonly after: RecordedRun; readonly accounts: readonly string[] },
  difference: FindingDifference,
): string =>
  JSON.stringify(
    {
      from: before.id,
      to: after.id,
      accounts,
      ...Object.fromEntries(KINDS.map((kind) => [kind, difference[kind].map(findingMembers)])),
    },
    null,
    2,
  );

const differenceLine = (kind: string, { severity, summary }: Finding): string =>
  `${kind.padEnd(8)}  ${severity.padEnd(8)}  ${printable(summary)}`;
