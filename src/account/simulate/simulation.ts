import type { AccessRequest, ApplicablePolicies, NamedPolicy } from '../../evaluate/applicable-policies.ts';
import { type Explanation, explainDecision, type Verdict } from '../../evaluate/explain-decision.ts';
import type { Caller } from '../../iam/caller.ts';
import { type CompiledPolicy, requestedAction } from '../../policy/compile-policy.ts';
import { serviceReference } from '../../reference/service-reference.ts';
import { createPolicyCache, type PolicyCache } from '../authorize/policy-cache.ts';
import { missingKeys } from './missing-keys.ts';
import type { SourcePolicy } from './source-policies.ts';
import { type StatementPlace, statementPlaces } from './statement-places.ts';

/** What a simulation asks: policies, a caller, and what is given of the context. */
export interface Simulation {
  readonly identity: readonly SourcePolicy[];
  readonly boundary: SourcePolicy | null;
  readonly resource: SourcePolicy | null;
  /** Level by level from the root; null: there is no organization. */
  readonly scps: readonly (readonly SourcePolicy[])[] | null;
  readonly caller: Caller;
  /** The account of the caller. */
  readonly account: string;
  /** The account of resources whose ARN does not tell. */
  readonly owner: string;
  /** By key in lower case. */
  readonly context: ReadonlyMap<string, readonly string[]>;
}

/** What comes out for one action on one resource, in AWS's words. */
export interface SimulatedResult {
  readonly decision: EvalDecision;
  readonly matched: readonly MatchedStatement[];
  readonly missing: readonly string[];
  /** What each side says by itself; null: both are of one account. */
  readonly details: Readonly<Record<string, EvalDecision>> | null;
  /** Null: no SCPs are asked. */
  readonly allowedByOrganizations: boolean | null;
  /** Null: there is no boundary. */
  readonly allowedByBoundary: boolean | null;
}

/** The values of `EvalDecision`. */
export type EvalDecision = 'allowed' | 'explicitDeny' | 'implicitDeny';

/** The shape `Statement` of the simulator. */
export interface MatchedStatement {
  readonly SourcePolicyId: string;
  readonly SourcePolicyType: string;
  readonly StartPosition: { readonly Line: number; readonly Column: number };
  readonly EndPosition: { readonly Line: number; readonly Column: number };
}

let cache: PolicyCache | undefined;

/** Compiles the text of a policy document, each text once. */
export const compiledPolicy = (text: string): CompiledPolicy => {
  cache ??= createPolicyCache(serviceReference());
  return cache(text);
};

/** Decides a simulated request; null where policies hold what nobody can evaluate. */
export const simulate = (simulation: Simulation, actionName: string, resource: string): SimulatedResult | null => {
  const sources = new Map<string, SourcePolicy>();
  const named = (source: SourcePolicy): NamedPolicy => {
    const name = `${sources.size} ${source.id}`;
    sources.set(name, source);
    return { name, policy: compiledPolicy(source.document) };
  };
  const policies = applicablePolicies(simulation, named);
  const request = requestOf(simulation, actionName, resource);
  const { decision, verdicts } = explainDecision(request, policies);
  const outcome = OUTCOMES[decision.kind];
  if (outcome === null) return null;
  const scps = verdicts.filter(({ limit }) => limit === 'scp');
  const barred = scps.some(isAgainst);
  const crosses = simulation.resource !== null && request.resourceAccount !== simulation.account;
  return {
    decision: outcome,
    // Where SCPs deny, the simulation ends: nothing is told of the other policies (EvaluationResult, IAM API Reference).
    matched: barred ? [] : matchedStatements(outcome, verdicts, sources),
    missing: barred ? [] : missingKeys(ownPolicies(policies), request.action, resource, simulation.context),
    details: crosses && !barred ? sideBySide(verdicts) : null,
    allowedByOrganizations: simulation.scps === null ? null : !barred,
    allowedByBoundary: simulation.boundary === null ? null : !verdicts.some(isBoundaryAgainst),
  };
};

const OUTCOMES: Readonly<Record<Explanation['decision']['kind'], EvalDecision | null>> = {
  allowed: 'allowed',
  explicitDeny: 'explicitDeny',
  implicitDeny: 'implicitDeny',
  allowedIf: null,
  undetermined: null,
};

const requestOf = (
  { caller, context, resource: policy, owner }: Simulation,
  actionName: string,
  resource: string,
): AccessRequest & { readonly resourceAccount: string } => ({
  action: requestedAction(serviceReference(), actionName),
  resource,
  context: (key) => context.get(key) ?? 'absent',
  time: null,
  caller,
  // Where no policy of the resource is given, it is the owner's whatever its ARN says.
  resourceAccount: policy === null ? owner : (/^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1] ?? owner),
});

const applicablePolicies = (
  { identity, boundary, resource, scps }: Simulation,
  named: (source: SourcePolicy) => NamedPolicy,
): ApplicablePolicies => ({
  identity: identity.map(named),
  boundary: boundary === null ? null : [named(boundary)],
  unread: { identity: [], boundary: [] },
  ...(resource === null ? {} : { resource: named(resource) }),
  ...(scps === null ? {} : { scps: scps.map((level) => level.map(named)) }),
});

const ownPolicies = ({ identity, boundary, resource }: ApplicablePolicies): CompiledPolicy[] =>
  [...identity, ...(boundary ?? []), ...(resource ? [resource] : [])].map(({ policy }) => policy);

const isAgainst = ({ verdict }: Verdict): boolean => verdict !== 'allowed';

const isBoundaryAgainst = (verdict: Verdict): boolean => verdict.limit === 'permissions-boundary' && isAgainst(verdict);

/** The statements that carry the decision: those that deny, or those of both sides that allow. */
const matchedStatements = (
  outcome: EvalDecision,
  verdicts: readonly Verdict[],
  sources: ReadonlyMap<string, SourcePolicy>,
): MatchedStatement[] => {
  if (outcome === 'implicitDeny') return [];
  const wanted = outcome === 'explicitDeny' ? 'denied' : 'allowed';
  const carrying = verdicts.filter(
    ({ verdict, limit }) =>
      verdict === wanted && (wanted === 'denied' || limit === 'identity' || limit === 'resource-policy'),
  );
  const places = new Map<string, readonly StatementPlace[]>();
  return carrying.flatMap(({ statements }) =>
    statements.flatMap(({ policy, statement }) => {
      const source = sources.get(policy);
      if (source === undefined) return [];
      const known = places.get(policy) ?? statementPlaces(source.document);
      places.set(policy, known);
      return matchedStatement(source, known[statement]);
    }),
  );
};

const matchedStatement = ({ id, type }: SourcePolicy, place: StatementPlace | undefined): MatchedStatement[] => {
  if (place === undefined) return [];
  const { start, end } = place;
  return [
    {
      SourcePolicyId: id,
      SourcePolicyType: type,
      StartPosition: { Line: start.line, Column: start.column },
      EndPosition: { Line: end.line, Column: end.column },
    },
  ];
};

/** What the policies of either side say by themselves, in a request from another account. */
const sideBySide = (verdicts: readonly Verdict[]): Readonly<Record<string, EvalDecision>> => {
  const said = (limit: Verdict['limit']): EvalDecision => {
    const verdict = verdicts.find((each) => each.limit === limit)?.verdict;
    return verdict === 'denied' ? 'explicitDeny' : verdict === 'allowed' ? 'allowed' : 'implicitDeny';
  };
  return { 'IAM Policy': said('identity'), 'Resource Policy': said('resource-policy') };
};
