import { allOf, anyOf, type Formula } from './formula.ts';

/**
 * Takes out what all alternatives that must hold have in common: `(a or b) and (a or c)` is `a or (b and c)`. The other
 * way round is the same of the opposites.
 */
export const commonFactor = (formula: Formula): Formula => {
  if (formula.kind !== 'all') return formula;
  // A member that is no alternative shares nothing: what another member implies has gone.
  const members = formula.of.map((member) => (member.kind === 'any' ? member.of : []));
  const [first = [], ...others] = members;
  const common = first.filter((part) => others.every((parts) => parts.some(({ id }) => id === part.id)));
  if (common.length === 0) return formula;
  const ids = new Set(common.map(({ id }) => id));
  const rests = members.map((parts) => anyOf(parts.filter(({ id }) => !ids.has(id))));
  return anyOf([...common, allOf(rests)]);
};
