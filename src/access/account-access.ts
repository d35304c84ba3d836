import type { ApplicablePolicies } from '../evaluate/applicable-policies.ts';
import { decide, needsNoPermission } from '../evaluate/decide.ts';
import type { Decision } from '../evaluate/decision.ts';
import { type Explanation, explainDecision } from '../evaluate/explain-decision.ts';
import { firstKnown, type RequestContext, withContext } from '../evaluate/request-context.ts';
import type { Instant } from '../kernel/time.ts';
import type { RequestedAction } from '../policy/compile-policy.ts';
import type { ContextLookup } from '../policy/context-lookup.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot, Role, RootUser, User } from '../snapshot/account-snapshot.ts';
import { createGround, type Ground } from './account-ground.ts';
import { contextAcross, type ResourceSide, resourceSide, withResourceSide } from './across-accounts.ts';
import { isAdministrator, leavesEverything } from './administrator.ts';
import { createEffectivePolicies, type EffectivePolicies } from './effective-policies.ts';
import { createGrantIndex, type GrantIndex } from './grant-index.ts';
import { allowEverything, type Extent } from './grants-everything.ts';
import { literalStart } from './literal-start.ts';
import type { AdmittedOutsider, OutsideAccess, OutsideRequest } from './outside-access.ts';
import type { Asker, PolicyCarrier } from './permissions/read-clauses.ts';
import { principalContext } from './principal-context.ts';
import { isRootUser, isServiceLinked } from './principal-kind.ts';
import type { KnownResource } from './resource-index.ts';

/**
 * Who can do what in an account, as far as its identity-based policies, permissions boundaries, role trust policies and
 * the SCPs, RCPs and resource-based policies that the snapshot knows say.
 */
export interface AccountAccess {
  /**
   * Whether a principal may perform an action on a resource. `resource` is an ARN without wildcards, or `*` for an action
   * that takes none; of one of another account, nobody asks what that account says unless it is given (`theirs`). Of the context, what the facts of principal and resource do not say is
   * unknown unless given.
   */
  canPerform(
    principal: Principal,
    action: string,
    resource: string,
    context?: RequestContext,
    theirs?: ResourceSide | null,
  ): Decision;
  /** What the account says of requests of others about a resource of its own; null: it does not know that, or has no such resource. */
  resourceSide(action: string, resource: string): ResourceSide | null;
  /** Whose a resource is, as its ARN or the list of the account's own resources says; null: neither does. */
  ownerOf(resource: string): string | null;
  /**
   * Those outside the account whom the resource's own policy (bucket policy, key policy, role trust policy, …) lets perform
   * an action; nobody where the snapshot knows no such policy. What their own accounts say is not asked.
   */
  outsidersWhoCan(action: string, resource: string, context?: RequestContext): readonly AdmittedOutsider[];
  /** What outsiders ask of a resource by its own policy; null: it has none, or none that the snapshot knows. */
  outsideRequest(action: string, resource: string): OutsideRequest | null;
  /** What decides about such requests. */
  readonly outside: OutsideAccess;
  /**
   * Those of the account who may be allowed an action on a resource, the root user first, in the snapshot's order. To all
   * others `canPerform` denies it. `resource` may be a pattern, such as `arn:*`: on whatever it matches, but for what a
   * resource's own policy grants.
   */
  candidates(action: string, resource: string): readonly Principal[];
  /** Decides like `canPerform`, and tells what each kind of policy says of it. */
  explain(
    principal: Principal,
    action: string,
    resource: string,
    context?: RequestContext,
    theirs?: ResourceSide | null,
  ): Explanation;
  /**
   * Whether a principal is allowed every action, those included that the service reference does not know, on every
   * resource. `conditional` where it depends on conditions, or on a policy that could not be read.
   */
  administrator(principal: Principal): Extent;
  /** The same of all that the SCPs above the account leave: whether nothing of the principal's own limits it. */
  unlimited(principal: Principal): Extent;
  /** Whether the Allow statements of a document match every action on every resource, whatever else denies. */
  documentGrantsEverything(document: PolicyDocument): Extent;
  /** The policies that say what a user or role may do. */
  effectivePolicies(principal: User | Role): EffectivePolicies;
  /** A principal with its own policies, for questions about more than one request; of the context, what its facts say. */
  asker(principal: Principal, context?: RequestContext): Asker;
  /** The account's resources that carry a policy, its roles with their trust policies among them. */
  carriers(): readonly PolicyCarrier[];
  /** The same account, where the policies of principals are found in other places than its own. */
  withPolicies(parts: PolicyParts): AccountAccess;
}

/** What the policies of principals are found in. */
export interface PolicyParts extends Pick<AccountSnapshot, 'groups' | 'managedPolicies'> {
  /** Trust policies of roles, by ARN, that are others than in the account, or of roles that it does not have yet. */
  readonly trustPolicies?: ReadonlyMap<string, PolicyDocument>;
  /** False: the policies of the organization limit nobody. */
  readonly guarded?: boolean;
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
): AccountAccess => bindPolicies(createGround(snapshot, reference, now), snapshot);

const bindPolicies = (ground: Ground, parts: PolicyParts): AccountAccess => {
  const { snapshot, reference, compile, named, actionOf, timeOf, callerOf, resources, ownPassword, tagSession } =
    ground;
  const levels = parts.guarded === false ? {} : ground.levels;
  const effectivePolicies = createEffectivePolicies(parts);
  const acceptsTags = (trustPolicy: PolicyDocument): boolean =>
    compile(trustPolicy).allows.some(({ actions }) => actions.matches(tagSession));

  const rootAccess: PrincipalAccess = {
    policies: { ...ROOT_POLICIES, ...levels },
    context: ground.rootContext,
  };
  const ready = new WeakMap<User | Role, PrincipalAccess>();
  const accessOf = (principal: Principal): PrincipalAccess => {
    if (isRootUser(principal)) return rootAccess;
    let access = ready.get(principal);
    if (access === undefined) {
      const { identity, boundary, missing } = effectivePolicies(principal);
      const sessionTags = 'roleName' in principal && acceptsTags(principal.trustPolicy);
      const unread = missing.identity.length + missing.boundary.length === 0 ? NOTHING_UNREAD : missing;
      const granted = 'userName' in principal ? [...identity, ...ownPassword] : identity;
      const own = { identity: granted.map(named), boundary: boundary?.map(named) ?? null, unread };
      access = {
        policies: isServiceLinked(principal) ? own : { ...own, ...levels },
        context: principalContext(principal, snapshot, sessionTags),
      };
      ready.set(principal, access);
    }
    return access;
  };

  const changedTrust = (action: RequestedAction, arn: string): Pick<KnownResource, 'policy'> | undefined => {
    const document = action.name.startsWith('sts:') ? parts.trustPolicies?.get(arn) : undefined;
    return document && { policy: { name: `${arn}#trust`, policy: compile(document) } };
  };
  const question = (
    principal: Principal,
    action: string,
    resource: string,
    context: RequestContext,
    theirs: ResourceSide | null = null,
  ) => {
    const requested = actionOf(action);
    const { policies, context: facts } = accessOf(principal);
    const caller = callerOf(principal);
    const time = timeOf(principal);
    if (theirs !== null) {
      const known = withContext(context, firstKnown(facts, contextAcross(caller, theirs)));
      return {
        request: { action: requested, resource, resourceAccount: theirs.account, context: known, time, caller },
        policies: withResourceSide(policies, theirs, isServiceLinked(principal)),
      };
    }
    const known = { ...resources(requested, resource), ...changedTrust(requested, resource) };
    const request = {
      action: requested,
      resource,
      context: withContext(context, firstKnown(facts, known.context)),
      time,
      caller,
    };
    return { request, policies: withResource(policies, known) };
  };
  let grantIndex: GrantIndex | undefined;
  const granted = new Map<string, readonly (User | Role)[]>();
  const grantees = (action: RequestedAction, resource: string): readonly (User | Role)[] => {
    grantIndex ??= createGrantIndex(ground.everybody, (principal) => accessOf(principal).policies);
    // Of single resources there are many: who is granted the action on any is found once for all of them.
    const start = literalStart(resource.includes('*') ? resource : 'arn:*');
    const key = `${action.name} ${start}`;
    const found = granted.get(key) ?? grantIndex(action, start);
    granted.set(key, found);
    return found;
  };
  const candidates = (action: string, resource: string): readonly Principal[] => {
    const requested = actionOf(action);
    const { policy } = resources(requested, resource);
    const named = policy === null ? [] : ground.namedPrincipals(policy.policy, requested);
    if (named === null || needsNoPermission(requested)) return [snapshot.root, ...ground.everybody];
    const granted = grantees(requested, resource);
    if (named.length === 0) return [snapshot.root, ...granted];
    const all = new Set([...granted, ...named]);
    return [snapshot.root, ...ground.everybody.filter((principal) => all.has(principal))];
  };

  const outsideRequest: AccountAccess['outsideRequest'] = (action, resource) => {
    const { policy, restrictsPublicAccess } = resources(actionOf(action), resource);
    return (
      policy && {
        policy: { name: policy.name, document: policy.policy.document },
        account: snapshot.accountId,
        action,
        resource,
        context: ground.ownResource,
        settings: { s3: { blockPublicAccess: restrictsPublicAccess } },
        ...(levels.rcps && { rcps: levels.rcps }),
      }
    );
  };

  const unlimited = new WeakMap<Principal, Extent>();
  const isUnlimited = (principal: Principal): Extent => {
    const { scps: _, ...own } = accessOf(principal).policies;
    return allowedAll(principal, own);
  };
  const allowedAll = (principal: Principal, policies: ApplicablePolicies): Extent => {
    const { context } = accessOf(principal);
    const judging = { context, positionCount: reference.positionCount, time: timeOf(principal) };
    return isRootUser(principal) ? leavesEverything(policies, judging) : isAdministrator(policies, judging);
  };

  return {
    canPerform: (principal, action, resource, context = {}, theirs = null) => {
      const { request, policies } = question(principal, action, resource, context, theirs);
      return decide(request, policies);
    },
    outsidersWhoCan: (action, resource, context = {}) => {
      const request = outsideRequest(action, resource);
      if (request === null) return [];
      return ground.outside.whoCan({ ...request, context: { ...request.context, ...context } });
    },
    outsideRequest,
    outside: ground.outside,
    candidates,
    ownerOf: (resource) => resources(tagSession, resource).owner,
    resourceSide: (action, resource) => resourceSide(resources(actionOf(action), resource), snapshot.accountId, levels),
    explain: (principal, action, resource, context = {}, theirs = null) => {
      const { request, policies } = question(principal, action, resource, context, theirs);
      return explainDecision(request, policies);
    },
    administrator: (principal) => allowedAll(principal, accessOf(principal).policies),
    unlimited: (principal) => {
      const extent = unlimited.get(principal) ?? isUnlimited(principal);
      unlimited.set(principal, extent);
      return extent;
    },
    documentGrantsEverything: (document) =>
      allowEverything(compile(document).allows, reference.positionCount, () => 'unknown', ground.somebody),
    effectivePolicies,
    asker: (principal, context = {}) => {
      const { policies, context: facts } = accessOf(principal);
      const time = timeOf(principal);
      return { policies, context: withContext(context, facts), time, caller: callerOf(principal) };
    },
    carriers: ground.carriers,
    withPolicies: (others) => bindPolicies(ground, others),
  };
};

const NOTHING_UNREAD: ApplicablePolicies['unread'] = { identity: [], boundary: [] };

/** The root user has no policies, needs none and can have no boundary (IAM User Guide, "AWS account root user"). */
const ROOT_POLICIES: ApplicablePolicies = { identity: [], boundary: null, unread: NOTHING_UNREAD };

/** The RCPs above the account are about its own resources. */
const withResource = (policies: ApplicablePolicies, { foreign, policy }: KnownResource): ApplicablePolicies => {
  if (policy !== null) return { ...policies, resource: policy };
  if (!foreign || policies.rcps === undefined) return policies;
  const { rcps: _, ...others } = policies;
  return others;
};
