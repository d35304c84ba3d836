import { describe, expect, it } from 'vitest';
import type { Escalation, EscalationStep } from '../finding/check-result.ts';
import { escalationView } from './escalation-view.ts';

const alice = 'arn:aws:iam::123456789012:user/alice';
const deploy = 'arn:aws:iam::123456789012:role/deploy';

const step = (differing: Partial<EscalationStep>): EscalationStep => ({
  method: 'iam-007',
  from: alice,
  to: alice,
  requests: [],
  ...differing,
});

const told = (reaches: string, ...steps: EscalationStep[]): string[] => {
  const path: Escalation = { reaches, proof: 'derived', steps };
  return escalationView(path, new Map()).steps.map(({ from, deed, to }) => [from, deed, to ?? []].flat().join(' '));
};

describe('a path of escalation', () => {
  it('says of whoever rewrites its own permissions that it makes itself administrator, at the last step', () => {
    expect(told('administrator', step({}))).toEqual(['alice makes itself administrator']);
    expect(told('administrator', step({}), step({ method: 'iam-022' }))).toEqual([
      'alice changes what it may do',
      'alice makes itself administrator',
    ]);
  });

  it('says whom a step becomes', () => {
    expect(told(deploy, step({ to: deploy }))).toEqual(['alice becomes deploy']);
    expect(told('arn:aws:s3:::salaries', step({ to: 'arn:aws:s3:::salaries' }))).toEqual(['alice uses salaries']);
    expect(told('administrator', step({ to: 'administrator' }))).toEqual(['alice becomes administrator']);
    expect(told(deploy, step({}), step({ to: deploy }))).toEqual([
      'alice changes what it may do',
      'alice becomes deploy',
    ]);
  });

  it('gives a method its title beside its id', () => {
    const titles = new Map([['iam-007', 'Write an inline policy into its own user']]);
    const path: Escalation = { reaches: 'administrator', proof: 'derived', steps: [step({}), step({ method: 'x' })] };
    expect(escalationView(path, titles).steps.map(({ method, methodTitle }) => [method, methodTitle])).toEqual([
      ['iam-007', 'Write an inline policy into its own user'],
      ['x', null],
    ]);
  });

  it('names the statement by both ways of counting, and a policy that belongs to something by that', () => {
    const grantedBy = [
      { policy: 'arn:aws:iam::123456789012:policy/tools', statement: 1 },
      { policy: `${alice}#inline/own#inline/x`, statement: 0 },
      { policy: `${deploy}#trust`, statement: 0 },
      { policy: 'arn:aws:s3:::salaries#policy', statement: 2 },
    ];
    const requests = [{ action: 'iam:PutUserPolicy', resource: alice, grantedBy }];
    const path: Escalation = { reaches: 'administrator', proof: 'derived', steps: [step({ requests })] };
    expect(escalationView(path, new Map()).steps[0]?.requests[0]?.grantedBy).toEqual([
      {
        kind: null,
        policy: 'arn:aws:iam::123456789012:policy/tools',
        holder: null,
        statement: 'statement 2 (index 1)',
      },
      { kind: 'inline policy', policy: 'own#inline/x', holder: 'alice', statement: 'statement 1 (index 0)' },
      { kind: 'trust policy', policy: null, holder: 'deploy', statement: 'statement 1 (index 0)' },
      { kind: 'policy', policy: null, holder: 'salaries', statement: 'statement 3 (index 2)' },
    ]);
  });

  it('tells the replay request by request, and nothing invisible', () => {
    const caller = 'arn:aws:iam::123456789012:user/al\u202eice';
    const request = { caller, action: 'iam:ListUsers', resource: '*', parameters: {} } as const;
    const path = {
      reaches: 'administrator',
      proof: 'proven',
      steps: [],
      transcript: [
        { step: null, ...request, outcome: 'refused', code: 'AccessDenied', message: 'no' },
        { step: 0, ...request, parameters: { UserName: 'bob' }, outcome: 'done' },
        { step: null, ...request, outcome: 'done' },
      ],
    } as const;
    expect(
      escalationView(path, new Map()).transcript?.map(({ when, parameters, outcome }) => [when, parameters, outcome]),
    ).toEqual([
      ['before', null, 'refused: AccessDenied: no'],
      ['step 1', '{"UserName":"bob"}', 'done'],
      ['in the end', null, 'done'],
    ]);
    expect(escalationView(path, new Map()).transcript?.[0]?.caller).not.toContain('\u202e');
  });
});
