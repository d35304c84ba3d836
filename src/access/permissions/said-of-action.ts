import { TRUE } from '../../evaluate/formula.ts';
import type { CompiledStatement } from '../../policy/compile-policy.ts';
import type { Clause, Said } from './permission-terms.ts';
import type { ReadClause, ReadPolicies } from './read-clauses.ts';
import { EVERYWHERE } from './resource-area.ts';

/** Which statements are asked, and of whom. */
export interface Asking {
  readonly isAbout: (compiled: CompiledStatement) => boolean;
  /** Whether RCPs are about the action. */
  readonly rcps: boolean;
  /** Whether the root user asks, which needs no policy in its own account ("AWS account root user", IAM User Guide). */
  readonly root: boolean;
}

/** What the policies say of one action. */
export const saidOfAction = (policies: readonly ReadPolicies[], { isAbout, rcps, root }: Asking): Said => {
  const counting = policies.filter(({ limit }) => limit !== 'rcp' || rcps);
  const about = (clauses: readonly ReadClause[]): readonly Clause[] =>
    clauses.filter(({ compiled }) => isAbout(compiled));
  return {
    grants: root ? [BY_ITSELF] : counting.flatMap(({ limit, allows }) => (limit === 'identity' ? about(allows) : [])),
    limits: counting.flatMap(({ limit, level, allows }) =>
      limit === 'identity' ? [] : [{ limit, level, clauses: about(allows) }],
    ),
    denies: counting.flatMap(({ limit, level, denies }) =>
      about(denies).map((clause) => ({ ...clause, limit, level })),
    ),
  };
};

const BY_ITSELF: Clause = { area: EVERYWHERE, condition: TRUE, statement: null };
