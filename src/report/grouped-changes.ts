import type { AccountChange } from '../finding/account-change.ts';

/** Changes that are the same, but for whom they are about. */
export interface ChangeGroup {
  readonly first: AccountChange;
  readonly changes: readonly AccountChange[];
}

/** Puts together what many things have in common, such as what an SCP takes from every role; in the order of the first of each. */
export const groupChanges = (changes: readonly AccountChange[]): readonly ChangeGroup[] => {
  const groups = new Map<string, { readonly first: AccountChange; readonly changes: AccountChange[] }>();
  for (const change of changes) {
    const { accountId, kind, subject, before, after, permissions, by } = change;
    const key = JSON.stringify([accountId, kind, subject.type, subject.part, before, after, permissions, by]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { first: change, changes: [change] });
    else known.changes.push(change);
  }
  return [...groups.values()];
};
