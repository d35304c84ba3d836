import { describeResidual } from '../evaluate/describe-residual.ts';
import type { Explanation, Verdict } from '../evaluate/explain-decision.ts';
import type { JsonObject } from '../kernel/json.ts';
import { type PoliciesByPointer, toBecause } from './decide-answer.ts';

/** An explanation as `vigil decide` prints it: what each kind of policy says, and for a denial what would have to change first. */
export const toExplanation = ({ verdicts, change }: Explanation, policies: PoliciesByPointer): JsonObject => ({
  verdicts: verdicts.map((verdict) => toVerdict(verdict, policies)),
  change:
    change === null
      ? null
      : change.kind === 'spare'
        ? { kind: change.kind, statement: { ...toBecause(change.statement, policies) } }
        : { kind: change.kind, limit: change.limit, ...(change.level === null ? {} : { level: change.level }) },
});

const toVerdict = (
  { limit, level, verdict, statements, condition }: Verdict,
  policies: PoliciesByPointer,
): JsonObject => ({
  limit,
  ...(level === null ? {} : { level }),
  verdict,
  statements: statements.map((statement) => ({ ...toBecause(statement, policies) })),
  ...(condition === null ? {} : { conditions: describeResidual(condition) }),
});
