import { type AccountAccess, createAccountAccess } from '../access/account-access.ts';
import { compileWildcard } from '../iam/wildcard.ts';
import type { JsonObject } from '../kernel/json.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import { parsePolicyDocument } from '../policy/parse-policy-document.ts';
import type { Statement } from '../policy/policy-document.ts';
import type { ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot, Role, User } from '../snapshot/account-snapshot.ts';
import { type SeenUse, usedBy } from '../snapshot/cloudtrail.ts';
import { isNeverTold } from '../snapshot/last-accessed.ts';
import { isManagedByAws } from './facts/managed-by-aws.ts';
import { changedGrants, grantsOf } from './usage/compare-grants.ts';
import { createUsageReader, type ServiceUsage } from './usage/read-usage.ts';
import { createActionsWriter, type Unused } from './usage/smaller-actions.ts';
import { documentJson, statementJson } from './usage/statement-json.ts';

/** The policy that would leave a principal what it used. */
export interface PolicyProposal {
  readonly principal: string;
  /** How far back its use is known. */
  readonly trackedDays: number;
  /** One policy in the place of all that are embedded in it, attached to it, or come from its groups. */
  readonly document: JsonObject;
  /** Its length as AWS counts it, without white space: a user may have 2,048 of inline policies, a role 10,240. */
  readonly characters: number;
  /** The statements that say less than today, or nothing any more. */
  readonly changes: readonly StatementChange[];
  /** The known actions that are granted today and no longer would be. */
  readonly removed: readonly string[];
  /** What CloudTrail shows that it used, by service and action: the resources may tell how far each statement could be narrowed. */
  readonly seen: readonly SeenUse[];
  /** What the engine says of the two: both are empty, or the proposal must not be used. */
  readonly verification: {
    /** Actions that were not unused, and would be granted no longer or on other terms. */
    readonly lost: readonly string[];
    /** Unused actions that would still be granted, or any that are granted only by the proposal. */
    readonly left: readonly string[];
  };
}

/** A statement of today that would say less. */
export interface StatementChange {
  /** The managed policy's ARN, or `arn#inline/name`. */
  readonly policy: string;
  /** Its place in the document. */
  readonly pointer: string;
  /** The patterns of its `Action`, or of its `NotAction` where it has that. */
  readonly before: { readonly kind: 'action' | 'notAction'; readonly patterns: readonly string[] };
  /** The patterns of the `Action` that would be left; none: the statement would go. */
  readonly after: readonly string[];
}

/** What a proposal is made from. */
export interface ProposalContext {
  readonly snapshot: AccountSnapshot;
  readonly access: AccountAccess;
  readonly reference: ServiceReference;
  readonly now: Instant;
  /** What was not used for so many days is unused. */
  readonly unusedDays: number;
  /** Patterns of actions that stay whether they are used or not: `dynamodb:Restore*`. */
  readonly keep: readonly string[];
}

/**
 * Proposes the policy that keeps what a user or role used, of all that its identity-based policies grant. What IAM does
 * not tell of stays: `iam:PassRole`, untracked services and actions; and so does what is granted since too short a time.
 * Deny statements, boundaries and SCPs stay as they are. The error says why nothing can be proposed.
 */
export const proposePolicy = (principal: User | Role, context: ProposalContext): Result<PolicyProposal, string> => {
  const { snapshot, access, reference, now } = context;
  if ('roleName' in principal && isManagedByAws(principal)) return err(`${principal.arn} is managed by AWS`);
  const usage = createUsageReader(snapshot, { access, reference, now })(principal);
  if (usage.kind === 'unknown') return err(`what ${principal.arn} used is not known: ${usage.gap.detail}`);
  if (usage.services.every(({ lastUsed }) => lastUsed === null)) {
    return err(
      `IAM tells of nothing that ${principal.arn} used in ${usage.trackedDays} days: there is nothing to keep`,
    );
  }
  const unused = unusedOf(usage.services, context);
  const write = createActionsWriter(reference, unused);
  const changes: StatementChange[] = [];
  const statements: JsonObject[] = [];
  for (const { name: policy, document } of access.effectivePolicies(principal).identity) {
    for (const statement of document.statements) {
      const action = statement.effect === 'Allow' ? write(statement.action) : statement.action;
      if (action !== statement.action) changes.push(changeOf(policy, statement, action.patterns));
      if (action.patterns.length > 0) statements.push(statementJson({ ...statement, action }, document.version));
    }
  }
  const document = documentJson(statements);
  return ok({
    principal: principal.arn,
    trackedDays: usage.trackedDays,
    document,
    characters: JSON.stringify(document).length,
    changes,
    seen: snapshot.cloudTrail.known ? usedBy(principal.arn, snapshot.cloudTrail.value) : [],
    ...verify(principal, document, unused, context),
  });
};

const changeOf = (policy: string, { pointer, action }: Statement, after: readonly string[]): StatementChange => ({
  policy,
  pointer,
  before: { kind: action.kind, patterns: action.patterns },
  after,
});

const unusedOf = (services: readonly ServiceUsage[], { unusedDays, keep }: ProposalContext): Unused => {
  const byService = new Map(services.map((service) => [service.service.toLowerCase(), service]));
  const idleActions = new Set(
    services.flatMap(({ actions }) =>
      actions.filter(({ idleDays }) => idleDays >= unusedDays).map(({ action }) => action.toLowerCase()),
    ),
  );
  const kept = keep.map((pattern) => compileWildcard(pattern.toLowerCase()));
  const isIdleService = (service: string): boolean => (byService.get(service)?.idleDays ?? 0) >= unusedDays;
  return {
    isIdleService,
    isUnused: (name) => {
      const action = name.toLowerCase();
      if (isNeverTold(action) || kept.some((matches) => matches(action))) return false;
      return isIdleService(action.slice(0, action.indexOf(':'))) || idleActions.has(action);
    },
  };
};

/** Asks the engine what is granted today and with the proposal alone. */
const verify = (
  principal: User | Role,
  document: JsonObject,
  { isUnused }: Unused,
  { snapshot, access, reference, now }: ProposalContext,
): Pick<PolicyProposal, 'removed' | 'verification'> => {
  const inlinePolicies = [{ policyName: 'proposal', document: parsePolicyDocument(document) }];
  const own = { inlinePolicies, attachedManagedPolicies: [] };
  const changed: User | Role =
    'userName' in principal ? { ...principal, ...own, groups: [] } : { ...principal, ...own };
  const isSame = ({ arn }: User | Role): boolean => arn === principal.arn;
  const proposed: AccountSnapshot = {
    ...snapshot,
    users: snapshot.users.map((user) => ('userName' in changed && isSame(user) ? changed : user)),
    roles: snapshot.roles.map((role) => ('roleName' in changed && isSame(role) ? changed : role)),
  };
  const before = grantsOf(principal, access, reference);
  const accessThen = createAccountAccess(proposed, reference, now);
  const after = grantsOf(changed, accessThen, reference);
  // What no policy of its own gives it: the account's password policy lets users change their own password.
  const anyway = grantsOf({ ...changed, inlinePolicies: [] }, accessThen, reference);
  return {
    removed: [...before.keys()].filter((name) => !after.has(name)),
    verification: {
      lost: changedGrants(before, after).filter((name) => !isUnused(name)),
      left: [...after.keys()].filter((name) => !anyway.has(name) && (isUnused(name) || !before.has(name))),
    },
  };
};
