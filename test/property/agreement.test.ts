import fc from 'fast-check';
import { expect, test } from 'vitest';
import { engineDecision, naiveDecision, residualHolds } from './engine.ts';
import { type Policies, policiesArbitrary, requestArbitrary } from './policy-arbitraries.ts';

// `VIGIL_PROPERTY_RUNS` makes the long run; the seed is fixed so that each run is the same.
const numRuns = Number(process.env['VIGIL_PROPERTY_RUNS'] ?? 3_000);

/** The engine decides String and Arn operators; which denial it is may depend on the others. */
const decidable = (policies: Policies): boolean => !/"(Bool|Null)/.test(JSON.stringify(policies));

test('the engine agrees with the naive evaluator where the context is known, and its residual where it is not', () => {
  fc.assert(
    fc.property(policiesArbitrary, requestArbitrary, (policies, request) => {
      const decision = engineDecision(policies, request);
      const truth = naiveDecision(policies, request);
      switch (decision.kind) {
        case 'allowedIf':
          expect(residualHolds(decision.residual, request)).toBe(truth === 'allowed');
          break;
        case 'explicitDeny':
        case 'implicitDeny':
          expect(truth).not.toBe('allowed');
          if (decidable(policies) && request.hidden.length === 0) expect(truth).toBe(decision.kind);
          break;
        case 'allowed':
          expect(truth).toBe('allowed');
          break;
        case 'undetermined':
          throw new Error(`nothing is unread, but ${JSON.stringify(decision.reasons)}`);
      }
    }),
    { numRuns, seed: 20_260_926 },
  );
});
