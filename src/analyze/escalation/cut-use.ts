import type { CutChange, CutUse } from '../../finding/escalation-cut.ts';
import type { Statement } from '../../policy/policy-document.ts';
import type { ActionIndex } from '../../reference/action-index.ts';
import { type Bitset, complement, hasBit } from '../../reference/bitset.ts';
import type { AccountSnapshot, Role, User } from '../../snapshot/account-snapshot.ts';
import { isNeverTold } from '../../snapshot/last-accessed.ts';
import type { ServiceUsage, UsageReader } from '../usage/read-usage.ts';
import type { CutPolicies } from './cut-policies.ts';

/** Tells what access in use a change would take. */
export type CutUseReader = (change: CutChange) => CutUse;

/** How many uses are named. */
const MOST_NAMED = 5;

/** Makes the reader of an account. Each change is judged once. */
export const createCutUseReader = (
  { groups, users, roles }: AccountSnapshot,
  policies: CutPolicies,
  reference: ActionIndex,
  usageOf: UsageReader,
): CutUseReader => {
  const nameOfGroup = new Map<string, string>(groups.map(({ arn, groupName }) => [arn, groupName]));
  const membersOf = (holder: string): readonly (User | Role)[] => {
    const groupName = nameOfGroup.get(holder);
    if (groupName === undefined) return [...users, ...roles].filter(({ arn }) => arn === holder);
    return users.filter((user) => user.groups.includes(groupName));
  };
  const losersOf = (change: CutChange): readonly (User | Role)[] => {
    switch (change.kind) {
      case 'remove-statement':
      case 'remove-actions':
        return policies.holdersOf(change.policy);
      case 'add-deny': {
        const holders = policies.holdersOf(change.policy);
        return holders.length > 0 ? holders : membersOf(change.policy.split('#')[0] ?? '');
      }
      case 'detach-policy':
        return membersOf(change.holder);
      case 'set-boundary':
        return membersOf(change.principal);
    }
  };
  const matching = ({ kind, patterns }: Statement['action']): Bitset => {
    const matched = reference.matchActions(patterns);
    return kind === 'action' ? matched : complement(matched, reference.positionCount);
  };
  const actionsOf = (change: CutChange): Bitset => {
    switch (change.kind) {
      case 'remove-statement': {
        const statement = policies.statementOf(change.policy, change.statement);
        return statement === null ? reference.matchActions(['*']) : matching(statement.action);
      }
      case 'remove-actions':
      case 'add-deny':
        return reference.matchActions(change.actions);
      case 'detach-policy':
        return reference.matchActions(['*']);
      case 'set-boundary':
        return reference.matchActions(change.denies);
    }
  };
  const judge = (change: CutChange): CutUse => {
    const losers = losersOf(change);
    if (losers.length === 0) return { status: 'unknown', used: [] };
    const taken = actionsOf(change);
    const names = reference.names.filter((_, position) => hasBit(taken, position));
    const uses = losers.map((loser) => usesOf(loser, names, usageOf));
    const used = uses
      .flatMap((use) => use.used)
      .sort((left, right) => (left.lastUsed < right.lastUsed ? 1 : left.lastUsed > right.lastUsed ? -1 : 0));
    if (used.length > 0) return { status: 'used', used: used.slice(0, MOST_NAMED) };
    return { status: uses.every(({ isTold }) => isTold) ? 'unused' : 'unknown', used: [] };
  };
  const known = new Map<string, CutUse>();
  return (change) => {
    const key = JSON.stringify(change);
    const use = known.get(key) ?? judge(change);
    known.set(key, use);
    return use;
  };
};

/** What a principal used of some actions, and whether that is all that there is to tell. */
const usesOf = (
  principal: User | Role,
  names: readonly string[],
  usageOf: UsageReader,
): { readonly used: CutUse['used']; readonly isTold: boolean } => {
  const usage = usageOf(principal);
  if (usage.kind === 'unknown') return { used: [], isTold: false };
  const services = new Map(usage.services.map((service) => [service.service.toLowerCase(), service]));
  let isTold = true;
  const used = names.flatMap((name) => {
    const service = services.get(name.slice(0, name.indexOf(':')).toLowerCase());
    const told = service === undefined || isNeverTold(name) ? null : toldOf(service, name);
    if (told === null) isTold = false;
    return typeof told === 'string' ? [{ principal: principal.arn, action: name, lastUsed: told }] : [];
  });
  return { used, isTold };
};

/** When an action was last used; false: never, as far back as is known; null: nobody tells. */
const toldOf = ({ lastUsed, actions }: ServiceUsage, name: string): string | false | null => {
  if (lastUsed === null) return false;
  const told = actions.find(({ action }) => action.toLowerCase() === name.toLowerCase());
  return told === undefined ? null : (told.lastUsed ?? false);
};
