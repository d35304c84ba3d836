import type { Instant } from '../kernel/time.ts';
import type { Actor } from './actor.ts';
import type { Category, Severity } from './check-result.ts';

/** What one route is told about one account after one run: the same value gives the same message in every channel. */
export interface Alert {
  /** The same for the same run, account, route and content: who gets it twice can drop the second. */
  readonly id: string;
  /** The name of the route. */
  readonly route: string;
  /** It is a sample that somebody asked for: nothing in it is true. */
  readonly test: boolean;
  /** Null: it is about several, about none, or it is not known which one could not be audited. */
  readonly account: { readonly id: string; readonly alias: string | null } | null;
  /** The ids of the accounts that it is about, where the findings that it lists are not of all of them; absent: they tell. */
  readonly accountIds?: readonly string[];
  /** Null: there is no run, since nothing could be audited. */
  readonly runId: string | null;
  readonly at: Instant;
  /** Whether an earlier run is known that the transitions count from; without one each finding is `open`. */
  readonly sinceBaseline: boolean;
  /** What came to pass, the worst first. */
  readonly items: readonly AlertItem[];
  /** What could not be read. */
  readonly gaps: readonly AlertGap[];
  /** What else there is to tell. */
  readonly notices: readonly AlertNotice[];
  /** Why the account could not be audited; null: it was. */
  readonly failure: string | null;
  /** Where the report is served; null: nobody said where. */
  readonly link: string | null;
  /** The reports that are to go with it, those about all accounts of a night first, then the latest; absent: none. */
  readonly reports?: readonly AlertReports[];
}

/** Reports of a run that are to go with an alert. They are written after it was queued, if the run comes so far. */
export interface AlertReports {
  readonly runId: string;
  /** The directory of the run on this machine, which nobody is told. */
  readonly directory: string;
  /** Names of files, or formats: all files of it. */
  readonly files: readonly string[];
  /** The address that the directory is served at; null: nobody said where. */
  readonly link: string | null;
  /** The group of accounts whose night they are about, all of them together; absent: they are of an audit. */
  readonly group?: string;
}

/**
 * What became of a finding since the run before; `open`: there is no run before to compare with; `still-open`: nothing, and
 * that for too long.
 */
export type Transition = (typeof TRANSITIONS)[number];

/** What can become of a finding, in the order in which it is counted. */
export const TRANSITIONS = ['new', 'worsened', 'reopened', 'resolved', 'open', 'still-open'] as const;

/** A finding in an alert. */
export interface AlertItem {
  readonly key: string;
  /** Its account, where an alert is about several. */
  readonly account?: { readonly id: string; readonly alias: string | null };
  readonly checkId: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly transition: Transition;
  /** Whom or what it is about. */
  readonly who: { readonly name: string; readonly arn: string; readonly part: string | null };
  /** What is wrong, and the case in a sentence with names in backticks. */
  readonly what: { readonly title: string; readonly summary: string };
  /** What grants it, a policy and its statement each, and the conditions that it hangs on. */
  readonly why: readonly string[];
  readonly since: Instant;
  /** Who did it; null: it is not known. */
  readonly by: Actor | null;
  /** Who answers for it; null: nobody is named. */
  readonly owner: string | null;
  /** What to do about it, step by step. */
  readonly mend: readonly string[];
  /** Where the report shows it. */
  readonly link: string | null;
}

/** Data that could not be read: what hangs on it was not judged. */
export interface AlertGap {
  /** Its account, where an alert is about several. */
  readonly account?: { readonly id: string; readonly alias: string | null };
  readonly source: string;
  readonly detail: string;
  /** How many checks could not judge for want of it. */
  readonly checks: number;
}

/** Something to tell that is no finding. */
export interface AlertNotice {
  readonly kind: NoticeKind;
  /** Its account, where an alert is about several and the sentences do not say. */
  readonly account?: { readonly id: string; readonly alias: string | null };
  /** Sentences with names in backticks. */
  readonly text: string;
}

/** What a notice is about. */
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What notices are about, what asks for attention first. */
export const NOTICE_KINDS = [
  /** An account that was audited before was not this time. */
  'account-missing',
  /** Somebody has become administrator. */
  'administrator',
  /** Another route takes no alerts. */
  'route-dead',
  /** Reports do not arrive where they are to go. */
  'upload',
  /** The first audit of an account, in a few words. */
  'baseline',
  /** A suppression expires soon, or has expired. */
  'suppression',
  'account-back',
  /** Of the accounts that were told to be missing together none is any more. */
  'all-back',
  /** What could not be read was read again. */
  'gap-ended',
  /** There was nothing to tell for a while. */
  'heartbeat',
] as const;
