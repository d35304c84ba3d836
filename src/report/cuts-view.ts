import type { AuditReport } from '../finding/audit-report.ts';
import type { EscalationCut } from '../finding/escalation-cut.ts';
import { parseInstant } from '../kernel/time.ts';
import { accountLabel } from './coverage-view.ts';
import { nameOfArn } from './name-of-arn.ts';
import { type ProsePart, proseOf } from './prose.ts';
import { visibleText } from './visible-text.ts';
import { counted, dayInWords, listedInWords, numberInWords } from './words.ts';

/** The few changes that close most escalations, as the page shows them. */
export interface CutsView {
  readonly rows: readonly CutRow[];
  /** How many stand in `escalation-cuts.csv` only; null: none. */
  readonly others: string | null;
}

interface CutRow {
  /** Beside what stands in the rows above. */
  readonly sentences: readonly (readonly ProsePart[])[];
  /** Whether it takes changes of rows above too. */
  readonly withOthers: boolean;
  /** How many it closes that no row above does. */
  readonly closes: string;
  readonly names: string;
  readonly use: string;
  readonly useStatus: EscalationCut['usedAccess']['status'];
  readonly verified: string;
  readonly accountLabel: string;
}

const MOST_ROWS = 12;
const NAMES_SHOWN = 4;
const MOST_SENTENCES = 4;

const VERIFIED = {
  alone: 'Searched again with it: no path is left.',
  'with-the-others': 'Searched again with it and the other changes: no path is left.',
} as const;

/** Shows the cuts, in the order to make them; null: there is none. */
export const cutsView = ({ escalationCuts = [], accounts }: AuditReport): CutsView | null => {
  if (escalationCuts.length === 0) return null;
  const labels = new Map(accounts.map((account) => [account.accountId, accountLabel(account)]));
  const others = escalationCuts.length - MOST_ROWS;
  const made = new Set<string>();
  const closed = new Set<string>();
  return {
    rows: escalationCuts.slice(0, MOST_ROWS).map((cut) => {
      const row = rowOf(cut, made, closed, labels.get(cut.accountId) ?? visibleText(cut.accountId));
      for (const change of cut.changes) made.add(JSON.stringify(change));
      for (const arn of cut.closes) closed.add(arn);
      return row;
    }),
    others: others > 0 ? counted(others, 'more', 'more') : null,
  };
};

const rowOf = (
  { changes, sentences, closes, usedAccess, verified }: EscalationCut,
  made: ReadonlySet<string>,
  closed: ReadonlySet<string>,
  label: string,
): CutRow => {
  const fresh = sentences.filter((_, index) => !made.has(JSON.stringify(changes[index])));
  const newly = closes.filter((arn) => !closed.has(arn));
  return {
    sentences: [
      ...fresh.slice(0, MOST_SENTENCES),
      ...(fresh.length > MOST_SENTENCES ? [`And ${numberInWords(fresh.length - MOST_SENTENCES)} more.`] : []),
    ].map(proseOf),
    withOthers: fresh.length < sentences.length,
    closes: numberInWords(newly.length),
    names: listedInWords(newly.map(nameOfArn), NAMES_SHOWN),
    use: useInWords(usedAccess),
    useStatus: usedAccess.status,
    verified: VERIFIED[verified],
    accountLabel: label,
  };
};

const useInWords = ({ status, used }: EscalationCut['usedAccess']): string => {
  const [latest] = used;
  if (status === 'unused') return 'Not in use';
  if (latest === undefined) return 'Use not known';
  const day = parseInstant(latest.lastUsed);
  return `${visibleText(latest.action)} was used by ${nameOfArn(latest.principal)}${day.ok ? ` on ${dayInWords(day.value)}` : ''}`;
};
