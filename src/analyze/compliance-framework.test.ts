import { describe, expect, it } from 'vitest';
import { parseComplianceFramework } from './compliance-framework.ts';

const problemsOf = (yaml: string): readonly string[] => {
  const framework = parseComplianceFramework(yaml, 'f.yaml');
  return framework.ok ? [] : framework.error;
};

const withControls = (controls: string): string =>
  `id: some-1.0\ntitle: Some\nscope: all\nreference: https://example.com/\ncontrols:\n${controls}`;

describe('parseComplianceFramework', () => {
  it('keeps the ids of controls as text', () => {
    const yaml = withControls('  - { id: "1.10", title: Ten, assessment: automated, checks: [] }\n');
    expect(parseComplianceFramework(yaml, 'f.yaml')).toMatchObject({ ok: true, value: { controls: [{ id: '1.10' }] } });
  });

  it.each([
    [
      'an id that YAML takes for a number',
      '  - { id: 1.10, title: Ten, assessment: automated, checks: [] }',
      'quoted text',
    ],
    ['an assessment of another kind', '  - { id: "1", title: One, assessment: sometimes, checks: [] }', 'assessment'],
    [
      'a member that nothing reads',
      '  - { id: "1", title: One, assessment: manual, checks: [], severity: high }',
      'severity',
    ],
    [
      'an id that occurs twice',
      '  - { id: "1", title: One, assessment: manual, checks: [] }\n  - { id: "1", title: Two, assessment: manual, checks: [] }',
      '`1` occurs twice',
    ],
    ['no controls', '  []', 'controls'],
  ])('refuses %s', (_, controls, told) => {
    expect(problemsOf(withControls(controls)).join('\n')).toContain(told);
  });
});
