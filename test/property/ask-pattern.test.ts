import fc from 'fast-check';
import { expect, test } from 'vitest';
import { askPattern, type PatternAnswer } from '../../src/access/ask-pattern.ts';
import { patternData } from '../../src/cli/pattern-answer-text.ts';
import { describeResidual } from '../../src/evaluate/describe-residual.ts';
import { snapshot } from '../../src/snapshot/testing/snapshot-builder.ts';
import { naiveDecide } from '../naive/naive-evaluator.ts';
import { resourceMatches } from '../naive/naive-matching.ts';
import { contextOf, type NaiveRequest } from '../naive/naive-request.ts';
import {
  allPolicies,
  askerOf,
  BUCKET,
  bucketPolicy,
  carriersOf,
  completions,
  isGranted,
  isInBucket,
  listOf,
  reference,
} from './permission-cases.ts';
import { requestArbitrary } from './policy-arbitraries.ts';
import { residualHolds } from './residual.ts';

const numRuns = Number(process.env['VIGIL_PROPERTY_RUNS'] ?? 1_500);
const seed = Number(process.env['VIGIL_PROPERTY_SEED'] ?? 20_260_926);

const PATTERNS = [
  'arn:aws:s3:::*',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::b*',
  'arn:aws:s3:::?/*:y',
  'arn:aws:*:*:*:*',
  'arn:aws:iam::*:user/a*',
];

const EMPTY = snapshot({ accountId: '111122223333' });
/** Holds an answer to what the naive evaluator decides of one of the resources that match. */
const expectAgreement = (answer: PatternAnswer, whole: NaiveRequest): void => {
  const allowed = naiveDecide(whole) === 'Allowed';
  const told = patternData(answer);
  const said = JSON.stringify({ request: whole.request, told });
  if (answer.extent === 'none') expect(allowed, said).toBe(false);
  const isSure = answer.extent === 'every' && residualHolds(describeResidual(answer.condition).formula, whole);
  if (isSure) expect(allowed, said).toBe(true);
  const carrier = whole.resourcePolicy === undefined ? null : BUCKET;
  const granted = listOf(told['granted']).filter(({ resourceWithPolicy }) => resourceWithPolicy === carrier);
  const isTold = granted.some((terms) => isGranted(terms, whole));
  expect(isTold, said).toBe(allowed);
};

test('what is told of a pattern is so for the resources that match it, bucket policies counted', () => {
  const requestsArbitrary = fc.array(requestArbitrary, { minLength: 1, maxLength: 12 });
  const check = fc.property(
    allPolicies,
    fc.option(bucketPolicy),
    fc.constantFrom(...PATTERNS),
    requestsArbitrary,
    (policies, raw, pattern, requests) => {
      const { told, wholes } = completions(policies, requests);
      const access = { asker: () => askerOf(policies, told), carriers: () => carriersOf(raw) };
      const account = { snapshot: EMPTY, access, reference };
      for (const whole of wholes) {
        const { action, resource } = whole.request;
        if (resourceMatches(pattern, false, resource, contextOf(whole)) !== true) continue;
        const answer = askPattern(EMPTY.root, account, { action, pattern, context: {} });
        expectAgreement(answer, raw !== null && isInBucket(resource) ? { ...whole, resourcePolicy: raw } : whole);
      }
    },
  );
  fc.assert(check, { numRuns, seed });
});
