import type { AccountCoverage } from '../finding/audit-report.ts';
import type { FindingCounts } from '../finding/finding-counts.ts';

/** An account that was audited, and what was found in it. */
export interface AuditedAccount extends Pick<AccountCoverage, 'accountId' | 'collectedAt' | 'complete'> {
  /** How many sources were not read whole. */
  readonly gaps: number;
  readonly findings: FindingCounts;
}

/** What a run of a group came to. */
export type RunResult =
  | {
      readonly kind: 'done';
      readonly auditId: string;
      readonly accounts: readonly AuditedAccount[];
      /** Whether all alerts arrived or wait to be delivered. */
      readonly alerted: boolean;
      /** API calls made, by action. */
      readonly apiCalls: ReadonlyMap<string, number>;
      /** Those of them that AWS throttled. */
      readonly throttledCalls: ReadonlyMap<string, number>;
      /** The files written. */
      readonly files: readonly string[];
    }
  | {
      readonly kind: 'failed';
      readonly messages: readonly string[];
      /** `usage`: something that the configuration names is not as it must be. `deadline`: it took too long. */
      readonly cause: 'usage' | 'no-audit' | 'broken' | 'deadline';
    }
  /** The daemon was ended before anything was written. */
  | { readonly kind: 'abandoned' };
