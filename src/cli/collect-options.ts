import type { AccountOptions } from './account-options.ts';

/** The options of `vigil collect`, as commander parses them. */
export interface CollectOptions extends AccountOptions {
  readonly out: string;
}
