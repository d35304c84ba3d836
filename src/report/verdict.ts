import type { AuditReport } from '../finding/audit-report.ts';
import { SEVERITIES } from '../finding/check-result.ts';
import type { FindingGroups } from './finding-groups.ts';
import { counted, listedInWords, numberInWords } from './words.ts';

/** What a report comes to, in two or three sentences: how bad it is, what is new, and what could not be seen. */
export const verdictOf = (report: AuditReport, groups: FindingGroups): string =>
  [problemsSentence(groups), newsSentence(report), doubtSentence(report, groups)]
    .filter((sentence) => sentence !== null)
    .join(' ');

const problemsSentence = ({ problems, unjudged }: FindingGroups): string => {
  if (problems.length === 0) {
    return unjudged.length > 0 ? 'No problem was found in what could be judged.' : 'No check found a problem.';
  }
  const counts = SEVERITIES.flatMap((severity) => {
    const count = problems.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${numberInWords(count)} ${severity}`];
  });
  return `There ${problems.length === 1 ? 'is' : 'are'} ${counted(problems.length, 'problem')}: ${listedInWords(counts, SEVERITIES.length)}.`;
};

const newsSentence = ({ run, findings }: AuditReport): string | null => {
  if (run.baselineRunId === null) return 'There is no audit before it to compare with.';
  const count = (...states: readonly string[]): number => findings.filter(({ state }) => states.includes(state)).length;
  const news = [
    { count: count('new', 'reopened'), word: 'new' },
    { count: count('worsened'), word: 'worse' },
    { count: count('resolved'), word: 'resolved' },
  ].filter((each) => each.count > 0);
  if (news.length === 0) return 'Nothing changed since the audit before.';
  const told = listedInWords(
    news.map((each) => `${numberInWords(each.count)} ${each.word}`),
    news.length,
  );
  return `Since the audit before: ${told}.`;
};

const doubtSentence = ({ accounts, expected = [] }: AuditReport, { unjudged }: FindingGroups): string | null => {
  const missing = expected.filter(({ status }) => status === 'failed').length;
  const partly = accounts.filter(({ complete }) => !complete).length;
  if (missing > 0) return `${counted(missing, 'account')} could not be read at all.`;
  if (unjudged.length > 0 && partly > 0) {
    return `Not everything could be read: ${counted(unjudged.length, 'thing')} could not be judged.`;
  }
  return null;
};
