import type { InputOptions } from './input-options.ts';

/** The options of `vigil propose`, as commander parses them. */
export interface ProposeOptions extends InputOptions {
  readonly unusedDays: number;
  readonly keep?: readonly string[];
  readonly out?: string;
  readonly json?: true;
}
