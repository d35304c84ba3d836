import type { StatementReference } from '../evaluate/decision.ts';
import { describeResidual } from '../evaluate/describe-residual.ts';
import type { Explanation } from '../evaluate/explain-decision.ts';
import type { JsonObject } from '../kernel/json.ts';
import { decisionName } from './decision-name.ts';

/** A decision about an account's principal as programs read it: the fields of `vigil decide`. */
export const explanationData = (explanation: Explanation): JsonObject => {
  const { decision } = explanation;
  const told = { decision: decisionName(decision) };
  switch (decision.kind) {
    case 'allowed':
      return { ...told, because: carried(decision.grantedBy, explanation) };
    case 'allowedIf':
      return {
        ...told,
        because: carried(decision.grantedBy, explanation),
        conditions: { ...describeResidual(decision.residual) },
      };
    case 'explicitDeny':
      return { ...told, because: carried(decision.deniedBy, explanation) };
    case 'implicitDeny':
      return {
        ...told,
        because: [{ silent: decision.silent, ...(decision.level === undefined ? {} : { level: decision.level }) }],
      };
    case 'undetermined':
      return { ...told, because: decision.reasons.map((reason) => ({ ...reason })) };
  }
};

/** The statements with their Sids and where they stand in their documents. */
const carried = (references: readonly StatementReference[], { verdicts }: Explanation): readonly JsonObject[] => {
  const places = verdicts.flatMap(({ statements }) => statements);
  return references.flatMap(({ policy, statement }) =>
    places.filter((place) => place.policy === policy && place.statement === statement).map((place) => ({ ...place })),
  );
};
