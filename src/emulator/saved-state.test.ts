import { expect, it } from 'vitest';
import { emptyAccount, withUser } from '../account/account-edits.ts';
import type { CallEvent } from '../account/call-event.ts';
import { cloudOf } from '../account/cloud-state.ts';
import { cloudOfFiles, NOW } from '../account/testing/cloud-of-file.ts';
import { parseState, printState } from './saved-state.ts';

const KEY = 'aws:123456789012';

it('a state comes back with keys that look like marks or like prototypes', () => {
  const account =
    cloudOfFiles('{ users: [{ userName: u }] }').accounts.get(KEY) ??
    emptyAccount({ accountId: '1' as never, partition: 'aws' }, NOW);
  const user = account.users.get('u');
  if (user === undefined) throw new Error('no user');
  const tags = new Map([
    ['~', 'map'],
    ['__proto__', 'x'],
    ['of', 'y'],
  ]);
  const record = JSON.parse('{ "~": "ordered", "of": [["a", 1]], "__proto__": { "polluted": true } }');
  const event = { eventId: 'e', record } as CallEvent;
  const state = { cloud: cloudOf(withUser(account, { ...user, tags })), isInitial: false, events: [event] };
  const back = parseState(printState(state));
  expect(back?.isInitial).toBe(false);
  expect([...(back?.cloud.accounts.get(KEY)?.users.get('u')?.tags ?? [])]).toEqual([...tags]);
  expect(JSON.stringify(back?.events)).toBe(JSON.stringify([event]));
  expect(Object.hasOwn({}, 'polluted') || 'polluted' in {}).toBe(false);
});

it('an account that was printed before a member of accounts came up begins with it empty', () => {
  const text = printState({ cloud: cloudOfFiles('{}'), isInitial: true, events: [] });
  const older = text.replace(/"analyzers":\{[^}]*\},/, '').replace(/"trustedPrincipals":\{[^}]*\},/, '');
  expect(text.length - older.length).toBe(80);
  const account = parseState(older)?.cloud.accounts.get(KEY);
  expect([account?.analyzers.size, account?.indexes.trustedPrincipals.size, account?.users.size]).toEqual([0, 0, 0]);
});

it.each(['{}', '[]', 'null', '{"cloud":{},"isInitial":true,"events":[]}'])('%s is no state', (text) => {
  expect(parseState(text)).toBeNull();
});
