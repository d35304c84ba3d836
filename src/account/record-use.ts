import { epochMillis, type Instant } from '../kernel/time.ts';
import { indexPrefix, withRole, withUser } from './account-edits.ts';
import type { AccountState } from './account-state.ts';
import type { Call } from './call.ts';
import { accountAt, type CloudState, withAccount } from './cloud-state.ts';
import type { AccessKeyState } from './credential-state.ts';

/**
 * The cloud after a call of an operation with valid credentials: when the access key was last used, or the role, and when
 * the user or role last called the action. IAM does so once in fifteen minutes, and of calls that are denied too.
 * Source: "Get credential reports for your AWS account" and "Refine permissions in AWS using last accessed information",
 * IAM User Guide.
 */
export const withUse = (cloud: CloudState, call: Call, operation: string): CloudState => {
  const state = accountAt(cloud, call.account);
  const service = operation.slice(0, operation.indexOf(':'));
  const after = withActionUse(used(state, call, service), call, operation);
  return after === state ? cloud : withAccount(cloud, after);
};

const withActionUse = (state: AccountState, { caller, now, region }: Call, action: string): AccountState => {
  const id =
    caller.kind === 'user'
      ? state.users.get(caller.nameKey)?.userId
      : caller.kind === 'role'
        ? state.roles.get(caller.nameKey)?.roleId
        : undefined;
  if (id === undefined) return state;
  const key = actionUseKey(id, action);
  if (isRecent(state.actionUses.get(key) ?? null, now)) return state;
  return { ...state, actionUses: state.actionUses.set(key, { action, date: now, region }) };
};

/** What stands for an action of a user or role, by its unique id, in the account's uses. */
export const actionUseKey = (entityId: string, action: string): string => `${indexPrefix(entityId)}${action}`;

const used = (state: AccountState, call: Call, service: string): AccountState => {
  const { caller, now, region } = call;
  if (caller.kind === 'role') {
    const role = state.roles.get(caller.nameKey);
    if (role === undefined || isRecent(role.lastUsed, now)) return state;
    return withRole(state, { ...role, lastUsed: { date: now, region } });
  }
  if ((caller.kind !== 'user' && caller.kind !== 'root') || caller.session !== undefined) return state;
  const holder = caller.kind === 'root' ? state.root : state.users.get(caller.nameKey);
  const key = holder?.accessKeys.find(({ accessKeyId }) => accessKeyId === call.accessKeyId);
  if (key === undefined || isRecent(key.lastUsed, now)) return state;
  const lastUsed = { date: now, service, region };
  const withKey = <Holder extends { readonly accessKeys: readonly AccessKeyState[] }>(before: Holder): Holder => ({
    ...before,
    accessKeys: before.accessKeys.map((each) => (each === key ? { ...key, lastUsed } : each)),
  });
  if (caller.kind === 'root') return { ...state, root: withKey(state.root) };
  const user = state.users.get(caller.nameKey);
  return user === undefined ? state : withUser(state, withKey(user));
};

const RESOLUTION_MS = 15 * 60 * 1000;

const isRecent = (use: { readonly date: Instant } | null, now: Instant): boolean =>
  use !== null && epochMillis(now) - epochMillis(use.date) < RESOLUTION_MS;
