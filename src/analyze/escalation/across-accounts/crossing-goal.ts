import type { AccountAccess } from '../../../access/account-access.ts';
import type { Doubt } from '../../../evaluate/decision.ts';
import { allOf, type Formula, TRUE } from '../../../evaluate/formula.ts';
import type { AccountSnapshot, Role, User } from '../../../snapshot/account-snapshot.ts';
import { withoutKeys } from '../../residual/without-keys.ts';
import { withoutConditions } from '../chosen-keys.ts';
import { comparePaths, type EscalationPath, stepBefore } from '../escalation-path.ts';
import type { Goal } from '../goal.ts';
import type { OwnState } from '../own-state.ts';
import type { Door } from './door.ts';
import { ASSUME_ROLE } from './entrance.ts';

/** To go through one of some doors of other accounts. What could not be decided goes to `note`. */
export const crossingGoal = (
  doors: readonly Door[],
  { accountId, users, roles }: Pick<AccountSnapshot, 'accountId' | 'users' | 'roles'>,
  access: Pick<AccountAccess, 'candidates'>,
  note: (principal: User | Role, doubts: readonly Doubt[]) => void,
): Goal => {
  const candidates = new Set<unknown>(doors.flatMap(({ role }) => access.candidates(ASSUME_ROLE, role.arn)));
  return {
    holders: [...users, ...roles].filter((principal) => candidates.has(principal)),
    arrival: (state) => {
      const paths = doors.flatMap((door) => crossing(door, state, accountId, note) ?? []);
      return paths.sort(comparePaths)[0] ?? null;
    },
    through: new Set(),
  };
};

/** The path through a door, if both accounts let the principal: the policies of its own, and the trust policy of the role. */
const crossing = (
  door: Door,
  { self, access, context }: OwnState,
  account: string,
  note: (principal: User | Role, doubts: readonly Doubt[]) => void,
): EscalationPath | null => {
  const { role } = door;
  const own = access.canPerform(self, ASSUME_ROLE, role.arn, { ...context, ...door.context });
  if (own.kind === 'explicitDeny' || own.kind === 'implicitDeny') return null;
  const theirs = door.admits({ account, arn: self.arn }, access.asker(self, context).context);
  if (theirs === null) return null;
  if (own.kind === 'undetermined' || theirs.kind === 'undetermined') {
    note(self, [...reasonsOf(own), ...reasonsOf(theirs)]);
    return null;
  }
  const residual = allOf([whenAsked(own, role), whenAsked(theirs, role)]);
  if (residual.kind === 'false') return null;
  const step = {
    method: 'sts-001',
    from: self.arn,
    to: role.arn,
    requests: [
      {
        action: ASSUME_ROLE,
        resource: role.arn,
        others: [],
        grantedBy: [...own.grantedBy, ...theirs.grantedBy],
        parameters: null,
        chosen: {},
        wanted: TRUE,
      },
    ],
    target: { arn: role.arn, what: { kind: 'principal' } },
    effect: 'becomes-target',
  } as const;
  return stepBefore(step, { requests: step.requests, residual, provided: [] }, door.path);
};

const reasonsOf = (
  decision: { readonly kind: string } | { readonly kind: 'undetermined'; readonly reasons: readonly Doubt[] },
): readonly Doubt[] => ('reasons' in decision ? decision.reasons : []);

/** What remains of the conditions of one side: the caller names its session, and the tags of the role are known. */
const whenAsked = (
  decision: { readonly kind: 'allowed' } | { readonly kind: 'allowedIf'; readonly residual: Formula },
  { tags }: Pick<Role, 'tags'>,
): Formula => {
  if (decision.kind === 'allowed') return TRUE;
  const names = new Set([...tags.keys()].map((name) => name.toLowerCase()));
  const isMissingTag = (key: string): boolean => {
    const [, name] = /^(?:aws|iam):resourcetag\/(.*)$/s.exec(key) ?? [];
    return name !== undefined && !names.has(name);
  };
  return withoutConditions(withoutKeys(decision.residual, isMissingTag), (key) => CHOSEN.has(key));
};

// An ExternalId is a secret between two accounts: whoever does not know it does not get in.
const CHOSEN: ReadonlySet<string> = new Set(['sts:rolesessionname', 'sts:durationseconds']);
