import { describe, expect, test } from 'vitest';
import { explainDecision } from './explain-decision.ts';
import { refusedStatements } from './refused-statements.ts';
import { allow, ask, deny, other, type Question, toQuestion } from './testing/ask.ts';

const user = ['user', 'arn:aws:iam::111122223333:user/alice'] as const;
const explain = (question: Question) => explainDecision(...toQuestion(question));
const everybody = allow({ Principal: '*' });
const mfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

describe('an explanation', () => {
  test('tells what each kind of policy says, in the order of evaluation', () => {
    const { verdicts, change, decision } = explain({
      caller: user,
      unknown: ['aws:multifactorauthpresent'],
      scps: [allow(), [other, allow({ Sid: 'Second' })]],
      rcps: [everybody],
      endpoint: everybody,
      boundary: allow(mfa),
      session: [allow(), deny({ Sid: 'NoMfa', ...mfa })],
      identity: [other, allow({ Sid: 'All' })],
    });
    expect(decision.kind).toBe('explicitDeny');
    expect(
      verdicts.map(({ limit, level, verdict, statements }) => [limit, level, verdict, statements[0]?.pointer]),
    ).toEqual([
      ['scp', 0, 'allowed', '/Statement'],
      ['scp', 1, 'allowed', '/Statement/1'],
      ['rcp', 0, 'allowed', '/Statement'],
      ['endpoint-policy', null, 'allowed', '/Statement'],
      ['permissions-boundary', null, 'allowedIf', '/Statement'],
      ['session-policy', null, 'deniedIf', '/Statement/1'],
      ['identity', null, 'allowed', '/Statement/1'],
      ['resource-policy', null, 'silent', undefined],
    ]);
    expect(verdicts[1]?.statements).toEqual([
      { policy: 'scp 1', statement: 1, sid: 'Second', pointer: '/Statement/1' },
    ]);
    expect(change).toEqual({
      kind: 'spare',
      statement: { policy: 'session', statement: 1, sid: 'NoMfa', pointer: '/Statement/1' },
    });
  });

  test('tells a Deny that always applies, without a condition', () => {
    const { verdicts } = explain({
      caller: user,
      identity: [allow(), deny()],
      unknown: ['aws:multifactorauthpresent'],
    });
    expect(verdicts[0]).toMatchObject({ verdict: 'denied', statements: [{ statement: 1 }], condition: null });
  });

  test('does not tell a Deny that spares the caller', () => {
    const NotPrincipal = { AWS: [user[1], 'arn:aws:iam::111122223333:root'] };
    const { verdicts } = explain({ caller: user, resourcePolicy: [everybody, deny({ NotPrincipal })] });
    expect(verdicts.at(-1)).toMatchObject({ limit: 'resource-policy', verdict: 'allowed' });
  });

  test('of an implicit denial names the first kind of policy that must allow', () => {
    expect(explain({ caller: user, identity: allow(), scps: [allow(), other] }).change).toEqual({
      kind: 'allow',
      limit: 'scp',
      level: 1,
    });
    expect(explain({ caller: user }).change).toEqual({ kind: 'allow', limit: 'identity', level: null });
  });

  test('of what is allowed asks for no change', () => {
    expect(explain({ caller: user, identity: allow() }).change).toBeNull();
  });

  test('of sts:GetCallerIdentity needs no policy', () => {
    const { verdicts, decision } = explain({ caller: user, action: 'sts:GetCallerIdentity', identity: deny() });
    expect([decision, verdicts]).toEqual([{ kind: 'allowed', grantedBy: [] }, []]);
  });
});

describe('a statement that AWS would refuse where it stands', () => {
  const refusals = (question: Question) => refusedStatements(toQuestion(question)[1]);

  test.each<[string, Question, string]>([
    ['identity-based with a principal', { caller: user, identity: [everybody] }, '/Statement/0'],
    ['SCP with a principal', { caller: user, scps: [everybody] }, '/Statement'],
    ['RCP without a resource', { caller: user, rcps: [{ Effect: 'Deny', Action: '*', Principal: '*' }] }, '/Statement'],
    ['RCP without a principal', { caller: user, rcps: [[everybody, allow()]] }, '/Statement/1'],
    ['resource-based without a principal', { caller: user, resourcePolicy: allow() }, '/Statement'],
    ['NotPrincipal with Allow', { caller: user, resourcePolicy: allow({ NotPrincipal: '*' }) }, '/Statement'],
    [
      'unknown operator',
      { caller: user, session: allow({ Condition: { StringLikes: { a: 'b' } } }) },
      '/Statement/Condition/StringLikes',
    ],
  ])('is reported: %s', (_title, question, pointer) => {
    expect(refusals(question)).toMatchObject([{ pointer }]);
    expect(refusals(question)).toEqual(refusals(question));
  });

  test('is reported with what is wrong', () => {
    const messages = (question: Question) => refusals(question).map(({ message }) => message);
    expect(messages({ caller: user, resourcePolicy: allow({ NotPrincipal: '*' }) })).toEqual([
      'an Allow has a `NotPrincipal`',
    ]);
    expect(messages({ caller: user, identity: everybody, rcps: [allow()] })).toEqual([
      'an identity-based policy has a statement with a principal or without a resource',
      'a statement names no principal or no resource where its type of policy must',
    ]);
  });

  test('a trust policy needs no resource', () => {
    expect(
      refusals({ caller: user, resourcePolicy: { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' } }),
    ).toEqual([]);
  });
});

describe('a Deny that had to be skipped', () => {
  const brokenDeny = (more: object) => deny({ Condition: { StringLikes: { a: 'b' } }, ...more });

  test.each<[string, object, string]>([
    ['leaves open what it could have denied', { Action: 's3:Get*' }, 'undetermined'],
    ['is no matter to other actions', { Action: 'ec2:*' }, 'allowed'],
    ['is no matter to what its NotAction lists', { Action: undefined, NotAction: 's3:*' }, 'allowed'],
    ['leaves open what its NotAction does not list', { Action: undefined, NotAction: 'ec2:*' }, 'undetermined'],
    ['leaves all open where its actions are broken too', { Action: '*:Get' }, 'undetermined'],
    ['leaves open what one of its actions could be', { Action: ['ec2:*', 's3:Get*'] }, 'undetermined'],
    ['may be one whose effect nobody can read', { Effect: 'Forbid' }, 'undetermined'],
  ])('%s', (_title, more, decision) => {
    const statement = JSON.parse(JSON.stringify(brokenDeny(more))) as object;
    expect(ask({ caller: user, identity: [allow(), statement] })).toBe(decision);
  });

  test('is told with its place', () => {
    const decision = explain({ caller: user, identity: [allow(), brokenDeny({})] }).decision;
    const message = 'unknown condition operator `StringLikes`';
    expect(decision).toEqual({
      kind: 'undetermined',
      reasons: [{ policy: 'identity', pointer: '/Statement/1/Condition/StringLikes', message }],
    });
  });

  test('an effect in the wrong case means what it says, and neither grants nor leaves a doubt', () => {
    expect(ask({ caller: user, identity: [allow({ Effect: 'allow' })] })).toBe('implicitDeny by identity');
    expect(ask({ caller: user, identity: [allow(), allow({ Effect: 'allow' })] })).toBe('allowed');
    expect(ask({ caller: user, identity: [allow(), deny({ Effect: 'deny' })] })).toBe('undetermined');
  });

  test('in an SCP is no matter to those who are exempt', () => {
    const question: Question = { caller: user, identity: allow(), scps: [[allow(), brokenDeny({})]] };
    expect(ask(question)).toBe('undetermined');
    expect(ask({ ...question, settings: { managementAccount: true } })).toBe('allowed');
  });
});
