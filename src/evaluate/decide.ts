import type { CompiledPolicy, CompiledStatement, RequestedAction } from '../policy/compile-policy.ts';
import type { ContextLookup } from '../policy/context-lookup.ts';
import type { Decision, Doubt, StatementReference } from './decision.ts';
import { allOf, anyOf, FALSE, type Formula, not } from './formula.ts';
import type { RequestTime } from './settle-time.ts';
import { conditionsFormula, resourceFormula } from './statement-formula.ts';

/** What a principal asks for. */
export interface AccessRequest {
  readonly action: RequestedAction;
  /** An ARN, without wildcards; `*` for an action that takes no resource. */
  readonly resource: string;
  /** What is known of the request's context, the principal's own keys included. */
  readonly context: ContextLookup;
  /** When it is made; null: some time. */
  readonly time: RequestTime | null;
}

/** The policies that apply to a request of a principal in its own account, to a resource without a policy of its own. */
export interface ApplicablePolicies {
  /** The principal's identity-based policies and those of its groups: one union. */
  readonly identity: readonly NamedPolicy[];
  /** The permissions boundary; null: none is set. */
  readonly boundary: readonly NamedPolicy[] | null;
  /** What could not be read of either. */
  readonly unread: { readonly identity: readonly Doubt[]; readonly boundary: readonly Doubt[] };
}

/** A policy and what to call it: a managed policy's ARN, or `principal-arn#inline/name`. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: CompiledPolicy;
}

/** Decides a request. Source: "Policy evaluation logic", IAM User Guide. */
export const decide = (request: AccessRequest, policies: ApplicablePolicies): Decision => {
  // It needs no permission and cannot be denied (AWS STS API Reference, GetCallerIdentity).
  if (request.action.name === 'sts:getcalleridentity') return { kind: 'allowed', grantedBy: [] };

  const { identity, boundary, unread } = policies;
  const bounding = boundary ?? [];
  const denies = matching([...identity, ...bounding], 'denies', request);
  if (denies.formula.kind === 'true') return { kind: 'explicitDeny', deniedBy: denies.carriers };

  const limit = boundary === null ? null : matching(boundary, 'allows', request);
  if (limit?.formula.kind === 'false' && unread.boundary.length === 0) {
    return { kind: 'implicitDeny', silent: 'permissions-boundary' };
  }
  const grants = matching(identity, 'allows', request);
  if (grants.formula.kind === 'false' && unread.identity.length === 0)
    return { kind: 'implicitDeny', silent: 'identity' };

  const doubts = [
    ...unread.identity,
    ...unread.boundary,
    ...denies.doubts,
    ...skippedDenies([...identity, ...bounding]),
  ];
  if (doubts.length > 0) return { kind: 'undetermined', reasons: doubts };

  const granted = limit === null ? grants.formula : allOf([grants.formula, limit.formula]);
  if (granted.kind === 'false') return { kind: 'implicitDeny', silent: 'permissions-boundary' };
  const residual = allOf([granted, not(denies.formula)]);
  // The conditions of the grants and of the denies contradict each other.
  if (residual.kind === 'false') return { kind: 'explicitDeny', deniedBy: denies.carriers };
  return residual.kind === 'true'
    ? { kind: 'allowed', grantedBy: grants.carriers }
    : { kind: 'allowedIf', grantedBy: grants.carriers, residual };
};

interface Matching {
  /** When some of the statements applies. */
  readonly formula: Formula;
  /** The statements that apply; where some do without a condition, those alone. */
  readonly carriers: readonly StatementReference[];
  readonly doubts: readonly Doubt[];
}

const matching = (policies: readonly NamedPolicy[], effect: 'allows' | 'denies', request: AccessRequest): Matching => {
  const found: { readonly formula: Formula; readonly reference: StatementReference }[] = [];
  const doubts: Doubt[] = [];
  for (const { name, policy } of policies) {
    for (const compiled of policy[effect]) {
      if (!compiled.actions.matches(request.action)) continue;
      const { index } = compiled.statement;
      const formula = whenApplies(compiled, request);
      if (formula === null) doubts.push({ policy: name, pointer: `/Statement/${index}`, message: MISPLACED });
      else if (formula.kind !== 'false') found.push({ formula, reference: { policy: name, statement: index } });
    }
  }
  const certain = found.filter(({ formula }) => formula.kind === 'true');
  return {
    formula: anyOf(found.map(({ formula }) => formula)),
    carriers: (certain.length > 0 ? certain : found).map(({ reference }) => reference),
    doubts,
  };
};

const MISPLACED = 'an identity-based policy has a statement with a principal or without a resource';

/** Null for a statement that AWS accepts in other types of policy only. */
const whenApplies = (compiled: CompiledStatement, { resource, context, time }: AccessRequest): Formula | null => {
  if (compiled.statement.principal !== null || compiled.statement.resource === null) return null;
  const covered = resourceFormula(compiled, resource, context);
  return covered.kind === 'false' ? FALSE : allOf([covered, conditionsFormula(compiled, context, time)]);
};

/** Statements that could not be read and may have denied the request. */
export const skippedDenies = (policies: readonly NamedPolicy[]): readonly Doubt[] =>
  policies.flatMap(({ name, policy }) =>
    policy.document.problems
      .filter(({ skippedEffect }) => skippedEffect === 'Deny' || skippedEffect === 'unknown')
      .map(({ pointer, message }) => ({ policy: name, pointer, message })),
  );
