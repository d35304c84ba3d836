import { describe, expect, test } from 'vitest';
import { createPolicyCompiler, requestedAction } from '../policy/compile-policy.ts';
import { parsePolicyDocument } from '../policy/parse-policy-document.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import type { ApplicablePolicies } from './applicable-policies.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import { residualText } from './describe-residual.ts';
import { withContext } from './request-context.ts';
import { toQuestion } from './testing/ask.ts';

const reference = await loadServiceReference();
const compile = createPolicyCompiler(reference);

interface Parts {
  readonly identity?: readonly unknown[];
  readonly boundary?: readonly unknown[];
  readonly unread?: Partial<ApplicablePolicies['unread']>;
}

const statement = (effect: 'Allow' | 'Deny', condition = {}) => ({
  Effect: effect,
  Action: '*',
  Resource: '*',
  Condition: condition,
});
const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const office = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } };
const unreadPolicy = { policy: 'p', pointer: '', message: 'the document was not collected' };

const decideBy = ({ identity = [], boundary, unread }: Parts): Decision => {
  const named = (name: string) => (each: unknown) => ({
    name,
    policy: compile(parsePolicyDocument({ Version: '2012-10-17', Statement: each })),
  });
  return decide(
    {
      action: requestedAction(reference, 's3:GetObject'),
      resource: 'arn:aws:s3:::b/k',
      context: withContext({}, () => 'unknown'),
      time: null,
    },
    {
      identity: identity.map(named('identity')),
      boundary: boundary?.map(named('boundary')) ?? null,
      unread: { identity: [], boundary: [], ...unread },
    },
  );
};

const residualBy = (parts: Parts): string => {
  const decision = decideBy(parts);
  return decision.kind === 'allowedIf' ? residualText(decision.residual) : decision.kind;
};

describe('the residual', () => {
  const mfaText = '`aws:MultiFactorAuthPresent` is `true`';

  test('is the condition of the only grant', () => {
    expect(residualBy({ identity: [statement('Allow', mfa)] })).toBe(mfaText);
  });

  test('is an alternative of several grants', () => {
    const identity = [statement('Allow', mfa), statement('Allow', office)];
    expect(residualBy({ identity })).toBe(`${mfaText} or \`aws:SourceIp\` is in \`10.0.0.0/8\``);
  });

  test('is the negation of the condition of a Deny', () => {
    const identity = [statement('Allow'), statement('Deny', { ...mfa, ...office })];
    expect(residualBy({ identity })).toBe(
      '`aws:MultiFactorAuthPresent` is not `true` or `aws:SourceIp` is not in `10.0.0.0/8`',
    );
  });

  test('joins grant, boundary and Deny', () => {
    const parts = {
      identity: [statement('Allow', mfa), statement('Deny', { Bool: { 'aws:ViaAWSService': 'true' } })],
      boundary: [statement('Allow', office)],
    };
    expect(residualBy(parts)).toBe(
      `\`aws:ViaAWSService\` is not \`true\` and ${mfaText} and \`aws:SourceIp\` is in \`10.0.0.0/8\``,
    );
  });

  test('names the same condition of grant and boundary once', () => {
    expect(residualBy({ identity: [statement('Allow', mfa)], boundary: [statement('Allow', mfa)] })).toBe(mfaText);
  });

  test('holds the variables that are not known', () => {
    const own = { StringEquals: { 's3:prefix': '${aws:username}' } };
    expect(residualBy({ identity: [statement('Allow', own)] })).toBe('`s3:prefix` is `${aws:username}`');
  });

  test('that contradicts itself is a Deny', () => {
    const decision = decideBy({ identity: [statement('Allow', mfa), statement('Deny', mfa)] });
    expect(decision).toEqual({ kind: 'explicitDeny', deniedBy: [{ policy: 'identity', statement: 0 }] });
  });

  test('that contradicts itself is told with every Deny that takes part under conditions', () => {
    const each = [statement('Allow', mfa), statement('Deny', mfa), statement('Deny', office)];
    expect(decideBy({ identity: [each] })).toMatchObject({
      kind: 'explicitDeny',
      deniedBy: [{ statement: 1 }, { statement: 2 }],
    });
  });
});

describe('what could not be read', () => {
  test('of the identity-based policies leaves a grant and its absence open', () => {
    const unread = { identity: [unreadPolicy] };
    expect(decideBy({ unread })).toEqual({ kind: 'undetermined', reasons: [unreadPolicy] });
    expect(decideBy({ identity: [statement('Allow')], unread })).toEqual({
      kind: 'undetermined',
      reasons: [unreadPolicy],
    });
  });

  test('does not weaken a Deny that was read', () => {
    expect(decideBy({ identity: [statement('Deny')], unread: { identity: [unreadPolicy] } }).kind).toBe('explicitDeny');
  });

  test('of the boundary leaves a grant open, but does not make one', () => {
    const unread = { boundary: [unreadPolicy] };
    expect(decideBy({ identity: [statement('Allow')], boundary: [], unread }).kind).toBe('undetermined');
    expect(decideBy({ boundary: [], unread })).toEqual({ kind: 'implicitDeny', silent: 'identity' });
  });

  test('does not matter where a boundary that was read is silent', () => {
    const decision = decideBy({ boundary: [], unread: { identity: [unreadPolicy] } });
    expect(decision).toEqual({ kind: 'implicitDeny', silent: 'permissions-boundary' });
  });

  test('does not stand in for the policy of a resource elsewhere', () => {
    const [request, policies] = toQuestion({ caller: ['user', 'arn:aws:iam::444455556666:user/bob'] });
    const decision = decide(request, { ...policies, unread: { identity: [unreadPolicy], boundary: [] } });
    expect(decision).toEqual({ kind: 'implicitDeny', silent: 'resource-policy' });
  });

  test('a Deny without a resource leaves a grant open', () => {
    const identity = [statement('Allow'), { Effect: 'Deny', Action: 's3:*' }];
    expect(decideBy({ identity })).toMatchObject({
      kind: 'undetermined',
      reasons: [{ policy: 'identity', pointer: '/Statement' }],
    });
  });

  test('a skipped Allow in the boundary does not allow', () => {
    const boundary = [{ ...statement('Allow'), Sid: 7 }];
    expect(decideBy({ identity: [statement('Allow')], boundary }).kind).toBe('implicitDeny');
  });
});
