import type { FindingState } from '../finding/audit-report.ts';

/** The options of the commands about audits of the past, as commander parses them. */
export interface RememberedOptions {
  readonly config?: string;
  readonly history?: string;
  readonly json?: true;
}

/** The options of `vigil findings`, as commander parses them. */
export interface FindingsOptions extends RememberedOptions {
  readonly run?: string;
  readonly state?: readonly FindingState[];
}
