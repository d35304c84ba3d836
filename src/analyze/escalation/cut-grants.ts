import { compareText } from '../../kernel/compare-text.ts';
import type { CutPolicies } from './cut-policies.ts';
import type { EscalationPath } from './escalation-path.ts';

/** An action that a statement grants on paths of escalation. */
export interface CutGrant {
  readonly key: string;
  readonly policy: string;
  readonly statement: number;
  readonly action: string;
  /** Whom the policy is attached to, where nobody can edit it; else empty, since it can be mended for all at once. */
  readonly holder: string;
  /** What the requests that it grants are about. */
  readonly resources: ReadonlySet<string>;
  /** The paths that do not work without it, unless another statement grants the same. */
  readonly paths: ReadonlySet<EscalationPath>;
}

/** Everything that grants requests of some paths, by its key. */
export const grantsOf = (
  paths: Iterable<EscalationPath>,
  policies: Pick<CutPolicies, 'isReadOnly' | 'attachedTo'>,
): ReadonlyMap<string, CutGrant> => {
  const grants = new Map<string, CutGrant & { readonly resources: Set<string>; readonly paths: Set<EscalationPath> }>();
  for (const path of paths) {
    for (const { from, requests } of path.steps) {
      for (const { action, resource, grantedBy } of requests) {
        for (const { policy, statement } of grantedBy) {
          const holder = policies.isReadOnly(policy) ? policies.attachedTo(policy, from) : '';
          const key = `${policy} ${statement} ${action} ${holder}`;
          const grant = grants.get(key) ?? {
            key,
            policy,
            statement,
            action,
            holder,
            resources: new Set(),
            paths: new Set(),
          };
          grant.resources.add(resource);
          grant.paths.add(path);
          grants.set(key, grant);
        }
      }
    }
  }
  return grants;
};

/**
 * Few grants that all paths need: again and again the one that most of those need that are left, of the rank that costs
 * least. Paths that none of them is on stay.
 */
export const hittingSet = (grants: Iterable<CutGrant>, rankOf: (grant: CutGrant) => number): readonly CutGrant[] => {
  const chosen: CutGrant[] = [];
  const left = new Map([...grants].map((grant) => [grant, new Set(grant.paths)]));
  const ranks = new Map([...left.keys()].map((grant) => [grant, rankOf(grant)]));
  const isBetter = (one: CutGrant, other: CutGrant): boolean =>
    ((ranks.get(one) ?? 0) - (ranks.get(other) ?? 0) ||
      (left.get(other)?.size ?? 0) - (left.get(one)?.size ?? 0) ||
      compareText(one.key, other.key)) < 0;
  for (;;) {
    let best: CutGrant | undefined;
    for (const [grant, paths] of left) {
      if (paths.size > 0 && (best === undefined || isBetter(grant, best))) best = grant;
    }
    if (best === undefined) return chosen;
    chosen.push(best);
    for (const paths of left.values()) for (const path of best.paths) paths.delete(path);
  }
};
