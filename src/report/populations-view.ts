import type { AuditReport } from '../finding/audit-report.ts';
import type { Population } from '../finding/population.ts';
import { visibleText } from './visible-text.ts';
import { instantsInWords, numberInWords } from './words.ts';

/** Whether the audit read as many of everything as IAM itself counts. */
export interface PopulationsView {
  readonly sentence: string;
  /** What the two differ in, a sentence or two each. */
  readonly differences: readonly string[];
}

const DIFFERENCES_SHOWN = 20;

/** What was read beside the account summary; null: there is nothing to compare. */
export const populationsView = ({ populations = [], accounts }: AuditReport): PopulationsView | null => {
  const compared = populations.filter(({ verdict }) => verdict !== 'unknown');
  if (compared.length === 0) return null;
  const differing = compared.filter(({ verdict }) => verdict !== 'equal');
  const unknown = populations.length - compared.length;
  const sentences = [
    differing.length === 0
      ? 'The audit read as many users, groups, roles, policies and other things as IAM’s account summary counts.'
      : `The audit read as many of most things as IAM’s account summary counts, and ${numberInWords(differing.length)} of ${numberInWords(compared.length)} numbers differ.`,
    ...(unknown > 0 ? [`${numberInWords(unknown)} more could not be compared.`] : []),
    'The table populations.csv has all.',
  ];
  return {
    sentence: sentences.join(' '),
    differences: differing.slice(0, DIFFERENCES_SHOWN).map((one) => differenceInWords(one, accounts.length > 1)),
  };
};

const differenceInWords = (
  { accountId, what, inSummary, inList, explanation }: Population,
  severalAccounts: boolean,
): string => {
  const whose = severalAccounts ? ` of ${visibleText(accountId)}` : '';
  const counts = `${numberInWords(inSummary.count ?? 0)} by the summary, ${numberInWords(inList.count ?? 0)} read`;
  return `${what}${whose}: ${counts}. ${instantsInWords(visibleText(explanation))}`;
};
