import type { Role, User } from '../../snapshot/account-snapshot.ts';
import { ARRIVED, type EscalationPath } from './escalation-path.ts';
import type { OwnState } from './own-state.ts';

/** Something worth reaching. */
export interface Goal {
  /** Those who may be there as they are. */
  readonly holders: Iterable<User | Role>;
  /**
   * The path of a principal that is there, as it is or as its own requests have made it: of no steps, or of such as concern
   * nobody else; null: it is not there.
   */
  arrival(state: OwnState): EscalationPath | null;
  /** Ids of the methods by which a service does for the principal what a holder may do, where that is enough. */
  readonly through: ReadonlySet<string>;
}

/** To be allowed everything that the policies of the organization leave. */
export const administratorGoal = (everybody: readonly (User | Role)[]): Goal => ({
  holders: everybody,
  arrival: ({ self, access }) => {
    const administrator = access.unlimited(self);
    if (administrator === 'no') return null;
    return administrator === 'yes' ? ARRIVED : { ...ARRIVED, reaches: 'administrator under conditions' };
  },
  through: new Set(),
});

/** To be one of some principals. */
export const principalGoal = (holders: ReadonlySet<User | Role>): Goal => ({
  holders,
  arrival: ({ self }) => (holders.has(self) ? { ...ARRIVED, reaches: self.arn } : null),
  through: new Set(),
});
