import { OWN_PASSWORD, ownPasswordDocument } from '../../access/own-password.ts';
import type { ApplicablePolicies, NamedPolicy } from '../../evaluate/applicable-policies.ts';
import type { Doubt } from '../../evaluate/decision.ts';
import type { Arn } from '../../iam/arn.ts';
import { unreadDocument } from '../../policy/unread-document.ts';
import {
  type AccountState,
  type InlinePolicyState,
  type ManagedPolicyState,
  nameKey,
  type RoleState,
  type UserState,
} from '../account-state.ts';
import type { Caller, Session } from '../call.ts';
import { findPolicy } from '../operations/account-entities.ts';
import type { PolicyCache } from './policy-cache.ts';

/** Finds the policies that say what a caller of an account may do. */
export type CallerPolicies = (state: AccountState, caller: Caller) => ApplicablePolicies;

/** What a user or role has, and what it was found in; as long as that stays the same, it does. */
interface Ready {
  readonly parts: readonly (object | undefined)[];
  readonly policies: ApplicablePolicies;
}

/**
 * Makes a finder of callers' policies that does its work once for each user and role, until it changes or one of its groups
 * or managed policies does. Source: "Policy evaluation logic", IAM User Guide.
 */
export const createCallerPolicies = (compile: PolicyCache): CallerPolicies => {
  const ready = new WeakMap<UserState | RoleState, Ready>();
  const ofEntity = (state: AccountState, entity: UserState | RoleState): ApplicablePolicies => {
    const parts = partsOf(state, entity);
    const before = ready.get(entity);
    if (before?.parts.every((part, at) => part === parts[at]) === true) return before.policies;
    const policies = policiesOf(state, entity, compile);
    ready.set(entity, { parts, policies });
    return policies;
  };
  return (state, caller) => {
    switch (caller.kind) {
      case 'user': {
        const user = state.users.get(caller.nameKey);
        return user === undefined ? NOBODY : ofEntity(state, user);
      }
      case 'role': {
        const role = state.roles.get(caller.nameKey);
        const own = role === undefined ? NOBODY : ofEntity(state, role);
        return withSession(state, own, caller.session, compile);
      }
      case 'federatedUser': {
        const issuer = caller.issuer === null ? undefined : state.users.get(caller.issuer);
        const own = issuer === undefined ? NOBODY : ofEntity(state, issuer);
        // Without a session policy nobody may do anything in the name of another (GetFederationToken, STS API Reference).
        return { session: [], ...withSession(state, own, caller.session, compile) };
      }
      case 'root':
        return caller.session === undefined
          ? NOBODY
          : withTask(withSession(state, NOBODY, caller.session, compile), compile);
      default:
        return NOBODY;
    }
  };
};

/** No policies: of the root user, which needs none, and of whoever has none. */
const NOBODY: ApplicablePolicies = { identity: [], boundary: null, unread: { identity: [], boundary: [] } };

/** What the policies of a user or role hang on, beside itself: its groups, all managed policies, the password policy. */
const partsOf = (state: AccountState, entity: UserState | RoleState): (object | undefined)[] => {
  const parts: (object | undefined)[] = entity.attachedPolicies.map((arn) => managed(state, arn));
  if (entity.permissionsBoundary !== null) parts.push(managed(state, entity.permissionsBoundary));
  if ('userName' in entity) parts.push(state.passwordPolicy ?? undefined);
  for (const name of 'groups' in entity ? entity.groups : []) {
    const group = state.groups.get(nameKey(name));
    parts.push(group, ...(group?.attachedPolicies ?? []).map((arn) => managed(state, arn)));
  }
  return parts;
};

const managed = (state: AccountState, arn: Arn): ManagedPolicyState | undefined => {
  const found = findPolicy(state, arn);
  return found.ok ? found.value : undefined;
};

/** Who can have policies embedded and attached. */
interface Holder {
  readonly arn: Arn;
  readonly inlinePolicies: readonly InlinePolicyState[];
  readonly attachedPolicies: readonly Arn[];
}

const policiesOf = (state: AccountState, entity: UserState | RoleState, compile: PolicyCache): ApplicablePolicies => {
  const unread: { readonly identity: Doubt[]; readonly boundary: Doubt[] } = { identity: [], boundary: [] };
  const read = (name: string, text: string, doubts: Doubt[]): readonly NamedPolicy[] => {
    const policy = compile(text);
    const problem = unreadDocument(policy.document);
    if (problem === null) return [{ name, policy }];
    doubts.push({ policy: name, pointer: problem.pointer, message: problem.message });
    return [];
  };
  const ofManaged = (arn: Arn, doubts: Doubt[]): readonly NamedPolicy[] => {
    const policy = managed(state, arn);
    return policy === undefined ? [] : read(arn, defaultDocument(policy), doubts);
  };
  const held = (holder: Holder): readonly NamedPolicy[] => [
    ...holder.inlinePolicies.flatMap(({ policyName, document }) =>
      read(`${holder.arn}#inline/${policyName}`, document, unread.identity),
    ),
    ...holder.attachedPolicies.flatMap((arn) => ofManaged(arn, unread.identity)),
  ];
  const groups = ('groups' in entity ? entity.groups : []).flatMap((name) => state.groups.get(nameKey(name)) ?? []);
  const { permissionsBoundary } = entity;
  return {
    identity: [
      ...[entity, ...groups].flatMap(held),
      ...('userName' in entity && state.passwordPolicy?.allowUsersToChangePassword === true
        ? [{ name: OWN_PASSWORD, policy: compile(JSON.stringify(ownPasswordDocument(state))) }]
        : []),
    ],
    boundary: permissionsBoundary === null ? null : ofManaged(permissionsBoundary, unread.boundary),
    unread,
  };
};

/** The task policies of AssumeRoot say what the root user may not do, and leave it the rest. */
const withTask = (policies: ApplicablePolicies, compile: PolicyCache): ApplicablePolicies => {
  const { session = null } = policies;
  if (session === null) return policies;
  return { ...policies, session: [...session, { name: 'root-user', policy: compile(EVERYTHING) }] };
};

const EVERYTHING = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';

const defaultDocument = ({ versions, defaultVersionId }: ManagedPolicyState): string =>
  versions.find(({ versionId }) => versionId === defaultVersionId)?.document ?? '';

/** The policies under those that were passed to a session; the same where none were. */
const withSession = (
  state: AccountState,
  own: ApplicablePolicies,
  { policy, policyArns }: Session,
  compile: PolicyCache,
): ApplicablePolicies => {
  if (policy === null && policyArns.length === 0) return own;
  const inline = policy === null ? [] : [{ name: 'session-policy', policy: compile(policy) }];
  const attached = policyArns.flatMap((arn) => {
    const found = managed(state, arn);
    return found === undefined ? [] : [{ name: arn, policy: compile(defaultDocument(found)) }];
  });
  return { ...own, session: [...inline, ...attached] };
};
