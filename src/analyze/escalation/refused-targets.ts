import type { Role, User } from '../../snapshot/account-snapshot.ts';
import type { Way } from './escalation-method.ts';
import type { OwnState } from './own-state.ts';

/**
 * Tells whether a request of a way on the target itself is denied whatever the circumstances, without looking at the others:
 * a hundred ways ask for the same one.
 */
export type RefusalReader = (state: OwnState, way: Way, other: User | Role, kind: number) => boolean;

/** Makes the reader. `kind`: what is denied on one target of a kind is denied on all of it. */
export const createRefusalReader = (): RefusalReader => {
  const known = new WeakMap<OwnState, Map<string, boolean>>();
  const actionsOf = new WeakMap<Way, readonly string[]>();
  return (state, way, other, kind) => {
    const refused = known.get(state) ?? new Map<string, boolean>();
    known.set(state, refused);
    const actions = actionsOf.get(way) ?? actionsOnTarget(way);
    actionsOf.set(way, actions);
    return actions.some((action) => {
      const key = `${action} ${kind}`;
      const answer = refused.get(key) ?? isDenied(state, action, other.arn);
      refused.set(key, answer);
      return answer;
    });
  };
};

const isDenied = ({ access, self, context }: OwnState, action: string, arn: string): boolean => {
  const { kind } = access.canPerform(self, action, arn, context);
  return kind === 'explicitDeny' || kind === 'implicitDeny';
};

/** The actions that a way surely asks for on the user or role that it is after, as that is before any request. */
const actionsOnTarget = ({ on, requires }: Way): readonly string[] =>
  on === 'user' || on === 'role'
    ? requires.flatMap((requirement) =>
        'action' in requirement &&
        (requirement.on ?? 'target') === 'target' &&
        requirement.after === undefined &&
        requirement.onlyIf === undefined
          ? [requirement.action]
          : [],
      )
    : [];
