import { allOf, anyOf, type Formula } from './formula.ts';

/** Takes out what all alternatives have in common: `(a and b) or (a and c)` is `a and (b or c)`; and the other way round. */
export const commonFactor = (formula: Formula): Formula => {
  if (formula.kind !== 'all' && formula.kind !== 'any') return formula;
  const [first, ...others] = formula.of.map((member) => ('of' in member ? member.of : [member]));
  const common = (first ?? []).filter((part) => others.every((parts) => parts.some(({ id }) => id === part.id)));
  if (common.length === 0) return formula;
  const ids = new Set(common.map(({ id }) => id));
  const [inner, outer] = formula.kind === 'all' ? [anyOf, allOf] : [allOf, anyOf];
  const rests = formula.of.map((member) =>
    inner(('of' in member ? member.of : [member]).filter(({ id }) => !ids.has(id))),
  );
  return inner([...common, outer(rests)]);
};
