import type { AlertGap, AlertItem, Transition } from '../finding/alert.ts';
import type { AccountCoverage, Finding } from '../finding/audit-report.ts';
import { type Category, SEVERITIES, type Severity } from '../finding/check-result.ts';
import { cutOfFinding } from '../report/cut-of-finding.ts';
import { findingAnchor } from '../report/finding-anchor.ts';
import { nameOfSubject } from '../report/name-of-arn.ts';
import { reasonsOfFinding } from './reasons-of-finding.ts';

/** What a route is told: nothing is filtered by a list that is empty. */
export interface RouteFilter {
  readonly name: string;
  /** The mildest severity that is told. */
  readonly severity: Severity;
  readonly categories: readonly Category[];
  readonly accounts: readonly string[];
  readonly owners: readonly string[];
  /** Whether it is told what is resolved. */
  readonly resolved: boolean;
  /** Whether it is told what could not be read. */
  readonly gaps: boolean;
}

/** Where a finding is shown, and what people call its account. */
export interface ItemContext {
  readonly account: Pick<AccountCoverage, 'accountId' | 'alias'>;
  /** The address of the report's page; null: nobody serves it. */
  readonly link: string | null;
}

/** A finding as an alert tells it. */
export const toldItem = (finding: Finding, transition: Transition, { account, link }: ItemContext): AlertItem => {
  const { key, checkId, category, severity, subject, title, summary, firstSeen } = finding;
  const cut = cutOfFinding(finding);
  return {
    key,
    checkId,
    category,
    severity,
    transition,
    who: {
      name: nameOfSubject(finding, account.alias ?? account.accountId),
      arn: subject.arn,
      part: subject.part,
    },
    what: { title, summary },
    why: reasonsOfFinding(finding),
    since: firstSeen,
    by: finding.by?.[0] ?? null,
    owner: finding.owner ?? null,
    mend: cut === null ? finding.remediation : [cut],
    link: link === null ? null : `${link}#${findingAnchor(key)}`,
  };
};

/** Whether a route is told of such a finding at all, whatever becomes of it. */
export const isOfRoute = (
  route: RouteFilter,
  { severity, category, owner }: Pick<Finding, 'severity' | 'category' | 'owner'>,
): boolean =>
  isSevereEnough(route, severity) && isWanted(route.categories, category) && isOwnedBy(route, owner ?? null);

/** Whether a route is told of what is so severe. */
export const isSevereEnough = (route: RouteFilter, severity: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(route.severity);

/** Whether a route is told of what somebody answers for; null: nobody is named. */
export const isOwnedBy = ({ owners }: RouteFilter, owner: string | null): boolean =>
  owners.length === 0 || (owner !== null && owners.includes(owner));

/** Whether a list names a value, or nothing and so any. */
export const isWanted = <T>(wanted: readonly T[], value: T): boolean => wanted.length === 0 || wanted.includes(value);

/** What became of a finding since the audit before; null: nothing, or it could not be judged, or somebody accepted it. */
export const transitionOf = ({ outcome, state }: Finding, sinceBaseline: boolean): Transition | null => {
  // What could not be judged is told with what could not be read, not finding by finding.
  if (outcome !== 'fail' || state === 'suppressed' || state === 'not-evaluated') return null;
  if (!sinceBaseline) return state === 'resolved' ? null : 'open';
  return state === 'open' ? null : state;
};

/** What of an account could not be read. What somebody chose not to read is no news. */
export const gapsOf = ({ coverage }: AccountCoverage): readonly AlertGap[] =>
  coverage
    .filter(({ status }) => status !== 'read' && status !== 'skipped')
    .map(({ source, detail, affects }) => ({ source, detail, checks: affects.length }));
