import type { Category, Severity } from '../../finding/check-result.ts';
import type { ControlResult } from '../../finding/control-result.ts';
import type { CheckText } from '../check-text.ts';

/** What a check says about itself to other systems. */
export interface CheckRule extends CheckText {
  readonly category: Category;
  /** How bad a finding of it is, unless the finding says otherwise. */
  readonly severity: Severity;
  readonly remediation: readonly string[];
  /** Controls of compliance frameworks: `cis-aws-7.0:2.12`. */
  readonly frameworks: readonly string[];
}

/** What the formats for other systems need beside the report. */
export interface MachineAssets {
  /** The checks that were to run, ordered by id. */
  readonly rules: readonly CheckRule[];
  /** How each account stands to each control, account by account. */
  readonly controls: readonly ControlResult[];
  /** By account, ids of the checks that ran and did not break. */
  readonly judged: ReadonlyMap<string, ReadonlySet<string>>;
}
