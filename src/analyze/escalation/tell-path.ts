import type { Escalation, ResidualConditions } from '../../finding/check-result.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import { conditionsOf } from '../facts/conditions.ts';
import { type EscalationPath, isUnconditional } from './escalation-path.ts';
import type { Proof } from './proof/proof.ts';
import { preconditionsOf } from './step-preconditions.ts';

/** What must hold for a path to work, as a result carries it. */
export const pathConditions = (
  path: EscalationPath,
  proof: Proof | undefined,
): { readonly conditions?: ResidualConditions } => {
  const { residual, provided, reaches } = path;
  const { conditions } = conditionsOf(residual);
  const facts = [
    ...provided,
    ...(reaches === 'administrator under conditions' ? [`it is then ${reaches} of its policies`] : []),
    ...(isUnconditional(path) && proof?.kind === 'refused' ? [refusalOf(proof)] : []),
  ];
  if (facts.length === 0) return conditions === undefined ? {} : { conditions };
  return {
    conditions: {
      text: [...(conditions === undefined ? [] : [conditions.text]), ...facts].join(', and '),
      formula: { ...(conditions === undefined ? {} : { conditions: conditions.formula }), provided: facts },
    },
  };
};

/** What a refused replay of a path without conditions means. */
const refusalOf = ({ reason, transcript }: Proof): string =>
  transcript.at(-1)?.code === 'LimitExceeded'
    ? `a quota leaves room, other than in the replay, in which ${reason}`
    : // The search and the copy of the account disagree: one of them is wrong, and nobody should miss that.
      `the replay is wrong, in which ${reason}`;

/** A path as a finding tells it. */
export const toEscalation = (path: EscalationPath, proof: Proof | undefined, account: AccountSnapshot): Escalation => ({
  reaches: path.reaches === 'administrator under conditions' ? 'administrator' : path.reaches,
  proof: proofOf(path, proof),
  ...(proof === undefined || proof.reason === null ? {} : { proofReason: proof.reason }),
  steps: path.steps.map((step) => ({
    method: step.method,
    from: step.from,
    to: step.to,
    preconditions: preconditionsOf(step, account),
    requests: step.requests.map(({ action, resource, grantedBy }) => ({ action, resource, grantedBy })),
  })),
  ...(proof === undefined || proof.transcript.length === 0 ? {} : { transcript: proof.transcript }),
});

/** A path into other accounts, to an ARN of one, as a finding tells it. */
export const crossingEscalation = (path: EscalationPath, account: AccountSnapshot, reaches: string): Escalation => ({
  ...toEscalation(path, undefined, account),
  reaches,
  ...(isUnconditional(path)
    ? { proofReason: 'the copy to replay it on is of one account, and the path is of several' }
    : {}),
});

const proofOf = (path: EscalationPath, proof: Proof | undefined): Escalation['proof'] => {
  if (!isUnconditional(path) || proof?.kind === 'refused') return 'conditional';
  return proof?.kind === 'proven' ? 'proven' : 'derived';
};
