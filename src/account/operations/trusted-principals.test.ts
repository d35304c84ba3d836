import { expect, it } from 'vitest';
import type { AccountId } from '../../iam/account-id.ts';
import type { Instant } from '../../kernel/time.ts';
import { parseAccountFile } from '../account-file.ts';
import type { Call } from '../call.ts';
import { accountAt, type CloudState, cloudOf } from '../cloud-state.ts';
import { operations } from '../operations.ts';

const now = '2026-01-31T12:00:00Z' as Instant;

const account = (text: string) => {
  const parsed = parseAccountFile(text, 'account.yaml', { now });
  if (!parsed.ok) throw new Error(parsed.error.join('\n'));
  return parsed.value.main;
};

const ours = { accountId: '111111111111' as AccountId, partition: 'aws' };
const theirs = { accountId: '222222222222' as AccountId, partition: 'aws' };

const twoAccounts = (): CloudState =>
  cloudOf(
    account('{ accountId: "111111111111", users: [{ userName: u, userId: AIDAAAAAAAAAAAAAAAAAA }] }'),
    account('{ accountId: "222222222222" }'),
  );

const callBy = (place: typeof ours): Call => ({
  account: place,
  caller: { kind: 'root' },
  now,
  random: (size) => new Uint8Array(size),
  accessKeyId: '',
  region: 'us-east-1',
  sourceIp: '127.0.0.1',
});

const trusting = (principal: string): object => ({
  RoleName: 'r',
  AssumeRolePolicyDocument: JSON.stringify({
    Statement: { Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' },
  }),
});

const run = (name: string, cloud: CloudState, input: object, place: typeof ours) =>
  operations.get(name)?.run(cloud, input, callBy(place));

it('holds a role to principals that are there, also in another account of the cloud', () => {
  const refused = run('iam:CreateRole', twoAccounts(), trusting('arn:aws:iam::111111111111:user/none'), theirs);
  expect(refused).toMatchObject({ ok: false, error: { code: 'MalformedPolicyDocument' } });
  const unknown = run('iam:CreateRole', twoAccounts(), trusting('arn:aws:iam::333333333333:user/any'), theirs);
  expect(unknown).toMatchObject({ ok: true });
});

it('names a principal that is gone by its id, also in another account', () => {
  const made = run('iam:CreateRole', twoAccounts(), trusting('arn:aws:iam::111111111111:user/u'), theirs);
  if (made?.ok !== true) throw new Error('no role was made');
  const gone = run('iam:DeleteUser', made.value.cloud, { UserName: 'u' }, ours);
  if (gone?.ok !== true) throw new Error('the user was not deleted');
  const { assumeRolePolicyDocument } = accountAt(gone.value.cloud, theirs).roles.get('r') ?? {};
  expect(JSON.parse(assumeRolePolicyDocument ?? '')).toMatchObject({
    Statement: [{ Principal: { AWS: 'AIDAAAAAAAAAAAAAAAAAA' } }],
  });
});
