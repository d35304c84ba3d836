import type { NamedPolicy } from '../evaluate/applicable-policies.ts';
import type { Decision, Doubt, Limit, StatementReference } from '../evaluate/decision.ts';
import { describeResidual } from '../evaluate/describe-residual.ts';
import type { JsonObject, JsonValue } from '../kernel/json.ts';
import { type DecisionName, decisionName } from './decision-name.ts';

/** What `vigil decide` answers to a line. */
export interface DecideAnswer {
  /** As the line gives it; null where it has none, or none that can be read. */
  readonly id: JsonValue;
  readonly decision?: DecisionName;
  readonly because?: readonly Because[];
  readonly conditions?: { readonly text: string; readonly formula: JsonObject };
  /** Statements that AWS would refuse where they stand: they never grant. */
  readonly warnings?: readonly Because[];
  /** Where the line asks for it with `explain`. */
  readonly explanation?: JsonObject;
  readonly error?: string;
}

/** What a decision rests on: statements, the limit that is silent, or what could not be read. */
export type Because =
  | BecauseStatement
  | { readonly silent: Limit; readonly level?: number }
  | { readonly policy: string; readonly pointer: string; readonly message: string };

/** A statement: what the line calls its policy, its index and Sid, and the JSON pointer to it in the line. */
interface BecauseStatement {
  readonly policy: string;
  readonly statement: number;
  readonly sid: string | null;
  readonly pointer: string;
}

/** The policies of a line by their JSON pointers in it, which are what the decision calls them. */
export type PoliciesByPointer = ReadonlyMap<string, GivenName>;

/** A policy of a line, and what the line calls it. */
export interface GivenName extends NamedPolicy {
  readonly givenName: string;
}

/** A decision as `vigil decide` prints it. */
export const toAnswer = (decision: Decision, policies: PoliciesByPointer): Omit<DecideAnswer, 'id'> => {
  const carried = (references: readonly StatementReference[]): readonly Because[] =>
    references.map((reference) => toBecause(reference, policies));
  switch (decision.kind) {
    case 'allowed':
      return { decision: decisionName(decision), because: carried(decision.grantedBy) };
    case 'allowedIf':
      return {
        decision: decisionName(decision),
        because: carried(decision.grantedBy),
        conditions: describeResidual(decision.residual),
      };
    case 'explicitDeny':
      return { decision: decisionName(decision), because: carried(decision.deniedBy) };
    case 'implicitDeny': {
      const { silent, level } = decision;
      return { decision: decisionName(decision), because: [{ silent, ...(level === undefined ? {} : { level }) }] };
    }
    case 'undetermined':
      return { decision: decisionName(decision), because: decision.reasons.map((reason) => placed(reason, policies)) };
  }
};

/** A statement with its place in the line. */
export const toBecause = (
  { policy, statement: index }: StatementReference,
  policies: PoliciesByPointer,
): BecauseStatement => {
  const given = policies.get(policy);
  const statement = given?.policy.document.statements.find((each) => each.index === index);
  return {
    policy: given?.givenName ?? policy,
    statement: index,
    sid: statement?.sid ?? null,
    pointer: `${policy}${statement?.pointer ?? ''}`,
  };
};

/** A doubt with its place in the line. */
export const placed = ({ policy, pointer, message }: Doubt, policies: PoliciesByPointer): Because => ({
  policy: policies.get(policy)?.givenName ?? policy,
  pointer: `${policy}${pointer}`,
  message,
});
