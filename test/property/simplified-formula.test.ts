import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allOf, anyOf, atomFormula, type Formula, not } from '../../src/evaluate/formula.ts';
import { simplifyFormula } from '../../src/evaluate/simplify-formula.ts';
import { conditionHolds } from '../naive/naive-conditions.ts';

// Conditions of one family each, with values that meet, overlap and miss each other, and the values of a request that
// stand on and beside their boundaries. All on two keys, so that formulas contradict themselves often.
const FAMILIES: readonly { readonly operators: readonly string[]; readonly values: readonly string[] }[] = [
  {
    operators: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
    values: ['a', 'A', 'b', 'ab', '', '5', 'true'],
  },
  {
    operators: ['StringLike', 'StringNotLike'],
    values: ['*', 'a*', '*b', 'a*b', 'ab*', 'A*', '?', 'b', 'arn:*', '*a*'],
  },
  {
    operators: ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals'],
    values: ['3', '5', '5.0', '-1', 'x'],
  },
  { operators: ['NumericGreaterThan', 'NumericGreaterThanEquals'], values: ['3', '5', '4.5'] },
  {
    operators: ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan'],
    values: ['2026-01-01T00:00:00Z', '2026-01-01', '1767225600', '2026-01-02T00:00:00+01:00', '5'],
  },
  { operators: ['Bool'], values: ['true', 'false', 'TRUE', 'a'] },
  {
    operators: ['IpAddress', 'NotIpAddress'],
    values: ['10.0.0.0/8', '10.1.0.0/16', '10.128.0.0/9', '10.0.0.0/9', '192.168.0.0/16', '10.0.0.5', '2001:db8::/32'],
  },
  {
    operators: ['ArnLike', 'ArnNotLike', 'ArnEquals'],
    values: ['arn:aws:iam::1:user/a', 'arn:aws:iam::1:user/*', 'arn:*:iam::*:role/*', 'arn:aws:*:*:2:*', 'arn:*'],
  },
  { operators: ['BinaryEquals'], values: ['YQ==', 'Yg=='] },
];

const VALUES = [
  ...['a', 'A', 'b', 'ab', 'axb', '', '*', 'true', 'FALSE', 'YQ==', 'arn:aws:iam::1:user/a', 'arn:aws:iam::2:role/b'],
  ...['3', '4', '4.5', '5', '5.00', '6', '-1', '1767225600', '1767225599', '2026-01-01', '2026-01-01T23:00:00Z'],
  ...['10.0.0.0', '9.255.255.255', '10.255.255.255', '11.0.0.0', '10.0.0.5', '192.168.1.1', '2001:db8::1', '::'],
];

const KEYS = ['k', 'other'];

const conditionAtom: fc.Arbitrary<Formula> = fc
  .tuple(
    fc.constantFrom(...KEYS),
    fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
    fc.constantFrom('', '', 'IfExists'),
    fc
      .constantFrom(...FAMILIES)
      .chain(({ operators, values }) =>
        fc.tuple(
          fc.constantFrom(...operators),
          fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
        ),
      ),
  )
  .map(([key, set, ifExists, [operator, values]]) =>
    atomFormula({ kind: 'condition', operator: `${set}${operator}${ifExists}`, key, values, variables: false }),
  );
const nullAtom: fc.Arbitrary<Formula> = fc
  .tuple(
    fc.constantFrom(...KEYS),
    fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:'),
    fc.constantFrom('true', 'false'),
  )
  .map(([key, set, value]) =>
    atomFormula({ kind: 'condition', operator: `${set}Null`, key, values: [value], variables: false }),
  );
const formulaArbitrary: fc.Arbitrary<Formula> = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { arbitrary: fc.oneof({ arbitrary: conditionAtom, weight: 8 }, nullAtom), weight: 2 },
    { arbitrary: tie('formula').map(not), weight: 1 },
    { arbitrary: fc.array(tie('formula'), { minLength: 2, maxLength: 4 }).map(allOf), weight: 3 },
    { arbitrary: fc.array(tie('formula'), { minLength: 2, maxLength: 4 }).map(anyOf), weight: 3 },
  ),
})).formula;

type Context = ReadonlyMap<string, readonly string[]>;

const oneKey: fc.Arbitrary<readonly string[] | null> = fc.oneof(
  fc.constant(null),
  fc.constantFrom(...VALUES).map((value) => [value]),
  fc.array(fc.constantFrom(...VALUES), { minLength: 2, maxLength: 3 }),
);

const holds = (formula: Formula, context: Context): boolean => {
  switch (formula.kind) {
    case 'true':
    case 'false':
      return formula.kind === 'true';
    case 'all':
      return formula.of.every((member) => holds(member, context));
    case 'any':
      return formula.of.some((member) => holds(member, context));
    case 'atom':
      if (formula.atom.kind === 'resource') throw new Error('no resource was asked for');
      return conditionHolds(formula.atom, formula.atom.variables, context) !== formula.negated;
  }
};

const numRuns = Number(process.env['VIGIL_PROPERTY_RUNS'] ?? 3_000);

/** Every state that a key can be in, as far as the values go. */
const STATES: readonly (readonly string[] | null)[] = [null, ...VALUES.map((value) => [value])];

describe('a simplified formula', () => {
  test('holds in the same contexts', () => {
    fc.assert(
      fc.property(
        formulaArbitrary,
        fc.array(fc.tuple(oneKey, oneKey), { minLength: 5, maxLength: 5 }),
        (formula, states) => {
          const simplified = simplifyFormula(formula);
          const contexts = [...states, ...STATES.map((state) => [state, state] as const)];
          for (const [k, other] of contexts) {
            const context = new Map(
              [['k', k] as const, ['other', other] as const].flatMap(([key, values]) =>
                values === null ? [] : [[key, values]],
              ),
            );
            expect(holds(simplified, context), JSON.stringify([...context])).toBe(holds(formula, context));
          }
        },
      ),
      { numRuns, seed: 20_261_122 },
    );
  });

  test('is not simplified further', () => {
    fc.assert(
      fc.property(formulaArbitrary, (formula) => {
        const once = simplifyFormula(formula);
        expect(simplifyFormula(once).id).toBe(once.id);
      }),
      { numRuns: 1_000, seed: 20_261_122 },
    );
  });
});
