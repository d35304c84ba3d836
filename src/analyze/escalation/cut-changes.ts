import type { CutChange } from '../../finding/escalation-cut.ts';
import type { Statement } from '../../policy/policy-document.ts';
import type { CutGrant } from './cut-grants.ts';
import type { CutPolicies } from './cut-policies.ts';
import type { CutUseReader } from './cut-use.ts';

/** More resources than these are not denied one by one. */
const MOST_RESOURCES = 8;

/** The name of an inline policy that a Deny is put into where the policy that grants is not ours to edit. */
const DENYING_POLICY = 'deny-escalation';

/**
 * The changes that may take away what a grant gives, from the one to try first to the widest: what nobody uses goes as a
 * whole; of the rest only what the paths need, and more where that does not close them. Empty where nothing can be done.
 */
export const changesFor = (grant: CutGrant, policies: CutPolicies, useOf: CutUseReader): readonly CutChange[] => {
  const statement = policies.statementOf(grant.policy, grant.statement);
  if (statement === null) return [];
  const { policy } = grant;
  const whole: CutChange = { kind: 'remove-statement', policy, statement: grant.statement };
  if (grant.holder !== '') return ofReadOnlyPolicy(grant, policies);
  if (policy.endsWith('#trust')) return [whole];
  if (useOf(whole).status === 'unused') return [whole];
  const ofAction = withoutAction(statement, grant, whole);
  const narrow = onResources(statement, grant, policies);
  const first = narrow === null || useOf(ofAction).status === 'unused' ? [ofAction] : [narrow, ofAction];
  return ofAction === whole ? first : [...first, whole];
};

const withoutAction = ({ action }: Statement, grant: CutGrant, whole: CutChange): CutChange => {
  const { policy, statement } = grant;
  const written = action.patterns.filter((pattern) => pattern.toLowerCase() === grant.action.toLowerCase());
  if (action.kind === 'notAction' || written.length === 0) return denied(policy, grant.action, ['*']);
  return written.length === action.patterns.length
    ? whole
    : { kind: 'remove-actions', policy, statement, actions: written };
};

/** A Deny of the action on what the paths need, where the statement allows it on more. */
const onResources = ({ resource }: Statement, grant: CutGrant, policies: CutPolicies): CutChange | null => {
  const resources = [...grant.resources].sort();
  if (resources.length > MOST_RESOURCES || !resources.every(policies.isThere)) return null;
  const isWider = resource === null || resource.kind === 'notResource' || resource.patterns.some(isOther(resources));
  return isWider ? denied(grant.policy, grant.action, resources) : null;
};

const isOther =
  (resources: readonly string[]) =>
  (pattern: string): boolean =>
    !resources.includes(pattern);

const ofReadOnlyPolicy = (grant: CutGrant, policies: CutPolicies): readonly CutChange[] => {
  const { holder, policy } = grant;
  // Whom AWS keeps can be changed by nobody else, but for the permission set or service behind it.
  if (policies.isKeptByAws(holder)) return [];
  const resources = [...grant.resources].sort();
  const own = `${holder}#inline/${DENYING_POLICY}`;
  const narrow =
    resources.length <= MOST_RESOURCES && resources.every(policies.isThere)
      ? [denied(own, grant.action, resources)]
      : [];
  const detached: readonly CutChange[] = policies.isAttached(policy, holder)
    ? [{ kind: 'detach-policy', policy, holder }]
    : [];
  return [...narrow, denied(own, grant.action, ['*']), ...detached];
};

const denied = (policy: string, action: string, resources: readonly string[]): CutChange => ({
  kind: 'add-deny',
  policy,
  actions: [action],
  resources,
});

/** The same changes, those of one statement or about the same resources as one, and none twice. */
export const mergedChanges = (
  changes: readonly CutChange[],
  policies: Pick<CutPolicies, 'statementOf'>,
): readonly CutChange[] => {
  const merged = new Map<string, CutChange>();
  for (const change of changes) {
    const key = keyOf(change);
    const before = merged.get(key);
    merged.set(key, before === undefined ? change : united(before, change));
  }
  const whole = [...merged.values()].map((change) => wholeStatement(change, policies));
  const removed = new Set(whole.filter(({ kind }) => kind === 'remove-statement').map(statementKey));
  const kept = whole.filter((change) => change.kind !== 'remove-actions' || !removed.has(statementKey(change)));
  return [...new Map(kept.map((change) => [JSON.stringify(change), change])).values()];
};

const keyOf = (change: CutChange): string =>
  change.kind === 'add-deny'
    ? JSON.stringify([change.kind, change.policy, change.resources])
    : change.kind === 'remove-actions'
      ? JSON.stringify([change.kind, change.policy, change.statement])
      : JSON.stringify(change);

const statementKey = (change: CutChange): string =>
  'statement' in change ? `${change.policy} ${change.statement}` : '';

const united = (left: CutChange, right: CutChange): CutChange =>
  'actions' in left && 'actions' in right
    ? { ...left, actions: [...new Set([...left.actions, ...right.actions])].sort() }
    : left;

/** Who takes out all actions of a statement removes it. */
const wholeStatement = (change: CutChange, policies: Pick<CutPolicies, 'statementOf'>): CutChange => {
  if (change.kind !== 'remove-actions') return change;
  const { policy, statement, actions } = change;
  const left = policies.statementOf(policy, statement)?.action.patterns.some((pattern) => !actions.includes(pattern));
  return left === false ? { kind: 'remove-statement', policy, statement } : change;
};
