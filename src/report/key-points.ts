import type { AuditReport, Finding, FindingState } from '../finding/audit-report.ts';
import { accountLabel } from './coverage-view.ts';
import { filterHref } from './filter-href.ts';
import type { FindingGroups } from './finding-groups.ts';
import { nameOfArn } from './name-of-arn.ts';
import { counted, listedInWords, numberInWords } from './words.ts';

/** One sentence that matters, and where the page shows more. */
export interface KeyPoint {
  readonly headline: string;
  readonly detail: string;
  readonly href: string;
  readonly linkText: string;
  /** It speaks of what is not known. */
  readonly doubtful: boolean;
}

const NAMES_SHOWN = 4;

/** The few sentences that a report boils down to: what changed since the last audit, then the gravest first. */
export const keyPoints = (report: AuditReport, groups: FindingGroups): readonly KeyPoint[] =>
  [
    changes(report),
    escalation(report, groups),
    administrators(report),
    openToAnybody(report, groups.problems),
    openToOthers(report, groups.problems),
    credentials(report, groups.problems),
    unjudged(groups.unjudged),
  ].filter((point) => point !== null);

/** The names of ARNs; a name that several have, in several accounts, with its account. */
const named = (arns: readonly string[], { accounts }: AuditReport): string => {
  const distinct = [...new Set(arns)];
  const counts = new Map<string, number>();
  for (const name of distinct.map(nameOfArn)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const labels = new Map(accounts.map((account) => [account.accountId, accountLabel(account)]));
  const names = distinct.map((arn) => {
    const name = nameOfArn(arn);
    const label = labels.get(arn.split(':')[4] ?? '');
    return label === undefined || counts.get(name) === 1 ? name : `${name} of ${label}`;
  });
  return `${listedInWords(names, NAMES_SHOWN)}.`;
};

const escalation = (report: AuditReport, { problems, settled }: FindingGroups): KeyPoint | null => {
  const accepted = new Set(
    settled
      .filter(({ state, escalation: path }) => state === 'suppressed' && path?.reaches === 'administrator')
      .map(arnOf),
  );
  const principals = report.principals.filter(({ arn }) => !accepted.has(arn));
  const surely = principals.filter(({ escalates }) => escalates === 'yes');
  const perhaps = principals.filter(({ escalates }) => escalates === 'conditional');
  const told = surely.length > 0 ? surely : perhaps;
  if (told.length === 0) return null;
  const proven = problems.filter(({ escalation }) => escalation?.proof === 'proven').length;
  const details = [
    named(
      told.map(({ arn }) => arn),
      report,
    ),
  ];
  if (proven > 0) details.push(`${counted(proven, 'path was', 'paths were')} carried out on a copy of the account.`);
  if (told === surely && perhaps.length > 0) details.push(`${numberInWords(perhaps.length)} more under conditions.`);
  return {
    headline: `${counted(told.length, 'principal')} can become administrator${told === surely ? '' : ', under conditions'}`,
    detail: details.join(' '),
    href: filterHref({ category: 'escalation' }),
    linkText: 'Show the paths',
    doubtful: false,
  };
};

const arnOf = ({ subject }: Finding): string => subject.arn;

const administrators = (report: AuditReport): KeyPoint | null => {
  const found = report.principals.filter(({ administrator }) => administrator === 'yes');
  if (found.length === 0) return null;
  return {
    headline: `${counted(found.length, 'principal is an administrator', 'principals are administrators')}`,
    detail: named(
      found.map(({ arn }) => arn),
      report,
    ),
    href: '#principals',
    linkText: 'Show the principals',
    doubtful: false,
  };
};

const openToAnybody = (report: AuditReport, problems: readonly Finding[]): KeyPoint | null =>
  external(
    report,
    problems.filter(({ external }) => external?.kind === 'public'),
    'is open to anybody',
    'are open to anybody',
  );

// Whom a service acts for is not let in by name: that it could be misled is told in its place.
const openToOthers = (report: AuditReport, problems: readonly Finding[]): KeyPoint | null =>
  external(
    report,
    problems.filter(({ external }) => external !== undefined && !['public', 'service'].includes(external.kind)),
    'is open to somebody outside the account',
    'are open to somebody outside the account',
  );

const external = (
  report: AuditReport,
  problems: readonly Finding[],
  isOpen: string,
  areOpen: string,
): KeyPoint | null => {
  const resources = [...new Set(problems.map(({ external, subject }) => external?.resource ?? subject.arn))];
  if (resources.length === 0) return null;
  return {
    headline: counted(resources.length, `resource ${isOpen}`, `resources ${areOpen}`),
    detail: named(resources, report),
    href: filterHref({ outcome: 'fail', category: 'external' }),
    linkText: 'Show who gets in',
    doubtful: false,
  };
};

const credentials = (report: AuditReport, problems: readonly Finding[]): KeyPoint | null => {
  const grave = problems.filter(
    ({ category, severity }) => category === 'credentials' && (severity === 'critical' || severity === 'high'),
  );
  if (grave.length === 0) return null;
  return {
    headline: `${counted(grave.length, 'grave weakness', 'grave weaknesses')} of passwords, MFA and access keys`,
    detail: named(
      grave.map(({ subject }) => subject.arn),
      report,
    ),
    href: filterHref({ outcome: 'fail', severity: 'critical,high', category: 'credentials' }),
    linkText: 'Show them',
    doubtful: false,
  };
};

const changes = ({ run, findings }: AuditReport): KeyPoint | null => {
  if (run.baselineRunId === null) return null;
  const countOf = (state: FindingState): number => findings.filter((finding) => finding.state === state).length;
  const counts = (['new', 'worsened', 'reopened', 'resolved'] as const)
    .map((state) => [state, countOf(state)] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${numberInWords(count)} ${state}`);
  return {
    headline: counts.length === 0 ? 'Nothing changed since the last audit' : 'Since the last audit',
    detail: counts.length === 0 ? '' : `${listedInWords(counts, counts.length)}.`,
    href: countOf('new') === 0 ? '#findings' : filterHref({ state: 'new' }),
    linkText: countOf('new') === 0 ? 'Show the findings' : 'Show what is new',
    doubtful: false,
  };
};

const unjudged = (findings: readonly Finding[]): KeyPoint | null => {
  if (findings.length === 0) return null;
  return {
    headline: `${counted(findings.length, 'thing', 'things')} could not be judged`,
    detail: 'The data for it could not be read. It may be in order, or not.',
    href: '#unjudged',
    linkText: 'Show them',
    doubtful: true,
  };
};
