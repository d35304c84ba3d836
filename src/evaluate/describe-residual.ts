import type { JsonObject } from '../kernel/json.ts';
import { parseConditionOperator } from '../policy/condition-operators.ts';
import type { Condition } from '../policy/policy-document.ts';
import type { Atom, Formula } from './formula.ts';

/** The formula as a sentence and as data. */
export const describeResidual = (formula: Formula): { readonly text: string; readonly formula: JsonObject } => ({
  text: residualText(formula),
  formula: residualFormula(formula),
});

/** The formula as data: `{all: […]}`, `{any: […]}`, `{not: …}`, `{operator, key, values}`, `{resource}`, `{notResource}`. */
const residualFormula = (formula: Formula): JsonObject => {
  switch (formula.kind) {
    case 'true':
    case 'false':
      return { constant: formula.kind === 'true' };
    case 'atom':
      return formula.negated ? { not: atomData(formula.atom) } : atomData(formula.atom);
    case 'all':
    case 'any':
      return { [formula.kind]: formula.of.map(residualFormula) };
  }
};

const atomData = (atom: Atom): JsonObject => {
  if (atom.kind === 'condition') return { operator: atom.operator, key: atom.key, values: valuesOf(atom) };
  return atom.element === 'Resource' ? { resource: atom.pattern } : { notResource: atom.pattern };
};

/** The values in the language of version `2012-10-17`, in which `${…}` of an older document is escaped. */
const valuesOf = ({ values, variables }: Extract<Atom, { kind: 'condition' }>): readonly string[] =>
  variables ? values : values.map((value) => value.replaceAll('${', '${$}{'));

/** The formula as a sentence for people: "`aws:SourceIp` is in `10.0.0.0/8` and `aws:SecureTransport` is `true`". */
export const residualText = (formula: Formula): string => {
  switch (formula.kind) {
    case 'true':
      return 'always';
    case 'false':
      return 'never';
    case 'atom':
      return atomText(formula.atom, formula.negated);
    case 'all':
    case 'any':
      return formula.of
        .map((member) => ('of' in member ? `(${residualText(member)})` : residualText(member)))
        .join(formula.kind === 'all' ? ' and ' : ' or ');
  }
};

const atomText = (atom: Atom, negated: boolean): string => {
  if (atom.kind === 'condition') return conditionText(atom, negated);
  const matches = (atom.element === 'Resource') !== negated;
  return `the resource ${matches ? 'matches' : 'does not match'} \`${atom.pattern}\``;
};

/** What an operator says, and what its negation says. */
interface Phrase {
  readonly holds: string;
  readonly fails: string;
}

const is: Phrase = { holds: 'is', fails: 'is not' };
const like: Phrase = { holds: 'is like', fails: 'is not like' };
const opposite = ({ holds, fails }: Phrase): Phrase => ({ holds: fails, fails: holds });

// Not "is at least" for "is not less than": the negation of a comparison also holds where the key is absent.
const ordered = (less: string, lessOrEqual: string, greater: string, greaterOrEqual: string) =>
  [
    ['LessThan', { holds: `is ${less}`, fails: `is not ${less}` }],
    ['LessThanEquals', { holds: `is ${lessOrEqual}`, fails: `is not ${lessOrEqual}` }],
    ['GreaterThan', { holds: `is ${greater}`, fails: `is not ${greater}` }],
    ['GreaterThanEquals', { holds: `is ${greaterOrEqual}`, fails: `is not ${greaterOrEqual}` }],
  ] as const;

const PHRASES: ReadonlyMap<string, Phrase> = new Map<string, Phrase>([
  ['StringEquals', is],
  ['StringNotEquals', opposite(is)],
  ['StringEqualsIgnoreCase', { holds: 'is, in whatever case,', fails: 'is not, in whatever case,' }],
  ['StringNotEqualsIgnoreCase', { holds: 'is not, in whatever case,', fails: 'is, in whatever case,' }],
  ['StringLike', like],
  ['StringNotLike', opposite(like)],
  ['ArnEquals', like],
  ['ArnLike', like],
  ['ArnNotEquals', opposite(like)],
  ['ArnNotLike', opposite(like)],
  ['Bool', is],
  ['BinaryEquals', is],
  ['IpAddress', { holds: 'is in', fails: 'is not in' }],
  ['NotIpAddress', { holds: 'is not in', fails: 'is in' }],
  ['NumericEquals', is],
  ['NumericNotEquals', opposite(is)],
  ['DateEquals', is],
  ['DateNotEquals', opposite(is)],
  ...ordered('less than', 'at most', 'greater than', 'at least').map(
    ([name, phrase]) => [`Numeric${name}`, phrase] as const,
  ),
  ...ordered('before', 'at or before', 'after', 'at or after').map(
    ([name, phrase]) => [`Date${name}`, phrase] as const,
  ),
]);

const conditionText = ({ operator, key, values }: Condition, negated: boolean): string => {
  const parsed = parseConditionOperator(operator);
  const name = `\`${key}\``;
  const quoted = values.map((value) => `\`${value}\``);
  if (parsed === null) return `${negated ? 'not ' : ''}${operator} ${name} ${quoted.join(' or ')}`;
  const { base, set, ifExists } = parsed;
  if (base === 'Null')
    return `${name} is ${values.some((value) => value.toLowerCase() === 'true') !== negated ? 'absent' : 'present'}`;

  // Of several values the subject is negated: "no value of …" instead of "some value of … is not".
  const phrase = set === null && negated ? 'fails' : 'holds';
  const negative = base.includes('Not') === (phrase === 'holds');
  const listed = quoted.join(negative ? ' nor ' : ' or ');
  const said = `${subjectText(name, set, negated)} ${PHRASES.get(base)?.[phrase] ?? base} ${listed}`;
  if (!ifExists) return said;
  return negated ? `(${name} is present and ${said})` : `(${name} is absent or ${said})`;
};

const subjectText = (name: string, set: 'ForAllValues' | 'ForAnyValue' | null, negated: boolean): string => {
  if (set === null) return name;
  if (set === 'ForAllValues') return `${negated ? 'not ' : ''}every value of ${name}`;
  return `${negated ? 'no' : 'some'} value of ${name}`;
};
