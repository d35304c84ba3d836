import fc from 'fast-check';
import { expect, test } from 'vitest';
import { naiveDecide } from '../naive/naive-evaluator.ts';
import type { NaiveRequest } from '../naive/naive-request.ts';
import { askEngine } from './ask-engine.ts';
import { type Json, mapStatements } from './map-statements.ts';
import { contextArbitrary, openRequestArbitrary, requestArbitrary } from './request-arbitraries.ts';
import { KEYS } from './request-pools.ts';
import { residualHolds } from './residual.ts';

// `VIGIL_PROPERTY_RUNS` makes the long run, `VIGIL_PROPERTY_SEED` another one: each run of a seed is the same.
const numRuns = Number(process.env['VIGIL_PROPERTY_RUNS'] ?? 3_000);
const seed = Number(process.env['VIGIL_PROPERTY_SEED'] ?? 20_260_926);
const parameters = { numRuns, seed };

test('engine and naive evaluator decide alike where the whole context is known', () => {
  fc.assert(
    fc.property(fc.oneof(requestArbitrary, openRequestArbitrary), (request) => {
      expect(askEngine(request).decision).toBe(naiveDecide(request));
    }),
    parameters,
  );
});

/** Keys that follow from the caller are not hidden where they are to be derived. */
const FOLLOWING = ['aws:PrincipalArn', 'aws:username'];

const withoutKeys = (request: NaiveRequest, hidden: readonly string[]): NaiveRequest => ({
  ...request,
  request: {
    ...request.request,
    context: Object.fromEntries(Object.entries(request.request.context ?? {}).filter(([key]) => !hidden.includes(key))),
  },
});

const withKeys = (request: NaiveRequest, context: Readonly<Record<string, readonly string[]>>): NaiveRequest => ({
  ...request,
  request: { ...request.request, context: { ...request.request.context, ...context } },
});

const completionsArbitrary = fc.array(contextArbitrary, { minLength: 8, maxLength: 8 });

test('what is left open holds for a completion of the context exactly where that is allowed', () => {
  const hiddenArbitrary = fc.subarray(
    KEYS.map(({ name }) => name),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(
      fc.oneof(openRequestArbitrary, requestArbitrary),
      hiddenArbitrary,
      completionsArbitrary,
      (whole, some, completions) => {
        const { contextComplete } = whole.request;
        const hidden = some.filter((key) => contextComplete === true || !FOLLOWING.includes(key));
        const known = withoutKeys(whole, hidden);
        const answer = askEngine({ ...known, request: { ...known.request, unknownContext: hidden } });
        for (const completion of completions) {
          const hiddenPart = Object.fromEntries(Object.entries(completion).filter(([key]) => hidden.includes(key)));
          const completed = withKeys(known, hiddenPart);
          const allowed = naiveDecide(completed) === 'Allowed';
          const said =
            answer.decision === 'AllowedIf'
              ? residualHolds(answer.conditions?.formula, completed)
              : answer.decision === 'Allowed';
          expect(said, JSON.stringify({ hiddenPart, conditions: answer.conditions?.text })).toBe(allowed);
        }
      },
    ),
    parameters,
  );
});

/** Ways to write a statement that AWS refuses. */
const BREAKAGES: readonly ((statement: Json) => Json)[] = [
  (statement) => ({ ...statement, Effect: String(statement['Effect']).toLowerCase() }),
  (statement) => ({ ...statement, Condition: { StringLikes: { 'aws:username': 'a' } } }),
  (statement) => ({ ...statement, Condition: 'none' }),
  (statement) => ({ ...statement, Action: '*', NotAction: '*' }),
  (statement) => ({ ...statement, Resource: 'bucket' }),
  (statement) => ({ ...statement, Resources: '*' }),
  ({ Action: _, NotAction: __, ...statement }) => statement,
  ({ Principal: _, NotPrincipal: __, ...statement }) => ({ ...statement, Principal: { Users: ['*'] } }),
];

test('statements that AWS refuses never grant, and a Deny among them leaves open what would be allowed', () => {
  const brokenArbitrary = fc.array(fc.option(fc.constantFrom(...BREAKAGES), { freq: 2 }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(fc.oneof(requestArbitrary, openRequestArbitrary), brokenArbitrary, (whole, breakages) => {
      let met = 0;
      let hidesDeny = false;
      const broken = mapStatements(whole, (all) =>
        all.map((statement) => {
          const change = breakages[met++ % breakages.length] ?? null;
          if (change === null) return statement;
          if (change(statement)['Effect'] !== 'Allow') hidesDeny = true;
          return change(statement);
        }),
      );
      const { decision } = askEngine(broken);
      const truth = naiveDecide(broken);
      if (decision === 'Undetermined') expect([hidesDeny, truth]).toEqual([true, 'Allowed']);
      else expect(decision).toBe(truth);
    }),
    parameters,
  );
});
