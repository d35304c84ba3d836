import { expect, it } from 'vitest';
import { createAwsSource } from '../../src/collect/aws-source.ts';
import { runningAccount } from '../emulator/running-account.ts';

const policy = (action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
});

/** An account of so many users with a password, MFA and a key, and as many roles. */
const accountOf = (count: number): string => {
  const names = Array.from({ length: count }, (_, index) => String(index).padStart(4, '0'));
  const inlinePolicies = [{ policyName: 'own', document: policy('s3:GetObject') }];
  return JSON.stringify({
    users: names.map((name, index) => ({
      userName: `user-${name}`,
      inlinePolicies,
      password: { createDate: '100d ago', lastUsed: '2d ago' },
      mfa: [{ kind: 'virtual' }],
      accessKeys: [
        { createDate: `${30 + index}d ago`, lastUsed: { date: '1d ago', service: 's3', region: 'eu-west-1' } },
      ],
    })),
    roles: names.map((name) => ({
      roleName: `role-${name}`,
      inlinePolicies,
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
      lastUsed: '3d ago',
    })),
  });
};

const callsFor = async (count: number): Promise<ReadonlyMap<string, number>> => {
  const { endpoint: endpointUrl, credentials, clock } = await runningAccount(accountOf(count));
  const source = createAwsSource({ endpointUrl, region: 'us-east-1', credentials, clock, callsPerSecond: 10_000 });
  const collected = await source.collect({ phase: () => {}, step: () => {} });
  if (!collected.ok) throw new Error(collected.error.message);
  expect(collected.value.documents.account.gaps.filter(({ reason }) => reason !== 'skipped')).toEqual([]);
  return collected.value.apiCalls;
};

it('asks about each user and role only what no list tells', { timeout: 120_000 }, async () => {
  const [few, many] = [await callsFor(10), await callsFor(40)];
  const growing = [...many].flatMap(([action, calls]) => {
    const more = calls - (few.get(action) ?? 0);
    return more > 0 ? [[action, more] as const] : [];
  });
  // Of 30 more users and 30 more roles. No list tells the ids of access keys, SSH public keys, nor what was last accessed.
  expect(Object.fromEntries(growing)).toEqual({
    'iam:ListAccessKeys': 30,
    'iam:ListSSHPublicKeys': 30,
    'iam:GenerateServiceLastAccessedDetails': 60,
    'iam:GetServiceLastAccessedDetails': expect.any(Number),
  });
  // One each, and of some another one while the job is at work.
  expect(many.get('iam:GetServiceLastAccessedDetails')).toBeLessThanOrEqual(2 * 80);
});
