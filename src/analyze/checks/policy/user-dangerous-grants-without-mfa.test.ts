import { describe, expect, it } from 'vitest';
import { loadServiceReference } from '../../../reference/service-reference.ts';
import { at } from '../../../snapshot/testing/collected-builder.ts';
import { role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { createCheckTools } from '../../check-tools.ts';
import { userDangerousGrantsWithoutMfa } from './user-dangerous-grants-without-mfa.ts';

const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const granted = (Action: string, more: Readonly<Record<string, unknown>> = {}) => ({
  inlinePolicies: {
    p: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*', ...more }] },
  },
});

describe(userDangerousGrantsWithoutMfa.id, () => {
  const judge = async (parts: ReturnType<typeof granted>, enabled = true) => {
    const account = snapshot({ users: [user('alice', parts)], roles: [role('service', granted('*'))] });
    const tools = createCheckTools(account, await loadServiceReference(), at('2026-01-01T00:00:00Z'));
    const results = [...userDangerousGrantsWithoutMfa.run(account, { tools, overrides: { enabled } })];
    return results.map(({ outcome, evidence }) => [outcome, evidence]);
  };

  it('fails for administrators, those who can become one, and holders of a sensitive service', async () => {
    expect(await judge(granted('*'))).toEqual([['fail', { grants: ['administrator'] }]]);
    expect(await judge(granted('iam:PutUserPolicy'))).toEqual([['fail', { grants: ['administrator'] }]]);
    expect(await judge(granted('kms:*'))).toEqual([['fail', { grants: ['kms'] }]]);
  });

  it('passes where MFA is asked for, and for what is no danger', async () => {
    expect(await judge(granted('*', { Condition: MFA }))).toEqual([['pass', { grants: [] }]]);
    expect(await judge(granted('kms:*', { Condition: MFA }))).toEqual([['pass', { grants: [] }]]);
    expect(await judge(granted('sqs:*'))).toEqual([['pass', { grants: [] }]]);
  });

  it('does not know where a Deny cannot be read', async () => {
    const Statement = [
      { Effect: 'Allow', Action: 'kms:*', Resource: '*' },
      { Effect: 'Deny', Action: 'kms:*', Resource: '*', Condition: { StringEqual: { a: 'b' } } },
    ];
    expect(await judge({ inlinePolicies: { p: { Version: '2012-10-17', Statement } as never } })).toEqual([
      ['unknown', {}],
    ]);
  });

  it('says nothing unless somebody asks', async () => {
    expect(await judge(granted('*'), false)).toEqual([]);
  });
});
