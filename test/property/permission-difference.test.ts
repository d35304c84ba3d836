import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPermissionComparison, type PermissionDifference } from '../../src/access/permission-difference.ts';
import { naiveDecide } from '../naive/naive-evaluator.ts';
import type { NaiveRequest } from '../naive/naive-request.ts';
import { type AllPolicies, allPolicies, askerOf, completions, reference } from './permission-cases.ts';
import { requestArbitrary } from './policy-arbitraries.ts';

const numRuns = Number(process.env['VIGIL_PROPERTY_RUNS'] ?? 1_500);
const seed = Number(process.env['VIGIL_PROPERTY_SEED'] ?? 20_261_122);

/** The policies of two nights, of which some kinds are the same. */
const nights = fc
  .tuple(
    allPolicies,
    allPolicies,
    fc.constantFrom<keyof AllPolicies>('identity', 'boundary', 'scps', 'rcps'),
    fc.boolean(),
  )
  .map(([one, other, changed, all]) => {
    const before: AllPolicies = { ...one, session: null };
    const after: AllPolicies = all ? { ...other, session: null } : { ...before, [changed]: other[changed] };
    return { before, after };
  });

const compare = createPermissionComparison(reference);

const isTold = (
  differences: readonly PermissionDifference[],
  action: string,
  some: Partial<PermissionDifference>,
): boolean =>
  differences.some(
    (difference) =>
      difference.actions.some((name) => name.toLowerCase() === action.toLowerCase()) &&
      Object.entries(some).every(([key, value]) => difference[key as keyof PermissionDifference] === value),
  );

const isAllowed = (whole: NaiveRequest): boolean => naiveDecide(whole) === 'Allowed';

const expectTold = (
  differences: readonly PermissionDifference[],
  {
    action,
    was,
    is,
    said,
  }: { readonly action: string; readonly was: boolean; readonly is: boolean; readonly said: string },
): void => {
  if (is && !was) expect(isTold(differences, action, { side: 'gained' }), said).toBe(true);
  if (was && !is) expect(isTold(differences, action, { side: 'lost' }), said).toBe(true);
  if (was) expect(isTold(differences, action, { side: 'gained', change: 'action' }), said).toBe(false);
  if (is) expect(isTold(differences, action, { side: 'lost', change: 'action' }), said).toBe(false);
};

test('what a principal gains and loses is told of each action on which a decision changes, and of none as whole that was granted', () => {
  const requestsArbitrary = fc.array(requestArbitrary, { minLength: 1, maxLength: 12 });
  const check = fc.property(nights, requestsArbitrary, ({ before, after }, requests) => {
    const { told, wholes } = completions(before, requests);
    const then = completions(after, requests).wholes;
    const differences = compare(askerOf(before, told), askerOf(after, told)) ?? [];
    for (const [at, whole] of wholes.entries()) {
      const { action } = whole.request;
      const later = then[at];
      if (reference.positionOf(action) === null || later === undefined) continue;
      const said = JSON.stringify({ request: whole.request, differences });
      expectTold(differences, { action, was: isAllowed(whole), is: isAllowed(later), said });
    }
  });
  fc.assert(check, { numRuns, seed });
});

test('what is gained one way is lost the other, and nothing where nothing changed', () => {
  const check = fc.property(nights, requestArbitrary, ({ before, after }, request) => {
    const [was, is] = [askerOf(before, request), askerOf(after, request)];
    const mirrored = (compare(is, was) ?? []).map(({ side, ...rest }) => ({
      ...rest,
      side: side === 'gained' ? 'lost' : 'gained',
    }));
    const inOrder = (list: readonly object[]): readonly string[] =>
      list.map((each) => JSON.stringify(Object.entries(each).sort())).sort();
    expect(inOrder(mirrored)).toEqual(inOrder(compare(was, is) ?? []));
    expect(compare(was, askerOf(before, request))).toEqual([]);
  });
  fc.assert(check, { numRuns, seed });
});
