import { describe, expect, it } from 'vitest';
import { at } from '../snapshot/testing/collected-builder.ts';
import { appendSuppression, type NewSuppression } from './append-suppression.ts';
import { applySuppressions } from './apply-suppressions.ts';
import type { Finding } from './audit-report.ts';
import { parseSuppressionFile } from './suppression-file.ts';
import { finding } from './testing/finding-builder.ts';

const SUPPRESSION: NewSuppression = {
  reason: 'accepted-risk',
  justification: 'For emergencies.',
  owner: 'ann',
  approver: 'bob',
  ticket: null,
  created: '2026-03-01',
  expires: '2026-04-01',
  pin: null,
};
const ENTRY = `  - check: role-unused
    principal: arn:aws:iam::123456789012:role/ci/deploy
    reason: accepted-risk
    justification: For emergencies.
    owner: ann
    approver: bob
    created: 2026-03-01
    expires: 2026-04-01
`;

const statesAfter = (text: string, found: Finding) => {
  const rules = parseSuppressionFile('s.yaml', text, new Set([found.checkId]));
  if (!rules.ok) return rules.error;
  const limits = { critical: 30, high: 90, medium: 180, low: 365, info: 365 };
  return applySuppressions([found], rules.value, { now: at('2026-03-01'), limits }).findings.map(({ state }) => state);
};

describe('an entry for a finding', () => {
  it('begins a file that is not there yet', () => {
    const text = appendSuppression(null, finding(), SUPPRESSION);
    expect(text).toMatch(/^# What is accepted/);
    expect(text.endsWith(`suppressions:\n${ENTRY}`)).toBe(true);
  });

  it.each(['suppressions: []\n', 'suppressions: [ ]', '{suppressions: []}\n'])(
    'begins the empty list of %j',
    (empty) => {
      expect(appendSuppression(empty, finding(), SUPPRESSION)).toBe(`suppressions:\n${ENTRY}`);
    },
  );

  it('stands after the others, whose comments and quotes stay', () => {
    const before = `# Ours.\nsuppressions:\n  # Asked for in SEC-1.\n  - check: "role-unused" # sure\n    principal: 'x'\n\n  - check: user-unused\n`;
    expect(appendSuppression(before, finding(), SUPPRESSION)).toBe(`${before}${ENTRY}`);
  });

  it('is indented as the others are', () => {
    const before = 'suppressions:\n- check: role-unused\n  principal: x\n';
    expect(appendSuppression(before, finding(), SUPPRESSION)).toBe(`${before}${ENTRY.replaceAll(/^ {2}/gm, '')}`);
  });

  it.each<[string, Partial<Finding>]>([
    ['of plain names', {}],
    [
      'of hostile names',
      { subject: { arn: "arn:aws:iam::123456789012:user/a\n- check: 'b' #{[&!", type: 'User', id: 'a', part: '*' } },
    ],
    ['of a key', { subject: { arn: 'arn:aws:iam::123456789012:user/a', type: 'User', id: 'a', part: 'AKIA1' } }],
    ['of a bucket', { subject: { arn: 'arn:aws:s3:::b', type: 'Resource', id: 'b', part: '999999999999' } }],
    ['of the account', { subject: { arn: 'arn:aws:iam::123456789012:root', type: 'Account', id: 'r', part: null } }],
  ])('suppresses the finding %s', (_, parts) => {
    const found = finding(parts);
    expect(statesAfter(appendSuppression(null, found, { ...SUPPRESSION, justification: 'a: b\n# c' }), found)).toEqual([
      'suppressed',
    ]);
  });

  it('suppresses no other finding of the check', () => {
    const subject = { arn: 'arn:aws:s3:::b', type: 'Resource', id: 'b', part: 'x' } as const;
    const text = appendSuppression(null, finding({ subject }), SUPPRESSION);
    expect(statesAfter(text, finding({ subject: { ...subject, part: 'y' } }))).toEqual(['new']);
    expect(statesAfter(text, finding({ subject, accountId: '999999999999' }))).toEqual(['new']);
  });
});
