import { addDays, type Instant } from '../../kernel/time.ts';
import type { ActionUseState } from '../access-record-state.ts';
import { indexPrefix } from '../account-edits.ts';
import type { AccountState, RoleState, UserState } from '../account-state.ts';

/** How far back AWS tells. Source: "Refine permissions in AWS using last accessed information", IAM User Guide. */
export const TRACKED_DAYS = 400;

/** The latest call of each action by a user or role, as far back as AWS tells. */
export const usesOf = (
  { actionUses }: AccountState,
  entity: UserState | RoleState,
  now: Instant,
): readonly ActionUseState[] => {
  const since = addDays(now, -TRACKED_DAYS);
  const prefix = indexPrefix('userId' in entity ? entity.userId : entity.roleId);
  return [...actionUses.entriesWithPrefix(prefix)].map(([, use]) => use).filter(({ date }) => date >= since);
};

/** The service of an action. */
export const serviceOf = ({ action }: ActionUseState): string => action.slice(0, action.indexOf(':'));

/** The latest of some uses; undefined where there are none. */
export const latest = <Use extends { readonly date: Instant }>(uses: readonly Use[]): Use | undefined =>
  uses.reduce<Use | undefined>((last, use) => (last === undefined || use.date > last.date ? use : last), undefined);
