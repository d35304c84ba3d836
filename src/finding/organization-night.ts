import { compareText } from '../kernel/compare-text.ts';
import type { Instant } from '../kernel/time.ts';
import type { SourceName } from '../snapshot/collected.ts';
import type { ChangeKind } from './account-change.ts';
import type { Actor } from './actor.ts';
import type { AccountCoverage, CoverageRow, FindingState } from './audit-report.ts';
import type { ExternalAccess, Severity } from './check-result.ts';
import { SEVERITIES } from './check-result.ts';
import type { Confidence } from './confidence.ts';
import type { ControlStatus } from './control-result.ts';
import { EXPECTED_STATUSES, type ExpectedAccount } from './expected-account.ts';
import type { FindingCounts } from './finding-counts.ts';

/** What one audit of one account comes to for the report about all accounts: some kilobytes, however large the account is. */
export interface AccountSummary extends Omit<AccountCoverage, 'coverage'> {
  readonly schemaVersion: '1.0';
  readonly runId: string;
  /** The audit that it is compared with; null: it is the first of the account. */
  readonly baselineRunId: string | null;
  /** The sources that checks wanted and that were not read whole. */
  readonly gaps: readonly SummarizedGap[];
  /** What is wrong, or was, by severity and state; what is absent is none. */
  readonly findings: FindingCounts;
  /** What could not be judged for want of data. */
  readonly unjudged: number;
  /** Users, roles and the root user. */
  readonly principals: number;
  /** Those who are administrator without conditions, the root user among them. */
  readonly administrators: number;
  /** Those who are no administrators and can become one, without conditions and under some. */
  readonly escalating: Readonly<Record<'surely' | 'conditionally', number>>;
  /** Open paths to administrator, of the account or of others: those that lead into others first, then the surest. */
  readonly paths: SummarizedPaths;
  /** Open problems that are no such path, the worst first. */
  readonly worst: Some<SummarizedFinding>;
  /** The controls of each compliance framework by how the account stands to them, in the frameworks' order. */
  readonly frameworks: readonly FrameworkSummary[];
  /** What is not as it was at the audit before; null: there is none. */
  readonly news: AccountNews | null;
}

/** As many of some things as are worth telling, the first ones first, and how many there are. */
export interface Some<T> {
  readonly total: number;
  readonly listed: readonly T[];
}

/** A source that was not read whole. */
export interface SummarizedGap extends Pick<CoverageRow, 'detail'> {
  readonly source: SourceName;
  readonly status: Exclude<CoverageRow['status'], 'read'>;
  /** How many checks could not judge everything for want of it. */
  readonly checks: number;
}

/** A finding in a few words. Texts that are longer than any of AWS's are cut. */
export interface SummarizedFinding {
  readonly key: string;
  readonly checkId: string;
  readonly severity: Severity;
  readonly state: FindingState;
  /** ARN of the subject. */
  readonly subject: string;
  readonly summary: string;
  /** Who made the change behind it; null: it is not known. */
  readonly by: Actor | null;
}

/** A path to administrator in a few words. */
export interface SummarizedPath extends SummarizedFinding {
  readonly proof: Exclude<Confidence, 'certain' | 'unknown'>;
  /** `administrator`, or the ARN of what is gained in another account. */
  readonly reaches: string;
  /** The other accounts that it leads into, or through. */
  readonly into: Some<string>;
  /** How many steps it has. */
  readonly steps: number;
}

/** The paths of an account, and how many there are of each kind. */
export interface SummarizedPaths extends Some<SummarizedPath> {
  readonly byProof: Readonly<Record<SummarizedPath['proof'], number>>;
  /** Those that lead into other accounts. */
  readonly crossing: number;
}

/** Access from outside in a few words. */
export interface SummarizedAccess extends SummarizedFinding {
  readonly principal: string;
  readonly kind: ExternalAccess['kind'];
}

/** The ids of a framework's controls, by how an account stands to them. */
export interface FrameworkSummary {
  readonly framework: string;
  readonly controls: Readonly<Record<ControlStatus, readonly string[]>>;
}

/** What of an account is not as it was at the audit before. */
export interface AccountNews {
  /** Users and roles that are administrator and were not, or were not there. */
  readonly administrators: Some<{ readonly arn: string; readonly by: Actor | null }>;
  /** Access from outside that is new, is there again, or became worse. */
  readonly external: Some<SummarizedAccess>;
  /** How many changes there are of each kind; null: the two audits could not be compared. */
  readonly changes: Readonly<Partial<Record<ChangeKind, number>>> | null;
}

/** The audits of an organization's accounts that belong together. */
export interface Night {
  readonly id: string;
  /** The group of accounts in the configuration; null: they are in none. */
  readonly group: string | null;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** Until when the accounts were waited for; null: nobody set a limit. */
  readonly deadline: Instant | null;
  /** Whether it passed before all accounts were done. */
  readonly deadlinePassed: boolean;
}

/** What the audits of all accounts of a night come to: the content of `organization.json`. */
export interface OrganizationReport {
  readonly schemaVersion: '1.0';
  readonly night: Night;
  readonly vigilVersion: string;
  /** The accounts that were to be audited, those that are missing first. */
  readonly expected: readonly ExpectedAccount[];
  /** The accounts that were audited, by what is to be looked at first. */
  readonly accounts: readonly AccountSummary[];
}

/** The organization's report out of its parts, in whatever order these come. */
export const organizationReport = ({
  night,
  vigilVersion,
  expected,
  accounts,
}: Omit<OrganizationReport, 'schemaVersion'>): OrganizationReport => {
  const audited = new Set(accounts.map(({ accountId }) => accountId));
  return {
    schemaVersion: '1.0',
    night,
    vigilVersion,
    expected: expected.map((account) => withoutSummary(account, audited)).sort(compareExpected),
    accounts: [...accounts].sort(compareByRisk),
  };
};

/** An account whose audit is said to be done is missing all the same where there is nothing of it. */
const withoutSummary = (account: ExpectedAccount, audited: ReadonlySet<string>): ExpectedAccount =>
  account.status !== 'collected' || audited.has(account.accountId ?? '')
    ? account
    : { ...account, status: 'failed', reason: 'it was read, but what its audit came to is not known' };

const compareExpected = (left: ExpectedAccount, right: ExpectedAccount): number =>
  EXPECTED_STATUSES.indexOf(left.status) - EXPECTED_STATUSES.indexOf(right.status) ||
  compareText(left.accountId ?? '', right.accountId ?? '') ||
  compareText(left.name ?? '', right.name ?? '');

/** The states of a finding that is a problem now. */
const OPEN: readonly FindingState[] = ['new', 'worsened', 'reopened', 'open'];

/** How many problems of a severity an account has now. */
export const openProblems = ({ findings }: Pick<AccountSummary, 'findings'>, severity: Severity): number =>
  OPEN.reduce((sum, state) => sum + (findings[severity]?.[state] ?? 0), 0);

/**
 * Orders accounts by what is to be looked at first: those with problems of the worst severity, of these those with more paths to
 * administrator that were proven, then that were derived, then those with more problems, severity by severity from the worst.
 */
const compareByRisk = (left: AccountSummary, right: AccountSummary): number => {
  const [one, other] = [riskOf(left), riskOf(right)];
  const difference = one.map((number, index) => (other[index] ?? 0) - number).find((each) => each !== 0);
  return difference ?? compareText(left.accountId, right.accountId);
};

/** Numbers to be compared one after the other; more is riskier. */
const riskOf = (account: AccountSummary): readonly number[] => {
  const counts = SEVERITIES.map((severity) => openProblems(account, severity));
  const worst = counts.findIndex((count) => count > 0);
  const { proven, derived } = account.paths.byProof;
  return [worst < 0 ? 0 : SEVERITIES.length - worst, proven, derived, ...counts];
};
