import { expect, it } from 'vitest';
import { evidencePin } from './evidence-pin.ts';
import { finding } from './testing/finding-builder.ts';

const pin = evidencePin(finding());

it('is 64 hexadecimal digits', () => {
  expect(pin).toMatch(/^[0-9a-f]{64}$/);
});

it.each([
  ['severity, state and texts', finding({ severity: 'critical', state: 'open', summary: 'Other words.', title: 'x' })],
  ['days that grow', finding({ evidence: { idleDays: 101, lastUsed: null } })],
  ['the order of members', finding({ evidence: { lastUsed: null, idleDays: 100 } })],
  ['the days of what is nested', finding({ evidence: { lastUsed: null, ageDays: 3 } })],
])('stays the same for other %s', (_, other) => {
  expect(evidencePin(other)).toBe(pin);
});

it.each([
  ['a fact', finding({ evidence: { idleDays: 100, lastUsed: '2026-01-01T00:00:00Z' } })],
  ['a further fact', finding({ evidence: { idleDays: 100, lastUsed: null, tags: ['a'] } })],
  ['conditions', finding({ conditions: { text: 'x', formula: { kind: 'atom' } } })],
  ['who gets in', finding({ external: { principal: '*', kind: 'public', resource: 'r', actions: ['s3:GetObject'] } })],
  [
    'a path',
    finding({
      escalation: {
        reaches: 'administrator',
        proof: 'proven',
        steps: [{ method: 'iam-001', from: 'a', to: 'b', requests: [] }],
      },
    }),
  ],
])('changes with %s', (_, other) => {
  expect(evidencePin(other)).not.toBe(pin);
});
