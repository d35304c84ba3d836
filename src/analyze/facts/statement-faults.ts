import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import type { Judgement } from '../define-check.ts';
import { ownPolicies } from './own-policies.ts';

/** The facts about statements of a policy that have one fault in common. */
export interface FaultyStatements {
  readonly [fact: string]: readonly number[] | readonly string[];
  /** Positions in the document, from 0. */
  readonly statements: readonly number[];
  /** What of them is at fault: patterns, keys. */
  readonly texts: readonly string[];
}

/** A statement with a fault. */
export interface StatementFault {
  readonly index: number;
  readonly texts: readonly string[];
}

/** Judges each policy that the account can change by the statements that have a fault: one result each. */
export function* judgeStatements(
  snapshot: AccountSnapshot,
  faultsOf: (document: PolicyDocument) => readonly StatementFault[],
): Iterable<Judgement<FaultyStatements>> {
  for (const { subject, document, gap } of ownPolicies(snapshot)) {
    if (gap !== null) {
      yield { subject, outcome: 'unknown', gap };
      continue;
    }
    const faults = faultsOf(document);
    yield {
      subject,
      outcome: faults.length > 0 ? 'fail' : 'pass',
      evidence: {
        statements: faults.map(({ index }) => index),
        texts: [...new Set(faults.flatMap(({ texts }) => texts))],
      },
    };
  }
}

/** Which statements, in words: `statement 0`, `statements 0 and 2`. */
export const namedStatements = ({ statements }: Pick<FaultyStatements, 'statements'>): string =>
  statements.length === 1
    ? `statement ${statements[0]}`
    : `statements ${statements.slice(0, -1).join(', ')} and ${statements.at(-1)}`;
