import { expect, it } from 'vitest';
import { err, ok } from '../kernel/result.ts';
import type { AccountSource } from '../ports/account-source.ts';
import { documents } from '../snapshot/testing/documents-builder.ts';
import { readAccounts } from './read-accounts.ts';

const quiet = { phase: () => {}, step: () => {} };
const apiCalls = new Map([['iam:ListUsers', 2]]);

const source = (
  name: string,
  collect: AccountSource['collect'] = async () => ok({ documents: documents({}), apiCalls }),
): AccountSource => ({ expected: { accountId: null, name, group: null }, collect });

const refusing = (name: string) => source(name, async () => err({ kind: 'unreachable', message: 'no' }));
const throwing = (name: string) =>
  source(name, async () => {
    throw new Error('a bug');
  });

it('goes on where an expected account fails or breaks, and says what became of each', async () => {
  const read = await readAccounts([source('a'), refusing('b'), throwing('c')], quiet, 2);
  expect(read.ok && read.value.snapshots).toHaveLength(1);
  expect(read.ok && read.value.expected.map(({ name, status, reason }) => [name, status, reason])).toEqual([
    ['a', 'collected', null],
    ['b', 'failed', 'no'],
    ['c', 'failed', 'could not be read: a bug'],
  ]);
});

it('reads an account once that two entries reach', async () => {
  const read = await readAccounts([source('a'), source('b')], quiet, 2);
  expect(read.ok && read.value.snapshots).toHaveLength(1);
  expect(read.ok && read.value.expected.map(({ status, reason }) => [status, reason])).toEqual([
    ['collected', null],
    ['skipped', 'another entry reaches the same account'],
  ]);
  expect(read.ok && read.value.apiCalls.get('iam:ListUsers')).toBe(4);
});

it('is an error where not one account could be read, with the reason of each', async () => {
  expect(await readAccounts([refusing('a'), throwing('b')], quiet, 2)).toEqual(
    err([
      { kind: 'unreachable', message: 'a: no' },
      { kind: 'unreachable', message: 'b: could not be read: a bug' },
    ]),
  );
});

it('is an error where a source fails that nobody expects, whatever the others say', async () => {
  const { collect } = refusing('a');
  expect(await readAccounts([source('b'), { collect }], quiet)).toEqual(err([{ kind: 'unreachable', message: 'no' }]));
});

it('reads no more accounts at once than asked for', async () => {
  let reading = 0;
  let most = 0;
  const slow = (name: string) =>
    source(name, async () => {
      reading += 1;
      most = Math.max(most, reading);
      await new Promise((resolve) => setImmediate(resolve));
      reading -= 1;
      return err({ kind: 'unreachable', message: 'no' });
    });
  await readAccounts(['a', 'b', 'c', 'd', 'e'].map(slow), quiet, 2);
  expect(most).toBe(2);
});
