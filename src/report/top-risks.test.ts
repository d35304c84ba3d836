import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding/audit-report.ts';
import type { EscalationCut } from '../finding/escalation-cut.ts';
import { reportView } from './report-view.ts';
import { exampleReport, exampleTexts, findingOf } from './testing/example-report.ts';

const arnOf = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;

const escalates = (name: string, proof: 'proven' | 'derived' = 'proven', steps = 1): Finding =>
  findingOf({
    checkId: 'principal-can-become-administrator',
    category: 'escalation',
    severity: 'critical',
    title: 'Principal can become administrator',
    summary: `Role ${name} can become administrator.`,
    subject: { arn: arnOf(name), type: 'Role', id: `AROA${name}`, part: null },
    remediation: ['Take it away.'],
    escalation: {
      reaches: 'administrator',
      proof,
      steps: Array.from({ length: steps }, () => ({
        method: 'iam-001',
        from: arnOf(name),
        to: arnOf(name),
        requests: ['iam:PutRolePolicy', 'iam:GetRole'].map((action) => ({
          action,
          resource: '*',
          grantedBy: [{ policy: `${arnOf(name)}#inline/own`, statement: 0 }],
        })),
      })),
    },
  });

const cutOf = (names: readonly string[], sentence: string): EscalationCut => ({
  accountId: '123456789012',
  changes: [{ kind: 'remove-statement', policy: arnOf('p'), statement: 0 }],
  sentences: [sentence],
  closes: names.map(arnOf),
  usedAccess: { status: 'unused', used: [] },
  verified: 'alone',
});

const check = (checkId: string, severity: Finding['severity'], name: string): Finding =>
  findingOf({
    checkId,
    severity,
    title: checkId,
    subject: { arn: arnOf(name), type: 'Role', id: `AROA${checkId}${name}`, part: null },
    remediation: ['First.', 'Then.'],
  });

const risksOf = (findings: readonly Finding[], escalationCuts: readonly EscalationCut[] = []) =>
  reportView({ ...exampleReport, findings, escalationCuts }, exampleTexts).risks;

describe('the top risks', () => {
  it('are one card for all that one change closes, proven by the surest and shortest of them', () => {
    const risks = risksOf(
      [escalates('a', 'derived'), escalates('b', 'proven', 2), escalates('c')],
      [cutOf(['a', 'b', 'c'], 'Remove statement 1 of policy `p`.')],
    );
    const [card] = risks?.cards ?? [];
    expect(risks?.cards).toHaveLength(1);
    expect(card?.count).toBe('3 cases');
    expect(card?.subjects.map(({ name }) => name)).toEqual(['c', 'b', 'a']);
    expect(card?.proof.label).toBe('Proven');
    expect(card?.steps).toMatchObject([{ from: 'c', actions: ['iam:PutRolePolicy', 'iam:GetRole'], grants: [{}] }]);
    expect(card?.mend.sentences[0]?.map(({ text }) => text).join('')).toBe('Remove statement 1 of policy p.');
    expect(card?.mend.known).toContain('no path is left. Nobody uses what it takes.');
  });

  it('are two where each path has a change of its own, and the first change counts where two close one', () => {
    const cuts = [cutOf(['a'], 'One.'), cutOf(['a', 'b'], 'Other.')];
    expect(risksOf([escalates('a'), escalates('b')], cuts)?.cards.map(({ subjects }) => subjects.length)).toEqual([
      1, 1,
    ]);
  });

  it('let no check hide another that found something as bad', () => {
    const paths = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const risks = risksOf(
      [...paths.map((name) => escalates(name)), check('root-user-has-access-key', 'critical', 'x')],
      paths.map((name) => cutOf([name], `Cut ${name}.`)),
    );
    expect(risks?.cards.map(({ title }) => title).slice(0, 2)).toEqual([
      'Principal can become administrator',
      'root-user-has-access-key',
    ]);
    expect(risks?.cards).toHaveLength(6);
    expect(risks?.others?.text).toBe('Beside these there are 2 critical ones');
  });

  it('tell what is observed by its evidence and how to mend it, the worst of a check first', () => {
    const [card] = risksOf([check('old-key', 'medium', 'm'), check('old-key', 'high', 'h')])?.cards ?? [];
    expect(card).toMatchObject({ severity: 'high', proof: { label: 'Observed' }, count: '2 cases' });
    expect(card?.facts.map(({ label }) => label)).toEqual(['Age', 'Max age']);
    expect(card?.mend.sentences).toHaveLength(2);
  });

  it('are none where nothing is worse than low, or what is worse is accepted', () => {
    expect(risksOf([check('a', 'low', 'x')])).toBeNull();
    expect(risksOf([{ ...check('a', 'critical', 'x'), state: 'suppressed' }])).toBeNull();
  });
});
