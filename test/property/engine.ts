import { decide } from '../../src/evaluate/decide.ts';
import type { Decision } from '../../src/evaluate/decision.ts';
import type { Formula } from '../../src/evaluate/formula.ts';
import { type RequestContext, withContext } from '../../src/evaluate/request-context.ts';
import { createPolicyCompiler, requestedAction } from '../../src/policy/compile-policy.ts';
import { parsePolicyDocument } from '../../src/policy/parse-policy-document.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { conditionHolds } from '../naive/naive-conditions.ts';
import { naiveDecide } from '../naive/naive-evaluator.ts';
import { contextOf, type NaiveRequest } from '../naive/naive-request.ts';
import { CONTEXT_KEYS, type Policies, type Request } from './policy-arbitraries.ts';

const reference = await loadServiceReference();

/** What the engine says of a request when it is told the context but for the hidden keys. */
export const engineDecision = ({ identity, boundary }: Policies, request: Request): Decision => {
  const compile = createPolicyCompiler(reference);
  const named = (raw: unknown, index: number) => ({ name: `p${index}`, policy: compile(parsePolicyDocument(raw)) });
  const told = CONTEXT_KEYS.filter((key) => !request.hidden.includes(key));
  const context: RequestContext = Object.fromEntries(told.map((key) => [key, request.context[key] ?? null]));
  return decide(
    {
      action: requestedAction(reference, request.action),
      resource: request.resource,
      context: withContext(context, () => 'unknown'),
      time: null,
    },
    {
      identity: identity.map(named),
      boundary: boundary?.map(named) ?? null,
      unread: { identity: [], boundary: [] },
    },
  );
};

const wholeRequest = ({ identity, boundary }: Policies, request: Request): NaiveRequest => {
  const named = (document: unknown, index: number) => ({ name: `p${index}`, document });
  return {
    request: {
      principalArn: 'arn:aws:iam::111122223333:user/alice',
      principalType: 'user',
      action: request.action,
      resource: request.resource,
      resourceAccount: '111122223333',
      context: Object.fromEntries(Object.entries(request.context).map(([key, value]) => [key, [value]])),
      contextComplete: true,
    },
    identityPolicies: identity.map(named),
    permissionBoundaries: (boundary ?? []).map(named),
  };
};

/** What the naive evaluator says, which knows the whole context. */
export const naiveDecision = (policies: Policies, request: Request): Decision['kind'] => {
  const decision = naiveDecide(wholeRequest(policies, request));
  if (decision === 'Allowed') return 'allowed';
  return decision === 'ExplicitlyDenied' ? 'explicitDeny' : 'implicitDeny';
};

/** Whether a residual holds for the whole context, its atoms judged by the naive evaluator. */
export const residualHolds = (formula: Formula, request: Request): boolean => {
  switch (formula.kind) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'all':
      return formula.of.every((member) => residualHolds(member, request));
    case 'any':
      return formula.of.some((member) => residualHolds(member, request));
    case 'atom':
      return atomHolds(formula.atom, request) !== formula.negated;
  }
};

const atomHolds = (atom: Extract<Formula, { kind: 'atom' }>['atom'], request: Request): boolean => {
  if (atom.kind === 'condition') {
    return conditionHolds(atom, atom.variables, contextOf(wholeRequest({ identity: [], boundary: null }, request)));
  }
  const statement = { Effect: 'Allow', Action: ['*'], [atom.element]: [atom.pattern] } as const;
  const identity = [{ Version: '2012-10-17', Statement: [statement] }];
  return naiveDecision({ identity, boundary: null }, request) === 'allowed';
};
