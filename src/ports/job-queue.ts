import type { NightPlan } from './night-store.ts';

/** Work that any process may take. A job whose process is gone is given to another. */
export interface JobQueue {
  /** Puts the audits of a night into the queue, and its report for the deadline. What was put there before stays as it is. */
  enqueue(night: NightPlan): Promise<void>;
  /** All accounts are in: the report does not wait for the deadline. */
  reportNow(nightId: string): Promise<void>;
  /** Takes jobs from now on. */
  work(workshop: Workshop): Promise<void>;
  /** Takes no more jobs, and gives those under way so long to end; what has not ended then is given to another process. */
  close(graceSeconds: number): Promise<void>;
}

/** What does the work. What it throws fails the try, and its message is why. */
export interface Workshop {
  /** Audits an account. */
  readonly audit: (job: AccountJob, signal: AbortSignal) => Promise<void>;
  /** Makes the report of a night. */
  readonly report: (job: NightJob, signal: AbortSignal) => Promise<void>;
  /** All tries to audit an account have failed; `reason` is why the last one did. */
  readonly auditFailed: (job: AccountJob, reason: string) => Promise<void>;
  /** All tries to make the report have failed. */
  readonly reportFailed: (job: NightJob, reason: string) => Promise<void>;
}

/** The audit of an account as a job. */
export interface AccountJob extends NightJob {
  /** Which account of the night. */
  readonly key: string;
}

/** The report of a night as a job. */
export interface NightJob {
  readonly nightId: string;
}
