import { mayApply } from '../../access/applicable-resources.ts';
import type { ApplicablePolicies } from '../../evaluate/applicable-policies.ts';
import { decide } from '../../evaluate/decide.ts';
import { allOf, FALSE, type Formula, not, TRUE } from '../../evaluate/formula.ts';
import { simplifyFormula } from '../../evaluate/simplify-formula.ts';
import type { Caller } from '../../iam/caller.ts';
import { type CompiledPolicy, type RequestedAction, requestedAction } from '../../policy/compile-policy.ts';
import { hasBit } from '../../reference/bitset.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import { compiledPolicy } from '../simulate/simulation.ts';
import { sampleCallers } from './sample-callers.ts';
import { sampleResources } from './sample-resources.ts';

/** Whether a policy hangs on principals or on a resource. */
export type CheckedPolicyType = 'IDENTITY_POLICY' | 'RESOURCE_POLICY';

/** What may be asked of a policy: some action, on some resource, by somebody. */
export interface SampleRequest {
  readonly action: RequestedAction;
  readonly resource: string;
  /** Null where the policy is the caller's own. */
  readonly caller: Caller | null;
}

/** What a policy by itself says of a request: when it is allowed, and the positions of the statements that allow it. */
export interface SampleAnswer {
  readonly formula: Formula;
  readonly grantedBy: readonly number[];
}

const CHECKED = 'checked';

const NOTHING: SampleAnswer = { formula: FALSE, grantedBy: [] };

/** Asks a policy alone, whatever the rest of the request's context. What cannot be told counts as allowed. */
export const askPolicy = (policy: CompiledPolicy, request: SampleRequest): SampleAnswer => {
  const { action, resource, caller } = request;
  const decision = decide(
    {
      action,
      resource,
      context: () => 'unknown',
      time: null,
      resourceAccount: RESOURCE_ACCOUNT,
      caller: caller ?? { kind: 'user', arn: `arn:aws:iam::${RESOURCE_ACCOUNT}:user/u`, account: RESOURCE_ACCOUNT },
    },
    caller === null ? asIdentityPolicy(policy) : asResourcePolicy(policy),
  );
  switch (decision.kind) {
    case 'allowed':
    case 'allowedIf': {
      const own = decision.grantedBy.filter((reference) => reference.policy === CHECKED);
      const grantedBy = [...new Set(own.map(({ statement }) => statement))];
      return { formula: decision.kind === 'allowed' ? TRUE : decision.residual, grantedBy };
    }
    case 'undetermined':
      return { formula: TRUE, grantedBy: policy.allows.map(({ statement }) => statement.index) };
    default:
      return NOTHING;
  }
};

/** No policy names it: whoever it names is of another account, so that its word is needed. */
const RESOURCE_ACCOUNT = '000000000000';

const NO_GAPS = { identity: [], boundary: [] };

const asIdentityPolicy = (policy: CompiledPolicy): ApplicablePolicies => ({
  identity: [{ name: CHECKED, policy }],
  boundary: null,
  unread: NO_GAPS,
});

let everything: CompiledPolicy | undefined;

const asResourcePolicy = (policy: CompiledPolicy): ApplicablePolicies => {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*' };
  everything ??= compiledPolicy(JSON.stringify({ Version: '2012-10-17', Statement: statement }));
  return {
    identity: [{ name: 'everything', policy: everything }],
    boundary: null,
    unread: NO_GAPS,
    resource: { name: CHECKED, policy },
  };
};

/** Whether what one formula lets through, another does not. */
export const letsMoreThrough = (one: Formula, other: Formula): boolean =>
  simplifyFormula(allOf([one, not(other)])).kind !== 'false';

/** Beyond that many actions, the reference is asked only about those of the resource's own service. */
const FEW_ACTIONS = 60;

/** Beyond that many requests, nobody waits for the answer. */
const MOST_REQUESTS = 100_000;

/**
 * Requests that tell policies apart: one for each set of actions that their statements all treat alike, on each of the
 * sampled resources that such an action works on, by each of the sampled callers. Null where these are too many.
 */
export const sampleRequests = (
  policies: readonly CompiledPolicy[],
  type: CheckedPolicyType,
  reference: ServiceReference,
  furtherResources: readonly string[] = [],
): readonly SampleRequest[] | null => {
  const statements = policies.flatMap(({ document }) => document.statements);
  const patterns = statements.flatMap(({ resource }) => resource?.patterns ?? []);
  const resources = sampleResources([...patterns, ...furtherResources, '*']);
  const callers: readonly (Caller | null)[] =
    type === 'IDENTITY_POLICY' ? [null] : sampleCallers(statements.flatMap(({ principal }) => principal ?? []));
  const classes = actionClasses(policies, reference);
  if (classes.length * resources.length * callers.length > MOST_REQUESTS) return null;
  return classes.flatMap((actions) =>
    resources.flatMap((resource) => {
      const action = actionOn(resource, actions, reference);
      if (action === undefined) return [];
      return callers.map((caller) => ({ action: requestedAction(reference, action), resource, caller }));
    }),
  );
};

/** The known actions in sets that the statements of policies all treat alike, and the unknown ones that policies name. */
const actionClasses = (
  policies: readonly CompiledPolicy[],
  reference: ServiceReference,
): readonly (readonly string[])[] => {
  const statements = policies.flatMap(({ allows, denies }) => [...allows, ...denies]);
  const covers = statements.map(({ actions }) => actions.covers());
  const classes = new Map<string, string[]>();
  reference.names.forEach((name, position) => {
    const id = covers.map((set) => (hasBit(set, position) ? '1' : '0')).join('');
    if (!id.includes('1')) return;
    const members = classes.get(id);
    if (members === undefined) classes.set(id, [name]);
    else members.push(name);
  });
  const named = statements.flatMap(({ statement }) => statement.action.patterns);
  const unknown = named
    .map((pattern) => pattern.replace(/^\*+$/, 'zqjxkv:*').replace(/[*?]+/g, 'zqjxkv'))
    .filter((name) => reference.positionOf(name) === null);
  return [...classes.values(), ...[...new Set(unknown)].map((name) => [name])];
};

/** One of the actions that may be asked of a resource; undefined where none may. */
const actionOn = (resource: string, actions: readonly string[], reference: ServiceReference): string | undefined => {
  const isFew = actions.length <= FEW_ACTIONS;
  const service = resource.split(':')[2] ?? '';
  if (resource === '*') return isFew ? actions.find((name) => takesNoResource(name, reference)) : actions[0];
  if (!/^[a-z0-9-]+$/.test(service)) return actions[0];
  const own = actions.filter((name) => name.startsWith(`${service}:`));
  return (own.length > 0 || !isFew ? own : actions).find((name) => {
    const description = reference.describeAction(name);
    return description === null || mayApply({ kind: 'resource', patterns: [resource] }, '2012-10-17', description);
  });
};

/** Role trust policies have no resources, whatever their actions work on. */
const takesNoResource = (name: string, reference: ServiceReference): boolean =>
  name.startsWith('sts:') || reference.describeAction(name)?.resourceTypes.some(({ required }) => required) !== true;
