import { isMissing } from '../finding/expected-account.ts';
import type { OrganizationReport } from '../finding/organization-night.ts';
import type { OrganizationTotals } from './organization-totals.ts';
import { counted, listedInWords, numberInWords, timeInWords } from './words.ts';

/** What a night of all accounts comes to, in a few sentences: what could be seen, how bad it is, and what is new. */
export const organizationVerdict = (report: OrganizationReport, totals: OrganizationTotals): string =>
  [auditedSentence(report, totals), ...(totals.accounts === 0 ? [] : [problemsSentence(totals), newsSentence(totals)])]
    .filter((sentence) => sentence !== null)
    .join(' ');

const auditedSentence = ({ expected, night }: OrganizationReport, { accounts }: OrganizationTotals): string => {
  const missing = expected.filter(isMissing).length;
  const late =
    night.deadline !== null && night.deadlinePassed
      ? ` The deadline of ${timeInWords(night.deadline)} passed before all were done.`
      : '';
  if (accounts === 0) return `No account was audited; ${numberInWords(missing)} could not be.${late}`;
  if (missing > 0)
    return `${numberInWords(accounts)} of ${counted(accounts + missing, 'account')} ${accounts === 1 ? 'was' : 'were'} audited, ${numberInWords(missing)} could not be.${late}`;
  return `${accounts === 1 ? 'The one account was' : `All ${counted(accounts, 'account')} were`} audited.${late}`;
};

const problemsSentence = ({ problems, severities, accountsWithProblems, unjudged }: OrganizationTotals): string => {
  if (problems === 0) return unjudged > 0 ? 'No problem was found in what could be judged.' : 'No problem was found.';
  const counts = severities.flatMap(({ severity, count }) =>
    count === 0 ? [] : [`${numberInWords(count)} ${severity}`],
  );
  const where = `in ${counted(accountsWithProblems, 'account')}`;
  return `There ${problems === 1 ? 'is' : 'are'} ${counted(problems, 'problem')} ${where}: ${listedInWords(counts, counts.length)}.`;
};

const newsSentence = ({ accounts, compared, fresh, worse, resolved }: OrganizationTotals): string | null => {
  if (compared === 0) return accounts === 1 ? 'It was not audited before.' : 'None of them was audited before.';
  const news = [
    ...(fresh > 0 ? [`${numberInWords(fresh)} new`] : []),
    ...(worse > 0 ? [`${numberInWords(worse)} worse`] : []),
    ...(resolved > 0 ? [`${numberInWords(resolved)} resolved`] : []),
  ];
  const first = accounts - compared;
  const told = news.length === 0 ? 'nothing became better or worse' : listedInWords(news, 3);
  const others = first === 0 ? '' : `; ${counted(first, 'account was', 'accounts were')} audited for the first time`;
  return `Since the audits before: ${told}${others}.`;
};
