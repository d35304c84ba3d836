import type { Level, NamedPolicy } from '../../evaluate/applicable-policies.ts';
import { statementKey } from '../../policy/statement-key.ts';
import type { ActionIndex } from '../../reference/action-index.ts';
import { addRange, type Bitset, emptyBitset, intersect, unite } from '../../reference/bitset.ts';
import type { Asker } from './read-clauses.ts';
import { type StatementFacts, statementFacts } from './statement-facts.ts';

/**
 * The known actions about which the policies of an asker may say something else on another night: those of statements that
 * came or went, or whose conditions and variables hold something else, as far as some policy allows them. `null`: it did
 * not exist then.
 */
export const changedActions = (before: Asker | null, after: Asker | null, reference: ActionIndex): Bitset => {
  const known = emptyBitset(reference.positionCount);
  addRange(known, 0, reference.names.length);
  const changed = emptyBitset(reference.positionCount);
  if (before === null || after === null) addRange(changed, 0, reference.positionCount);
  else for (const each of sectionsOf(before, after)) addChanged(changed, each, { before, after, known });
  intersect(changed, known);
  if (before?.caller.kind !== 'root') intersect(changed, granted([before, after], reference));
  return changed;
};

/** Policies that count together on both nights; null: there were none, which limits nothing. */
interface Section {
  readonly before: readonly NamedPolicy[] | null;
  readonly after: readonly NamedPolicy[] | null;
}

const sectionsOf = (before: Asker, after: Asker): readonly Section[] => [
  { before: before.policies.identity, after: after.policies.identity },
  { before: before.policies.boundary, after: after.policies.boundary },
  ...levelSections(before.policies.scps ?? [], after.policies.scps ?? []),
  ...levelSections(before.policies.rcps ?? [], after.policies.rcps ?? []),
];

/** Levels that say the same stand beside each other, whatever their place; the others in their order. */
const levelSections = (before: readonly Level[], after: readonly Level[]): readonly Section[] => {
  const left = [...after];
  const sections: Section[] = [];
  const changed: Level[] = [];
  for (const level of before) {
    const at = left.findIndex((other) => levelKey(other) === levelKey(level));
    const [same] = at < 0 ? [] : left.splice(at, 1);
    if (same === undefined) changed.push(level);
    else sections.push({ before: level, after: same });
  }
  const count = Math.max(changed.length, left.length);
  const rest = Array.from({ length: count }, (_, at) => ({ before: changed[at] ?? null, after: left[at] ?? null }));
  return [...sections, ...rest];
};

const levelKeys = new WeakMap<Level, string>();

const levelKey = (level: Level): string => {
  const key = levelKeys.get(level) ?? JSON.stringify([...factsOf(level).keys()].sort());
  levelKeys.set(level, key);
  return key;
};

const factsOf = (policies: readonly NamedPolicy[]): ReadonlyMap<string, StatementFacts | null> =>
  new Map(policies.flatMap(({ policy }) => statementFacts(policy).map((facts) => [facts.key, facts] as const)));

const FULL_ACCESS = statementKey(
  {
    index: 0,
    pointer: '',
    sid: null,
    effect: 'Allow',
    principal: null,
    action: { kind: 'action', patterns: ['*'] },
    resource: { kind: 'resource', patterns: ['*'] },
    conditions: [],
  },
  '2012-10-17',
);

/** A limit that is not there allows everything. */
const NO_LIMIT: ReadonlyMap<string, StatementFacts | null> = new Map([[FULL_ACCESS, null]]);

const addChanged = (
  changed: Bitset,
  section: Section,
  { before, after, known }: { readonly before: Asker; readonly after: Asker; readonly known: Bitset },
): void => {
  const were = section.before === null ? NO_LIMIT : factsOf(section.before);
  const are = section.after === null ? NO_LIMIT : factsOf(section.after);
  for (const [key, facts] of were) {
    if (!are.has(key) || facts?.contextKeys.some((each) => isOther(each, before, after)) === true)
      unite(changed, facts?.covers() ?? known);
  }
  for (const [key, facts] of are) if (!were.has(key)) unite(changed, facts?.covers() ?? known);
};

const isOther = (key: string, before: Asker, after: Asker): boolean => {
  const [was, is] = [before.context(key), after.context(key)];
  return was !== is && JSON.stringify(was) !== JSON.stringify(is);
};

const granted = (askers: readonly (Asker | null)[], reference: ActionIndex): Bitset => {
  const set = emptyBitset(reference.positionCount);
  for (const asker of askers) {
    for (const { policy } of asker?.policies.identity ?? [])
      for (const { actions } of policy.allows) unite(set, actions.covers());
  }
  return set;
};
