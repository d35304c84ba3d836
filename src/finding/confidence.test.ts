import { describe, expect, it } from 'vitest';
import { confidenceOf } from './confidence.ts';

const conditions = { text: 'the request comes from 10.0.0.0/8', formula: {} };
const escalation = (proof: 'proven' | 'derived' | 'conditional') => ({ reaches: 'administrator', proof, steps: [] });

describe('the confidence of a finding', () => {
  it.each([
    ['certain', { outcome: 'fail', conditions: null }],
    ['conditional', { outcome: 'fail', conditions }],
    ['unknown', { outcome: 'unknown', conditions: null }],
    ['proven', { outcome: 'fail', conditions: null, escalation: escalation('proven') }],
    ['derived', { outcome: 'fail', conditions: null, escalation: escalation('derived') }],
    ['conditional', { outcome: 'fail', conditions, escalation: escalation('derived') }],
    ['conditional', { outcome: 'fail', conditions: null, escalation: escalation('conditional') }],
  ] as const)('is %s by %j', (confidence, finding) => {
    expect(confidenceOf(finding)).toBe(confidence);
  });
});
