import type { ApplicablePolicies, NamedPolicy } from '../evaluate/applicable-policies.ts';
import { decide } from '../evaluate/decide.ts';
import type { Decision } from '../evaluate/decision.ts';
import { type Explanation, explainDecision } from '../evaluate/explain-decision.ts';
import { type RequestContext, withContext } from '../evaluate/request-context.ts';
import type { RequestTime } from '../evaluate/settle-time.ts';
import type { Instant } from '../kernel/time.ts';
import { createPolicyCompiler, type RequestedAction, requestedAction } from '../policy/compile-policy.ts';
import type { ContextLookup } from '../policy/context-lookup.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot, Role, RootUser, User } from '../snapshot/account-snapshot.ts';
import { isAdministrator } from './administrator.ts';
import { createEffectivePolicies, type EffectivePolicies, type EffectivePolicy } from './effective-policies.ts';
import { allowEverything, type Extent } from './grants-everything.ts';
import { principalContext } from './principal-context.ts';

/**
 * Who can do what in an account, as far as its identity-based policies, permissions boundaries and role trust policies
 * say. The snapshot has no other resource-based policies.
 */
export interface AccountAccess {
  /**
   * Whether a principal may perform an action on a resource of its account. `resource` is an ARN without wildcards, or
   * `*` for an action that takes none. Of the context, what the principal's own facts do not say is unknown unless given.
   */
  canPerform(principal: Principal, action: string, resource: string, context?: RequestContext): Decision;
  /** Decides like `canPerform`, and tells what each kind of policy says of it. */
  explain(principal: Principal, action: string, resource: string, context?: RequestContext): Explanation;
  /**
   * Whether a principal is allowed every action, those included that the service reference does not know, on every
   * resource. `conditional` where it depends on conditions, or on a policy that could not be read.
   */
  administrator(principal: Principal): Extent;
  /** Whether the Allow statements of a document match every action on every resource, whatever else denies. */
  documentGrantsEverything(document: PolicyDocument): Extent;
  /** The policies that say what a user or role may do. */
  effectivePolicies(principal: User | Role): EffectivePolicies;
}

/** Who asks: a user, any session of a role, or the account's root user. */
export type Principal = User | Role | RootUser;

/** What decisions about a principal need, made ready once. */
interface PrincipalAccess {
  readonly policies: ApplicablePolicies;
  readonly context: ContextLookup;
}

/** Binds an account's snapshot to the decision engine, for requests made at a time; null: some time. */
export const createAccountAccess = (
  snapshot: AccountSnapshot,
  reference: ServiceReference,
  now: Instant | null = null,
): AccountAccess => {
  const compile = createPolicyCompiler(reference);
  const effectivePolicies = createEffectivePolicies(snapshot);
  // Principals that have a policy in common share what is made ready of it.
  const known = new Map<string, NamedPolicy>();
  const named = ({ name, document }: EffectivePolicy): NamedPolicy => {
    const policy = compile(document);
    const before = known.get(name);
    if (before?.policy === policy) return before;
    const fresh = { name, policy };
    known.set(name, fresh);
    return fresh;
  };
  const tagSession = requestedAction(reference, 'sts:TagSession');
  const roles = new Map<string, Role>(snapshot.roles.map((role) => [role.arn, role]));
  // Of a role's trust policy only calls of STS ask; to change or to pass a role needs no leave of it.
  const trustPolicyFor = (action: RequestedAction, resource: string): NamedPolicy | undefined => {
    const role = action.name.startsWith('sts:') ? roles.get(resource) : undefined;
    return role && { name: `${role.arn}#trust`, policy: compile(role.trustPolicy) };
  };
  const timeOf = (temporary: boolean): RequestTime | null => now && { now, temporary };
  const acceptsTags = (trustPolicy: PolicyDocument): boolean =>
    compile(trustPolicy).allows.some(({ actions }) => actions.matches(tagSession));

  const ready = new WeakMap<User | Role, PrincipalAccess>();
  const accessOf = (principal: User | Role): PrincipalAccess => {
    let access = ready.get(principal);
    if (access === undefined) {
      const { identity, boundary, missing } = effectivePolicies(principal);
      const sessionTags = 'roleName' in principal && acceptsTags(principal.trustPolicy);
      const unread = missing.identity.length + missing.boundary.length === 0 ? NOTHING_UNREAD : missing;
      access = {
        policies: { identity: identity.map(named), boundary: boundary?.map(named) ?? null, unread },
        context: principalContext(principal, snapshot.accountId, sessionTags),
      };
      ready.set(principal, access);
    }
    return access;
  };

  // One after the other, questions are mostly about the same action.
  let lastAction: readonly [name: string, action: RequestedAction] = ['', requestedAction(reference, '')];
  const actionOf = (name: string): RequestedAction => {
    if (lastAction[0] !== name) lastAction = [name, requestedAction(reference, name)];
    return lastAction[1];
  };

  const question = (principal: Principal, action: string, resource: string, context: RequestContext) => {
    const requested = actionOf(action);
    const { policies, context: facts } = isRootUser(principal) ? ROOT_ACCESS : accessOf(principal);
    const trust = trustPolicyFor(requested, resource);
    const request = {
      action: requested,
      resource,
      context: withContext(context, facts),
      time: timeOf('roleName' in principal),
      caller: { kind: kindOf(principal), arn: principal.arn, account: snapshot.accountId },
    };
    return { request, policies: trust === undefined ? policies : { ...policies, resource: trust } };
  };

  return {
    canPerform: (principal, action, resource, context = {}) => {
      const { request, policies } = question(principal, action, resource, context);
      return decide(request, policies);
    },
    explain: (principal, action, resource, context = {}) => {
      const { request, policies } = question(principal, action, resource, context);
      return explainDecision(request, policies);
    },
    administrator: (principal) => {
      if (isRootUser(principal)) return 'yes';
      const { policies, context } = accessOf(principal);
      return isAdministrator(policies, context, reference.positionCount, timeOf('roleName' in principal));
    },
    documentGrantsEverything: (document) =>
      allowEverything(compile(document).allows, reference.positionCount, () => 'unknown', timeOf(false)),
    effectivePolicies,
  };
};

const NOTHING_UNREAD: ApplicablePolicies['unread'] = { identity: [], boundary: [] };

/** The root user has no policies, needs none and can have no boundary (IAM User Guide, "AWS account root user"). */
const ROOT_ACCESS: PrincipalAccess = {
  policies: { identity: [], boundary: null, unread: NOTHING_UNREAD },
  context: () => 'unknown',
};

const kindOf = (principal: Principal): 'user' | 'role' | 'root' => {
  if ('userName' in principal) return 'user';
  return 'roleName' in principal ? 'role' : 'root';
};

const isRootUser = (principal: Principal): principal is RootUser =>
  !('userName' in principal) && !('roleName' in principal);
