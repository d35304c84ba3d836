import type { SuppressionReason } from '../finding/suppression.ts';
import type { InputOptions } from './input-options.ts';

/** The options of `vigil suppress`, as commander parses them. */
export interface SuppressOptions extends InputOptions {
  readonly reason: SuppressionReason;
  readonly justification: string;
  readonly owner: string;
  readonly approver: string;
  /** A day: `2027-01-31`. */
  readonly expires: string;
  readonly ticket?: string;
  readonly pin?: true;
  readonly file?: string;
}

/** The options of `vigil suppressions`, as commander parses them. */
export interface SuppressionsOptions extends InputOptions {
  readonly preview: string;
  readonly json?: true;
}
