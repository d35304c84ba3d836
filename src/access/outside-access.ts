import type { ApplicablePolicies, NamedPolicy } from '../evaluate/applicable-policies.ts';
import { decide } from '../evaluate/decide.ts';
import type { Decision } from '../evaluate/decision.ts';
import { firstKnown, type RequestContext, withContext } from '../evaluate/request-context.ts';
import type { Instant } from '../kernel/time.ts';
import { createPolicyCompiler, type RequestedAction, requestedAction } from '../policy/compile-policy.ts';
import { parsePolicyDocument } from '../policy/parse-policy-document.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import { canCall } from './outside/can-call.ts';
import { canonicalUsersAsAccounts } from './outside/canonical-users.ts';
import { namedOutsiders } from './outside/named-outsiders.ts';
import { hasTemporaryCredentials, outsiderContext, toCaller } from './outside/outsider-caller.ts';
import { settleOutsider } from './outside/settle-outsider.ts';
import { widerOutsiders } from './outside/wider-outsiders.ts';
import type { Outsider } from './outsider.ts';

/** What outsiders may ask of a resource that has a policy of its own. */
export interface OutsideRequest extends Pick<ApplicablePolicies, 'rcps' | 'settings'> {
  /** The policy that hangs on the resource (bucket policy, key policy, role trust policy, …), and what to call it. */
  readonly policy: { readonly name: string; readonly document: PolicyDocument };
  /** The account that owns the resource. */
  readonly account: string;
  readonly action: string;
  /** An ARN without wildcards. */
  readonly resource: string;
  /** What is known of the requests, beside what follows from who makes them. */
  readonly context?: RequestContext;
}

/** The decision for an outsider who is not denied. */
export type Admission = Exclude<Decision, { kind: 'explicitDeny' | 'implicitDeny' }>;

/** An outsider who is let in, or of whom that cannot be told. */
export interface AdmittedOutsider {
  readonly outsider: Outsider;
  readonly decision: Admission;
}

/**
 * Who outside an account may do what through a resource-based policy. What the outsiders' own accounts say is not asked:
 * they can allow themselves everything. ACLs and grants of KMS are further doors, which this does not see.
 */
export interface OutsideAccess {
  /**
   * The outsiders who may perform the action. One who may do so under the very conditions of a wider one is left out: a
   * user whose account may, an account or a service if any account may, and everybody if whoever does not sign may.
   */
  whoCan(request: OutsideRequest): readonly AdmittedOutsider[];
  /** The outsiders that the policy tells apart and who can make such a call, let in or not. */
  outsiders(request: OutsideRequest): readonly Outsider[];
  /** Whether an outsider may perform the action, also where more is known of the context; null: denied. */
  admits(request: OutsideRequest, outsider: Outsider, context?: RequestContext): Admission | null;
}

/** What the decisions about a request have in common. */
interface Prepared {
  readonly action: RequestedAction;
  readonly partition: string;
  readonly policies: ApplicablePolicies;
}

/** Binds resource-based policies to the decision engine, for requests made at a time; null: some time. */
export const createOutsideAccess = (reference: ServiceReference, now: Instant | null): OutsideAccess => {
  const compile = createPolicyCompiler(reference);
  const identity: readonly NamedPolicy[] = [{ name: OWN_SIDE, policy: compile(ALLOW_EVERYTHING) }];
  const times = { temporary: now && { now, temporary: true }, lasting: now && { now, temporary: false } };

  const prepared = new WeakMap<OutsideRequest, Prepared>();
  const prepare = (request: OutsideRequest): Prepared => {
    let ready = prepared.get(request);
    if (ready === undefined) {
      const { policy, rcps, settings } = request;
      const resource = { name: policy.name, policy: compile(canonicalUsersAsAccounts(policy.document)) };
      ready = {
        action: requestedAction(reference, request.action),
        partition: partitionOf(request),
        policies: { ...OWN_LIMITS, identity, resource, ...(rcps && { rcps }), ...(settings && { settings }) },
      };
      prepared.set(request, ready);
    }
    return ready;
  };

  const admits: OutsideAccess['admits'] = (request, outsider, context = {}) => {
    const { account, resource } = request;
    const { action, partition, policies } = prepare(request);
    const caller = toCaller(outsider, partition);
    const time = hasTemporaryCredentials(caller) ? times.temporary : times.lasting;
    const given = withContext({ 'aws:ResourceAccount': account, ...request.context, ...context }, () => 'unknown');
    const known = firstKnown(outsiderContext(outsider, caller), given);
    return admissionOf(
      decide({ action, resource, resourceAccount: account, caller, time, context: known }, policies),
      outsider,
    );
  };

  const outsiders: OutsideAccess['outsiders'] = (request) => {
    const caps = (request.rcps ?? []).flat().map(({ policy }) => policy.document);
    const owner = { account: request.account, partition: partitionOf(request) };
    return namedOutsiders(request.policy.document, caps, owner).filter((outsider) => canCall(outsider, request.action));
  };

  return {
    outsiders,
    admits,
    whoCan: (request) => {
      const admitted = outsiders(request).flatMap((outsider): readonly AdmittedOutsider[] => {
        const decision = admits(request, outsider);
        return decision === null ? [] : [{ outsider, decision }];
      });
      return admitted.filter(({ outsider, decision }) =>
        widerOutsiders(outsider, admitted).every((wider) => !isSame(wider.decision, decision)),
      );
    },
  };
};

const partitionOf = ({ resource }: OutsideRequest): string => resource.split(':', 2)[1] ?? '';

const OWN_LIMITS = { boundary: null, unread: { identity: [], boundary: [] } };

const OWN_SIDE = "whatever the outsider's own account says";

const ALLOW_EVERYTHING = parsePolicyDocument({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
});

const admissionOf = (decision: Decision, outsider: Outsider): Admission | null => {
  switch (decision.kind) {
    case 'explicitDeny':
    case 'implicitDeny':
      return null;
    case 'undetermined':
      return decision;
    case 'allowed':
    case 'allowedIf': {
      const grantedBy = decision.grantedBy.filter(({ policy }) => policy !== OWN_SIDE);
      if (decision.kind === 'allowed') return { kind: 'allowed', grantedBy };
      const residual = settleOutsider(decision.residual, outsider);
      if (residual.kind === 'false') return null;
      return residual.kind === 'true' ? { kind: 'allowed', grantedBy } : { kind: 'allowedIf', grantedBy, residual };
    }
  }
};

const isSame = (one: Admission, other: Admission): boolean =>
  one.kind === 'allowedIf' && other.kind === 'allowedIf'
    ? one.residual.id === other.residual.id
    : one.kind === other.kind;
