import type { AccountChanges } from '../analyze/account-changes.ts';
import { compareRemembered } from '../audit/compare-accounts.ts';
import type { AccountChange } from '../finding/account-change.ts';
import type { Finding } from '../finding/audit-report.ts';
import { type FindingDifference, findingDifference } from '../finding/finding-difference.ts';
import { compareFindings } from '../finding/finding-order.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { HistoryStore, RecordedRun } from '../ports/history-store.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import { changeMembers } from '../report/change-members.ts';
import { changeInWords } from '../report/change-words.ts';
import { findingMembers } from '../report/findings-json.ts';
import { groupChanges } from '../report/grouped-changes.ts';
import { counted } from '../report/words.ts';
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
    const changed = await changesOf(history, { before, after, accounts });
    if (options.json) return ok([differenceJson({ before, after, accounts }, difference, changed)]);
    const counts = KINDS.map((kind) => `${difference[kind].length} ${kind}`).join(', ');
    return ok([
      `From ${before.id} to ${after.id}: ${counts}; ${counted(changed.changes.length, 'change')} of the account`,
      ...KINDS.flatMap((kind) => difference[kind].map((finding) => differenceLine(kind, finding))),
      ...groupChanges(changed.changes).map(({ first, changes }) => changeLine(first, changes.length - 1)),
      ...changed.notCompared.map(({ part, detail }) => `unknown   ${printable(`${part}: ${detail}`)}`),
    ]);
  });

const runsToCompare = async (
  history: HistoryStore,
  { before, after }: DiffArguments,
): Promise<Result<{ readonly before: RecordedRun; readonly after: RecordedRun }, string>> => {
  const runs = await history.runs();
  const earlier = await namedRun(history, runs, before);
  if (!earlier.ok) return earlier;
  const later = await namedRun(history, runs, after ?? runs[0]?.id ?? '');
  return later.ok ? ok({ before: earlier.value, after: later.value }) : later;
};

const accountsOf = ({ accounts }: RecordedRun): readonly string[] => accounts.map(({ accountId }) => accountId);

interface ComparedRuns {
  readonly before: RecordedRun;
  readonly after: RecordedRun;
  /** Those that both have. */
  readonly accounts: readonly string[];
}

/** What changed of the accounts besides findings. */
const changesOf = async (history: HistoryStore, { before, after, accounts }: ComparedRuns): Promise<AccountChanges> => {
  const reference = await loadServiceReference();
  const found: AccountChanges[] = [];
  for (const accountId of accounts) {
    const files = await history.snapshot(before.id, accountId);
    const changes = compareRemembered(files, await history.snapshot(after.id, accountId), reference);
    found.push(
      changes.ok
        ? changes.value
        : { changes: [], notCompared: [{ part: `account ${accountId}`, detail: changes.error }] },
    );
  }
  return {
    changes: found.flatMap(({ changes }) => changes),
    notCompared: found.flatMap(({ notCompared }) => notCompared),
  };
};

const differenceJson = (
  { before, after, accounts }: ComparedRuns,
  difference: FindingDifference,
  { changes, notCompared }: AccountChanges,
): string =>
  JSON.stringify(
    {
      from: before.id,
      to: after.id,
      accounts,
      ...Object.fromEntries(KINDS.map((kind) => [kind, difference[kind].map(findingMembers)])),
      changes: changes.map(changeMembers),
      notCompared,
    },
    null,
    2,
  );

const changeLine = (change: AccountChange, more: number): string =>
  `changed   ${printable(changeInWords(change, more).replaceAll('`', ''))}`;

const differenceLine = (kind: string, { severity, summary }: Finding): string =>
  `${kind.padEnd(8)}  ${severity.padEnd(8)}  ${printable(summary)}`;
