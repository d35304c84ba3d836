import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { findDoors } from '../../src/analyze/find-doors.ts';
import { openAccount } from '../../src/analyze/open-account.ts';
import { serviceReference } from '../../src/reference/service-reference.ts';
import { allow, trusts } from '../../src/snapshot/testing/policy-builder.ts';
import { resource } from '../../src/snapshot/testing/resource-builder.ts';
import { role, snapshot, user } from '../../src/snapshot/testing/snapshot-builder.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const accountIds = ['111111111111', '222222222222', '333333333333', '444444444444'];

const opened = (AWS: string, Action: string) => [{ Effect: 'Allow', Principal: { AWS }, Action, Resource: '*' }];

/** An account whose role is entered from the one before it and leads into the next, after an escalation of its own. */
const accountAt = (index: number) => {
  const accountId = accountIds[index] ?? '';
  const arnOf = (at: number): string => `arn:aws:iam::${accountIds[at] ?? '999999999999'}:role/onward`;
  return snapshot({
    accountId,
    users: [user('helper', { accountId, inlinePolicies: { p: allow('iam:PutUserPolicy') } })],
    roles: [
      role('onward', {
        accountId,
        trustPolicy: trusts({ AWS: arnOf(index - 1) }),
        inlinePolicies: {
          own: allow(index === accountIds.length - 1 ? ['iam:CreateAccessKey', 'lambda:*'] : 'sts:AssumeRole', '*'),
          next: allow('sts:AssumeRole', arnOf(index + 1)),
        },
      }),
      role('runs', {
        accountId,
        trustPolicy: trusts({ Service: 'lambda.amazonaws.com' }),
        inlinePolicies: { own: allow('iam:CreateAccessKey', '*') },
      }),
    ],
    resources: [
      resource(`arn:aws:lambda:us-east-1:${accountId}:function:nightly`, {
        roleArn: `arn:aws:iam::${accountId}:role/runs`,
        policy: opened(`arn:aws:iam::${accountIds[index - 1] ?? '999999999999'}:root`, 'lambda:*'),
      }),
      resource(`arn:aws:sqs:us-east-1:${accountId}:orders`),
      resource(`arn:aws:kms:us-east-1:${accountId}:key/1`, {
        tags: { 'vigil:crown-jewel': 'true' },
        policy: opened('*', 'kms:Decrypt'),
      }),
    ],
  });
};

it('doors that were found hold none of the accounts that were opened for them', async () => {
  const reference = serviceReference();
  const held: WeakRef<object>[] = [];
  const open = async (accountId: string) => {
    const account = accountAt(accountIds.indexOf(accountId));
    held.push(new WeakRef(account), new WeakRef(account.roles));
    return openAccount(account, reference, account.collectedAt);
  };
  const { doors } = await findDoors(accountIds, open, { reference, crownJewels: [] });
  expect(doors.map(({ account, reaches }) => `${account} ${reaches.account}`)).toContain('222222222222 444444444444');
  expect(new Set(doors.map(({ method }) => method))).toEqual(
    new Set(['sts-001', 'lambda-003', 'lambda-004', 'own-open-resource']),
  );
  expect(held.length).toBeGreaterThan(2 * accountIds.length);
  const isHeld = (account: WeakRef<object>): boolean => account.deref() !== undefined;
  // What a compiler has in hand in the background may be freed a little later.
  for (let round = 0; round < 100 && held.some(isHeld); round++) {
    await turn();
    collectGarbage();
  }
  expect(held.filter(isHeld)).toEqual([]);
});
