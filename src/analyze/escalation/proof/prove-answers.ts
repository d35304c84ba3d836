import type { Role, User } from '../../../snapshot/account-snapshot.ts';
import { type EscalationPath, isUnconditional } from '../escalation-path.ts';
import type { EscalationAnswer } from '../find-escalation.ts';
import type { Proof } from './proof.ts';
import type { PathProver } from './prove-paths.ts';

/** Paths that were found. */
export type FoundAnswer = EscalationAnswer & { readonly kind: 'found' };

/** Who can become administrator, by which paths. */
export interface AnsweredStart {
  readonly start: User | Role;
  readonly answer: FoundAnswer;
}

/** What is told of somebody who can become administrator. */
export interface ProvenAnswer extends AnsweredStart {
  readonly proof: Proof | undefined;
}

/** So many other paths are replayed where the first is refused. */
const MOST_OTHERS = 3;

/**
 * Replays the path of each answer. Where the replay of one without conditions is refused, for a quota as a rule, the answer
 * tells the first of its next paths that is not.
 */
export const proveAnswers = (found: readonly AnsweredStart[], proveAll: PathProver): readonly ProvenAnswer[] => {
  const proofs = proveAll(found.map(({ start, answer: { path } }) => ({ start, path })));
  return found.map((each, index) => {
    const proof = proofs[index];
    const { start, answer } = each;
    if (proof?.kind !== 'refused' || !isUnconditional(answer.path)) return { ...each, proof };
    const others = answer.paths.slice(1).filter(isUnconditional).slice(0, MOST_OTHERS);
    const tried = proveAll(others.map((path) => ({ start, path })));
    const at = tried.findIndex(({ kind }) => kind === 'proven' || kind === 'derived');
    const path = others[at];
    return path === undefined ? { ...each, proof } : { start, answer: telling(answer, path), proof: tried[at] };
  });
};

const telling = (answer: FoundAnswer, path: EscalationPath): FoundAnswer => {
  const told = methodOf(path);
  const alternatives = [methodOf(answer.path), ...answer.alternatives].filter((id) => id !== told);
  return { ...answer, path, alternatives, paths: [path, ...answer.paths.filter((other) => other !== path)] };
};

const methodOf = ({ steps }: EscalationPath): string => steps[0]?.method ?? '';
