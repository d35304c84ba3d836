import type { AccountAccess, Principal } from '../../access/account-access.ts';
import { type EffectivePermission, whatCan } from '../../access/what-can.ts';
import type { Formula } from '../../evaluate/formula.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import { escapeVariables } from './statement-json.ts';

/** On which terms each known action is granted, by its name in AWS's spelling. */
export type Grants = ReadonlyMap<string, ReadonlySet<string>>;

/** What a principal's own side grants it: the terms as text that is equal for equal terms, whatever statement says so. */
export const grantsOf = (principal: Principal, access: AccountAccess, reference: ServiceReference): Grants => {
  const own = { asker: access.asker, carriers: () => [] };
  const { permissions } = whatCan(principal, own, reference, { service: null, context: {} });
  const grants = new Map<string, Set<string>>();
  for (const { known, terms } of permissions) {
    const text = termsText(terms);
    for (const name of known) {
      const some = grants.get(name);
      if (some === undefined) grants.set(name, new Set([text]));
      else some.add(text);
    }
  }
  return grants;
};

/** The actions that are granted on other terms than before, or not at all. */
export const changedGrants = (before: Grants, after: Grants): readonly string[] =>
  [...before].flatMap(([name, terms]) => (isSame(terms, after.get(name) ?? new Set()) ? [] : [name]));

type Terms = EffectivePermission['terms'];
type Clause = Terms['within'][number]['clauses'][number];

const termsText = ({ area, condition, within, except }: Terms): string =>
  JSON.stringify([
    clauseText({ area, condition }),
    within.map(({ limit, level, clauses }) => [limit, level, clauses.map(clauseText)]),
    except.map((clause) => [clause.limit, clause.level, clauseText(clause)]),
  ]);

const clauseText = ({ area: { kind, patterns }, condition }: Omit<Clause, 'statement'>) => [
  kind,
  patterns.map(({ text }) => text).sort(),
  conditionText(condition),
];

/** Equal for conditions that say the same, also where one stands in a document of the older version, without variables. */
const conditionText = (formula: Formula): string => {
  if (!('atom' in formula)) {
    return 'of' in formula ? `${formula.kind}(${formula.of.map(conditionText).sort().join()})` : formula.kind;
  }
  const { atom, negated, id } = formula;
  if (atom.kind !== 'condition') return id;
  const values = atom.variables ? atom.values : atom.values.map(escapeVariables);
  return JSON.stringify([negated, atom.key.toLowerCase(), atom.operator, [...new Set(values)].sort()]);
};

const isSame = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  some.size === others.size && [...some].every((text) => others.has(text));
