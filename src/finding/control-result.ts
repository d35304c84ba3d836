/** What a control of a compliance framework comes to: its checks say so, or say that a person must. */
export type ControlStatus =
  /** A check found something wrong. */
  | 'fail'
  /** The framework has the control assessed by machine, and no check found anything wrong. */
  | 'pass'
  /** Nothing wrong was found, but a check could not judge everything. */
  | 'unknown'
  /** The framework has the control assessed by people; what checks there are found nothing wrong. */
  | 'manual'
  /** The framework has the control assessed by machine, and not every check ran that speaks to it, or there is none. */
  | 'not-evaluated';

/** How an account stands to one control of a compliance framework. */
export interface ControlResult {
  readonly accountId: string;
  /** Id of the framework: `cis-aws-7.0`. */
  readonly framework: string;
  /** The framework's own id, as text: `2.10` is not `2.1`. */
  readonly control: string;
  readonly title: string;
  readonly assessment: 'automated' | 'manual';
  readonly status: ControlStatus;
  /** Results of its checks by outcome. */
  readonly failed: number;
  readonly passed: number;
  readonly unknown: number;
  /** Checks that speak to the control, those that did not run included. */
  readonly checks: readonly string[];
}
