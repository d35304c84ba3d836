import { describe, expect, it } from 'vitest';
import type { Escalation } from '../finding/check-result.ts';
import { graphViews } from './escalation-graph-view.ts';
import { exampleReport, findingOf } from './testing/example-report.ts';

const arnOf = (name: string): string => `arn:aws:iam::123456789012:${name}`;
const escalation = (from: string, to: string, action: string): Escalation => ({
  reaches: 'administrator',
  proof: 'proven',
  steps: [{ method: 'iam-002', from, to, requests: [{ action, resource: to, grantedBy: [] }] }],
});
const viewOf = (...paths: readonly Escalation[]) =>
  graphViews(
    {
      ...exampleReport,
      findings: paths.map((path, index) =>
        findingOf({ category: 'escalation', escalation: path, key: `${index}`, checkId: 'principal-escalates' }),
      ),
    },
    new Map([['iam-002', 'New access key for another user']]),
  );

describe('the picture of escalations', () => {
  it('is none without paths', () => {
    expect(viewOf()).toEqual([]);
  });

  it('is told as a list too, a sentence an edge', () => {
    const [view] = viewOf(escalation(arnOf('user/alice'), arnOf('user/admin'), 'iam:CreateAccessKey'));
    expect(view?.sentences).toEqual(['alice can become admin: New access key for another user (iam-002).']);
    expect(view?.boxes.map(({ name, kind }) => [name, kind])).toEqual([
      ['admin', 'user, administrator'],
      ['alice', 'user'],
    ]);
    expect(view?.lines.map(({ label }) => label)).toEqual(['iam:CreateAccessKey']);
    expect(view?.description).toContain('1 path, 1 of them without conditions');
  });

  it('tells of roles that are passed by what runs as them', () => {
    const path = escalation(arnOf('user/alice'), arnOf('role/admin'), 'iam:PassRole');
    const run = { action: 'lambda:InvokeFunction', resource: '*', grantedBy: [] };
    const [view] = viewOf({
      ...path,
      steps: path.steps.map((step) => ({ ...step, requests: [...step.requests, run] })),
    });
    expect(view?.lines.map(({ label }) => label)).toEqual(['PassRole, InvokeFunction']);
  });

  it('counts those that stand alike', () => {
    const users = Array.from({ length: 214 }, (_, index) => arnOf(`user/u${index}`));
    const [view] = viewOf(...users.map((user) => escalation(user, arnOf('user/admin'), 'iam:CreateAccessKey')));
    expect(view?.boxes.map(({ name }) => name)).toEqual(['admin', '214 users']);
  });

  it('shortens names that have no room, and spells out what cannot be seen', () => {
    const long = `user/${'W'.repeat(60)}\u202Egnp`;
    const [view] = viewOf(escalation(arnOf(long), arnOf('user/admin'), 'iam:CreateAccessKey'));
    const name = view?.boxes[1]?.name ?? '';
    expect(name).toMatch(/^W+…/);
    expect(name.length).toBeLessThan(22);
    expect(`${view?.boxes[1]?.title} ${view?.sentences.join(' ')}`).toContain('⟨U+202E⟩');
  });

  it('leaves out what is resolved', () => {
    const path = escalation(arnOf('user/alice'), arnOf('user/admin'), 'iam:CreateAccessKey');
    expect(
      graphViews({ ...exampleReport, findings: [findingOf({ escalation: path, state: 'resolved' })] }, new Map()),
    ).toEqual([]);
  });
});
