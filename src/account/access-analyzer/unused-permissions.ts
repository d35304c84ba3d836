import { daysBetween, type Instant } from '../../kernel/time.ts';
import type { ActionUseState } from '../access-record-state.ts';
import type { AccountState, RoleState, UserState } from '../account-state.ts';
import { grantedActions } from '../last-access/granted-actions.ts';
import { findReportSubject } from '../last-access/report-subject.ts';
import { TRACKED_SERVICES } from '../last-access/service-report.ts';
import { latest, serviceOf, usesOf } from '../last-access/uses.ts';
import { compiledPolicy } from '../simulate/simulation.ts';

/** A service that somebody may use and does not, or not with all that is permitted. */
export interface UnusedService {
  readonly service: string;
  /** Null: not as far back as AWS tells. */
  readonly lastAccessed: Instant | null;
  /** The permitted actions that are not used; null: nothing of the service is. */
  readonly actions: readonly UnusedAction[] | null;
}

/** An action that somebody may call and does not. */
export interface UnusedAction {
  /** Without its service. */
  readonly action: string;
  readonly lastAccessed: Instant | null;
}

/**
 * The services that a user's or role's own policies permit and that it has not used for some days, and of the services it
 * uses the actions, where their calls can be seen.
 */
export const unusedServices = (
  state: AccountState,
  entity: UserState | RoleState,
  ageDays: number,
  now: Instant,
): readonly UnusedService[] => {
  const subject = findReportSubject(state, entity.arn);
  const granted = grantedActions(subject.ok ? subject.value.documents.map(compiledPolicy) : []);
  const uses = usesOf(state, entity, now);
  const isRecent = (last: ActionUseState | undefined): boolean =>
    last !== undefined && daysBetween(last.date, now) < ageDays;
  return [...granted].toSorted(byName).flatMap(([service, actions]): readonly UnusedService[] => {
    const own = uses.filter((use) => serviceOf(use) === service);
    const last = latest(own);
    const lastAccessed = last?.date ?? null;
    if (!isRecent(last)) return [{ service, lastAccessed, actions: null }];
    if (!TRACKED_SERVICES.has(service)) return [];
    const unused = [...actions].toSorted().flatMap((action): readonly UnusedAction[] => {
      const use = own.find((each) => each.action === `${service}:${action}`);
      // Nobody calls `iam:PassRole` by itself.
      if (isRecent(use) || `${service}:${action}` === 'iam:PassRole') return [];
      return [{ action, lastAccessed: use?.date ?? null }];
    });
    return unused.length === 0 ? [] : [{ service, lastAccessed, actions: unused }];
  });
};

/** The same of the user or role with an ARN; none where there is none. */
export const unusedServicesOf = (
  state: AccountState,
  arn: string,
  ageDays: number,
  now: Instant,
): readonly UnusedService[] => {
  const subject = findReportSubject(state, arn);
  const entity = subject.ok ? subject.value.entities.find((each) => each.arn === arn) : undefined;
  return entity === undefined ? [] : unusedServices(state, entity, ageDays, now);
};

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;
