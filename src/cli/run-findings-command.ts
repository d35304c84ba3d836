import { FINDING_STATES, type Finding, type FindingState } from '../finding/audit-report.ts';
import { compareFindings } from '../finding/finding-order.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { HistoryStore, RecordedRun } from '../ports/history-store.ts';
import { findingMembers } from '../report/findings-json.ts';
import type { ExitCode } from './exit-codes.ts';
import { namedRun, readHistory } from './read-history.ts';
import type { FindingsOptions } from './remembered-options.ts';
import { printable, type Terminal } from './terminal.ts';

const DEFAULT_STATES: readonly FindingState[] = ['new', 'worsened', 'reopened', 'open', 'not-evaluated'];

/** Lists remembered findings, what is new first and the worst first within. */
export const runFindingsCommand = (options: FindingsOptions, terminal: Terminal): Promise<ExitCode> =>
  readHistory(options, terminal, async (history) => {
    const found = await findingsAsked(history, options.run ?? null);
    if (!found.ok) return found;
    const states = new Set(options.state ?? DEFAULT_STATES);
    const findings = found.value
      .filter(({ state }) => states.has(state))
      .sort((left, right) => rank(left) - rank(right) || compareFindings(left, right));
    if (options.json) return ok([JSON.stringify({ findings: findings.map(findingMembers) }, null, 2)]);
    return ok(findings.length === 0 ? ['Nothing found.'] : findings.map(findingLine));
  });

/** The findings of the audit named; null: of the latest audit of each account. */
const findingsAsked = async (history: HistoryStore, name: string | null): Promise<Result<Finding[], string>> => {
  const runs = await history.runs();
  if (name !== null) {
    const run = await namedRun(history, runs, name);
    return run.ok ? ok([...(await history.findings(run.value.id))]) : run;
  }
  const findings: Finding[] = [];
  for (const [accountId, { id }] of latestRuns(runs)) {
    findings.push(...(await history.findings(id)).filter((finding) => finding.accountId === accountId));
  }
  return ok(findings);
};

const latestRuns = (runs: readonly RecordedRun[]): ReadonlyMap<string, RecordedRun> =>
  new Map([...runs].reverse().flatMap((run) => run.accounts.map(({ accountId }) => [accountId, run] as const)));

const rank = ({ state }: Finding): number => FINDING_STATES.indexOf(state);

const findingLine = ({ state, severity, outcome, firstSeen, summary }: Finding): string =>
  `${state.padEnd(13)}  ${(outcome === 'fail' ? severity : 'unknown').padEnd(8)}  since ${firstSeen.slice(0, 10)}  ${printable(summary)}`;
