import fc from 'fast-check';
import { expect, test } from 'vitest';
import { naiveDecide } from '../naive/naive-evaluator.ts';
import type { NaiveRequest } from '../naive/naive-request.ts';
import { askEngine } from './ask-engine.ts';
import { contextArbitrary, openRequestArbitrary, requestArbitrary } from './request-arbitraries.ts';
import { KEYS } from './request-pools.ts';
import { residualHolds } from './residual.ts';

// `VIGIL_PROPERTY_RUNS` makes the long run; the seed is fixed so that each run is the same.
const numRuns = Number(process.env['VIGIL_PROPERTY_RUNS'] ?? 3_000);
const parameters = { numRuns, seed: 20_260_926 };
const LONG_RUN_MS = 3_600_000;

test('engine and naive evaluator decide alike where the whole context is known', { timeout: LONG_RUN_MS }, () => {
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

test('what is left open holds for a completion of the context exactly where that is allowed', {
  timeout: LONG_RUN_MS,
}, () => {
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
