import type { Atom, Formula } from '../../../evaluate/formula.ts';

/**
 * Values that fulfil a formula, by condition key as written: of alternatives the first is taken. Only what a caller puts
 * into a request is of use; operators that no single value fulfils plainly are left out.
 */
export const wantedValues = (formula: Formula): ReadonlyMap<string, string> => {
  switch (formula.kind) {
    case 'true':
    case 'false':
      return new Map();
    case 'atom': {
      const { atom, negated } = formula;
      const value = atom.kind !== 'condition' || negated ? null : fulfilling(atom);
      return atom.kind !== 'condition' || value === null ? new Map() : new Map([[atom.key, value]]);
    }
    case 'all':
      return new Map(formula.of.flatMap((part) => [...wantedValues(part)]));
    case 'any':
      return formula.of.map(wantedValues).find(({ size }) => size > 0) ?? new Map();
  }
};

const fulfilling = ({ operator, values, variables }: Extract<Atom, { kind: 'condition' }>): string | null => {
  const [value] = values;
  if (value === undefined || variables) return null;
  switch (
    operator
      .replace(/^For(?:Any|All)Values?:/i, '')
      .replace(/IfExists$/i, '')
      .toLowerCase()
  ) {
    case 'stringequals':
    case 'stringequalsignorecase':
    case 'arnequals':
    case 'bool':
    case 'numericequals':
    case 'numericlessthanequals':
    case 'numericgreaterthanequals':
      return value;
    case 'stringlike':
    case 'arnlike':
      return value.replaceAll('*', 'vigil').replaceAll('?', 'v');
    case 'ipaddress':
      return value.replace(/\/\d+$/, '');
    case 'null':
      return value === 'false' ? 'vigil' : null;
    default:
      return null;
  }
};
