import { createHash } from 'node:crypto';
import type { Actor } from '../finding/actor.ts';
import type { Alert, AlertGap, AlertItem, Transition } from '../finding/alert.ts';
import type { AccountCoverage, AuditReport, Finding } from '../finding/audit-report.ts';
import { type Category, SEVERITIES, type Severity } from '../finding/check-result.ts';
import { compareFindings } from '../finding/finding-order.ts';
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

/** What alerts take from around the report. */
export interface AlertSurroundings {
  /** The address of the report's page; null: nobody serves it. */
  readonly link: string | null;
  /** Who made the change behind a finding, by the finding's key. */
  readonly actors: ReadonlyMap<string, Actor>;
}

/** What a route is told after an audit, an alert for each account of which there is something to tell. */
export const alertsOfReport = (
  report: AuditReport,
  route: RouteFilter,
  surroundings: AlertSurroundings,
): readonly Alert[] =>
  report.accounts
    .filter(({ accountId }) => wants(route.accounts, accountId))
    .map((account) => alertOfAccount(report, account, route, surroundings))
    .filter(({ items, gaps }) => items.length > 0 || gaps.length > 0);

/** What a route is told where an account could not be audited at all. */
export const alertOfFailure = (reason: string, route: Pick<RouteFilter, 'name'>, at: Alert['at']): Alert => ({
  id: alertId([route.name, 'failure', reason, at]),
  route: route.name,
  test: false,
  account: null,
  runId: null,
  at,
  sinceBaseline: false,
  items: [],
  gaps: [],
  failure: reason,
  link: null,
});

const alertOfAccount = (
  { run, findings }: AuditReport,
  account: AccountCoverage,
  route: RouteFilter,
  surroundings: AlertSurroundings,
): Alert => {
  const sinceBaseline = run.baselineRunId !== null;
  const items = findings
    .filter(({ accountId }) => accountId === account.accountId)
    .toSorted(compareFindings)
    .flatMap((finding) => {
      const transition = transitionOf(finding, sinceBaseline);
      return transition === null ? [] : [itemOf(finding, { transition, account, surroundings })];
    })
    .filter((item) => isFor(route, item));
  const gaps = route.gaps ? gapsOf(account) : [];
  return {
    id: alertId([route.name, account.accountId, run.id, ...items.map(({ key, transition }) => `${transition} ${key}`)]),
    route: route.name,
    test: false,
    account: { id: account.accountId, alias: account.alias },
    runId: run.id,
    at: run.finishedAt,
    sinceBaseline,
    items,
    gaps,
    failure: null,
    link: surroundings.link,
  };
};

const isFor = (route: RouteFilter, { severity, category, owner, transition }: AlertItem): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(route.severity) &&
  wants(route.categories, category) &&
  (route.owners.length === 0 || (owner !== null && route.owners.includes(owner))) &&
  (route.resolved || transition !== 'resolved');

const wants = <T>(wanted: readonly T[], value: T): boolean => wanted.length === 0 || wanted.includes(value);

// What could not be judged is told with what could not be read, not finding by finding.
const transitionOf = ({ outcome, state }: Finding, sinceBaseline: boolean): Transition | null => {
  if (outcome !== 'fail' || state === 'suppressed' || state === 'not-evaluated') return null;
  if (!sinceBaseline) return state === 'resolved' ? null : 'open';
  return state === 'open' ? null : state;
};

interface ItemContext {
  readonly transition: Transition;
  readonly account: AccountCoverage;
  readonly surroundings: AlertSurroundings;
}

const itemOf = (finding: Finding, { transition, account, surroundings }: ItemContext): AlertItem => {
  const { key, checkId, category, severity, subject, title, summary, firstSeen } = finding;
  const cut = cutOfFinding(finding);
  const { link } = surroundings;
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
    by: surroundings.actors.get(key) ?? null,
    owner: finding.owner ?? null,
    mend: cut === null ? finding.remediation : [cut],
    link: link === null ? null : `${link}#${findingAnchor(key)}`,
  };
};

// What somebody chose not to read is no news.
const gapsOf = ({ coverage }: AccountCoverage): readonly AlertGap[] =>
  coverage
    .filter(({ status }) => status !== 'read' && status !== 'skipped')
    .map(({ source, detail, affects }) => ({ source, detail, checks: affects.length }));

const alertId = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
