import type { AccountOptions } from './account-options.ts';

/** The options of `vigil daemon` and `vigil run-now`, as commander parses them. */
export interface DaemonOptions extends AccountOptions {
  readonly history?: string;
}

/** The options of `vigil status`, as commander parses them. */
export interface StatusOptions {
  readonly config?: string;
  readonly history?: string;
  readonly json?: true;
}
