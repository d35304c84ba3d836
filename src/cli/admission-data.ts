import type { Admission } from '../access/outside-access.ts';
import { describeResidual } from '../evaluate/describe-residual.ts';
import type { JsonObject } from '../kernel/json.ts';
import { decisionName } from './decision-name.ts';

/** A decision that is no denial, as programs read it. */
export const admissionData = (decision: Admission): JsonObject => ({
  decision: decisionName(decision),
  because: ('reasons' in decision ? decision.reasons : decision.grantedBy).map((each) => ({ ...each })),
  ...(decision.kind === 'allowedIf' ? { conditions: { ...describeResidual(decision.residual) } } : {}),
});
