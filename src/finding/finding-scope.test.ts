import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../kernel/json.ts';
import type { Finding } from './audit-report.ts';
import type { ExternalAccess } from './check-result.ts';
import { isWorse } from './finding-life.ts';
import { finding } from './testing/finding-builder.ts';

const access = (parts: Partial<ExternalAccess> = {}): ExternalAccess => ({
  principal: '444455556666',
  kind: 'account',
  resource: 'arn:aws:s3:::bucket',
  actions: ['s3:GetObject', 's3:List*'],
  ...parts,
});
const external = (parts: Partial<ExternalAccess>, evidence: JsonObject = {}): Partial<Finding> => ({
  category: 'external',
  external: access(parts),
  evidence,
});
const policy = (evidence: JsonObject): Partial<Finding> => ({ category: 'policy', evidence });
const given = (formula: JsonObject): Partial<Finding> => ({ conditions: { text: 'if so', formula } });
const MFA = { operator: 'Bool', key: 'aws:MultiFactorAuthPresent', values: ['true'] };
const IP = { operator: 'IpAddress', key: 'aws:SourceIp', values: ['10.0.0.0/8'] };
const BOB = 'arn:aws:iam::444455556666:user/bob';

describe('a finding is worse', () => {
  it.each<[string, Partial<Finding>, Partial<Finding>]>([
    ['where more actions are open', external({}), external({ actions: ['s3:GetObject', 's3:List*', 's3:PutObject'] })],
    ['where another action is open', external({}), external({ actions: ['s3:DeleteObject'] })],
    ['where everybody is let in', external({}), external({ principal: '*', kind: 'public' })],
    ['where a whole account is let in', external({ principal: BOB }), external({ principal: '444455556666' })],
    [
      'where it is by its root ARN',
      external({ principal: BOB }),
      external({ principal: 'arn:aws:iam::444455556666:root' }),
    ],
    [
      'where more of the resource is open',
      external({ resource: 'arn:aws:s3:::b/x/1' }),
      external({ resource: 'arn:aws:s3:::b/x/*' }),
    ],
    [
      'where one more principal is let in',
      external({}, { principals: ['a'] }),
      external({}, { principals: ['a', 'b'] }),
    ],
    ['where a policy hangs on more', policy({ attachedTo: ['a'] }), policy({ attachedTo: ['b', 'a'] })],
    ['where one condition of two is gone', given({ all: [MFA, IP] }), given(MFA)],
    ['where one condition of three is gone', given({ all: [MFA, IP, { not: IP }] }), given({ all: [IP, MFA] })],
    ['where another way is open', given(MFA), given({ any: [IP, MFA] })],
    ['where the only condition is gone', given(MFA), { conditions: null }],
  ])('%s', (_, before, after) => {
    expect(isWorse(finding(after), finding(before))).toBe(true);
  });

  it.each<[string, Partial<Finding>, Partial<Finding>]>([
    ['actions that a pattern holds already', external({}), external({ actions: ['s3:ListBucket', 's3:GetObject'] })],
    ['fewer actions', external({}), external({ actions: ['s3:GetObject'] })],
    ['somebody of another account', external({ principal: BOB }), external({ principal: '111122223333' })],
    ['another resource', external({ resource: 'arn:aws:s3:::one' }), external({ resource: 'arn:aws:s3:::two' })],
    ['principals in another order', external({}, { principals: ['a', 'b'] }), external({}, { principals: ['b', 'a'] })],
    ['principals that nobody listed before', external({}), external({}, { principals: ['a'] })],
    ['other conditions', given(MFA), given(IP)],
    ['the same conditions in another order', given({ all: [MFA, IP] }), given({ all: [IP, MFA] })],
    ['more that is unused', { evidence: { services: ['s3'] } }, { evidence: { services: ['s3', 'sqs'] } }],
    ['facts that are not of its scope', policy({ ageDays: [1] }), policy({ ageDays: [1, 2] })],
  ])('but not by %s', (_, before, after) => {
    expect(isWorse(finding(after), finding(before))).toBe(false);
  });
});
