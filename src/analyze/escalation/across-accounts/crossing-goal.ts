import type { AccountAccess } from '../../../access/account-access.ts';
import type { Doubt } from '../../../evaluate/decision.ts';
import { allOf } from '../../../evaluate/formula.ts';
import type { AccountSnapshot, Role, User } from '../../../snapshot/account-snapshot.ts';
import { comparePaths, type EscalationPath, stepBefore } from '../escalation-path.ts';
import type { Goal } from '../goal.ts';
import type { OwnState } from '../own-state.ts';
import { askBothSides } from './ask-both-sides.ts';
import type { Door } from './door.ts';

/** To go through one of some doors of other accounts. What could not be decided goes to `note`. */
export const crossingGoal = (
  doors: readonly Door[],
  { users, roles }: Pick<AccountSnapshot, 'users' | 'roles'>,
  access: Pick<AccountAccess, 'candidates'>,
  note: (principal: User | Role, doubts: readonly Doubt[]) => void,
): Goal => {
  // Who is denied the first request gets no further.
  const candidates = new Set<unknown>(
    doors.flatMap(({ requests: [first] }) => (first ? access.candidates(first.action, first.resource) : [])),
  );
  return {
    holders: [...users, ...roles].filter((principal) => candidates.has(principal)),
    arrival: (state) => {
      const paths = doors.flatMap((door) => crossing(door, state, note) ?? []);
      return paths.sort(comparePaths)[0] ?? null;
    },
    through: new Set(),
  };
};

/** The path through a door, if both accounts let the principal make all requests. */
const crossing = (
  { requests, arn, method, effect, residual, provided, path }: Door,
  state: OwnState,
  note: (principal: User | Role, doubts: readonly Doubt[]) => void,
): EscalationPath | null => {
  const { self } = state;
  const asked = [];
  for (const request of requests) {
    const answer = askBothSides(request, state);
    if (answer.kind === 'undetermined') note(self, answer.doubts);
    if (answer.kind !== 'allowed') return null;
    asked.push(answer);
  }
  const step = {
    method,
    from: self.arn,
    to: arn,
    requests: asked.flatMap((answer) => answer.requests),
    target: { arn, what: { kind: 'principal' } },
    effect,
    invited: requests.every((request) => request.names(self.arn)),
  } as const;
  const when = allOf([residual, ...asked.map((answer) => answer.residual)]);
  return when.kind === 'false' ? null : stepBefore(step, { requests: step.requests, residual: when, provided }, path);
};
