import type { Finding } from './audit-report.ts';

/** How sure a finding is, and why. */
export type Confidence =
  /** The data of AWS say so, or the policy engine decides so whatever the request has. */
  | 'certain'
  /** Each request of an escalation path was allowed when it was replayed on a copy of the account. */
  | 'proven'
  /** The policy engine allows each request of an escalation path, which was not replayed. */
  | 'derived'
  /** It is real where the conditions hold that stand beside it. */
  | 'conditional'
  /** The data could not be read: there may be nothing wrong. */
  | 'unknown';

/** How sure a finding is: what it depends on counts before how it was found. */
export const confidenceOf = ({
  outcome,
  conditions,
  escalation,
}: Pick<Finding, 'outcome' | 'conditions' | 'escalation'>): Confidence => {
  if (outcome === 'unknown') return 'unknown';
  return conditions === null ? (escalation?.proof ?? 'certain') : 'conditional';
};
