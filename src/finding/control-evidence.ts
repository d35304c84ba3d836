import type { JsonObject } from '../kernel/json.ts';
import type { CheckResult, SubjectType } from './check-result.ts';

/** What a check that speaks to a control says of one subject: also that nothing is wrong with it. */
export interface ControlEvidence {
  readonly accountId: string;
  readonly checkId: string;
  readonly outcome: CheckResult['outcome'];
  readonly subject: {
    readonly arn: string;
    readonly type: SubjectType;
    /** Unique id (`AIDA…`, `AROA…`); the ARN where there is none. */
    readonly id: string;
    readonly part: string | null;
  };
  /** The facts behind the outcome. */
  readonly observed: JsonObject;
  /** Why it could not be judged; null: it was. */
  readonly reason: string | null;
}
