import type { AccountAccess } from '../../access/account-access.ts';
import type { Decision } from '../../evaluate/decision.ts';
import { type Formula, TRUE } from '../../evaluate/formula.ts';
import { type Arn, arnParts } from '../../iam/arn.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import { withoutChosenKeys } from './chosen-keys.ts';
import { ARRIVED, comparePaths, type EscalationPath } from './escalation-path.ts';
import type { Goal } from './goal.ts';
import type { OwnState } from './own-state.ts';
import { askedOn, resourceUse } from './resource-uses.ts';

/** To read or use a resource, or to grant oneself that. */
export const resourceGoal = (
  arn: Arn,
  { users, roles }: Pick<AccountSnapshot, 'users' | 'roles'>,
  access: Pick<AccountAccess, 'candidates'>,
): Goal => {
  const { actions, openedBy, through } = resourceUse(arnParts(arn).service);
  const asked = [...actions, ...openedBy.map(({ action }) => action)];
  const candidates = new Set<unknown>(asked.flatMap((action) => access.candidates(action, askedOn(action, arn))));
  const ask = ({ self, access: own, context }: OwnState, action: string, more = {}): Decision =>
    own.canPerform(self, action, askedOn(action, arn), { ...context, ...more });
  const used = (state: OwnState, action: string): readonly EscalationPath[] => {
    const residual = whenAllowed(ask(state, action), action);
    return residual === null ? [] : [{ ...ARRIVED, residual, reaches: arn }];
  };
  const opened = (
    state: OwnState,
    { method, action, context }: (typeof openedBy)[number],
  ): readonly EscalationPath[] => {
    const decision = ask(state, action, context);
    const residual = whenAllowed(decision, action);
    return residual === null ? [] : [openingPath(arn, state, { method, action, residual, decision })];
  };
  return {
    holders: [...users, ...roles].filter((principal) => candidates.has(principal)),
    arrival: (state) => {
      const paths = [
        ...actions.flatMap((action) => used(state, action)),
        ...openedBy.flatMap((each) => opened(state, each)),
      ];
      return paths.sort(comparePaths)[0] ?? null;
    },
    through: new Set(through),
  };
};

/** What must hold for a request to be allowed; null: it is not. */
const whenAllowed = (decision: Decision, action: string): Formula | null => {
  if (decision.kind === 'allowed') return TRUE;
  if (decision.kind !== 'allowedIf') return null;
  const residual = withoutChosenKeys(decision.residual, action);
  return residual.kind === 'false' ? null : residual;
};

interface Opening {
  readonly method: string;
  readonly action: string;
  readonly residual: Formula;
  readonly decision: Decision;
}

const openingPath = (
  arn: Arn,
  { self }: OwnState,
  { method, action, residual, decision }: Opening,
): EscalationPath => ({
  ...ARRIVED,
  steps: [
    {
      method,
      from: self.arn,
      to: self.arn,
      requests: [
        {
          action,
          resource: askedOn(action, arn),
          others: [],
          grantedBy: 'grantedBy' in decision ? decision.grantedBy : [],
          parameters: null,
          chosen: {},
          wanted: TRUE,
        },
      ],
      target: { arn, what: { kind: 'principal' } },
      effect: 'reads-resource',
    },
  ],
  residual,
  reaches: arn,
});
