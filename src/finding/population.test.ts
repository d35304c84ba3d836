import { describe, expect, it } from 'vitest';
import { at, denied, gap } from '../snapshot/testing/collected-builder.ts';
import { type SnapshotParts, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { type Population, populationsOf } from './population.ts';

const populationOf = (name: string, parts: SnapshotParts): Population | undefined =>
  populationsOf(snapshot(parts)).find((population) => population.name === name);

const alice = [user('alice')];
const summary = (name: string, count: number) => new Map([[name, count]]);

describe('a population', () => {
  it('is equal where the account summary counts what was listed', () => {
    expect(populationOf('Users', { users: alice, accountSummary: summary('Users', 1) })).toMatchObject({
      inSummary: { count: 1 },
      inList: { count: 1 },
      verdict: 'equal',
      explanation: '',
    });
  });

  it('is unexplained where both were read at once and differ', () => {
    expect(populationOf('Users', { users: alice, accountSummary: summary('Users', 2) })?.verdict).toBe('unexplained');
  });

  it('is explained by the times where these differ', () => {
    const later = at('2026-01-01T00:05:00Z');
    expect(
      populationOf('Users', {
        users: alice,
        accountSummary: summary('Users', 2),
        sources: [{ name: 'authorization-details', time: later }],
      }),
    ).toMatchObject({
      verdict: 'explained',
      explanation: expect.stringContaining('and the list at 2026-01-01T00:05:00Z'),
    });
  });

  it('is unknown where the summary was refused, does not tell it, or the list was cut short', () => {
    const verdict = (parts: SnapshotParts) => populationOf('Users', { users: alice, ...parts });
    expect(verdict({ accountSummary: denied('iam:GetAccountSummary') })).toMatchObject({
      verdict: 'unknown',
      explanation: 'The account summary was not read: iam:GetAccountSummary was denied.',
    });
    expect(verdict({ accountSummary: new Map() })?.verdict).toBe('unknown');
    const cut = new Map([['users', gap({ detail: 'page 2 was refused' })] as const]);
    expect(verdict({ accountSummary: summary('Users', 2), missingParts: cut })).toMatchObject({
      inList: { count: 1 },
      verdict: 'unknown',
      explanation: 'The list was not read whole: page 2 was refused.',
    });
  });

  it('of MFA devices has those of the lists once, and the hardware device of the root user, which no list has', () => {
    const serialNumber = 'arn:aws:iam::123456789012:mfa/alice';
    const device = { serialNumber, kind: 'virtual' as const, enableDate: null };
    const parts: SnapshotParts = {
      users: [
        user('alice', {
          mfa: {
            active: true,
            devices: { known: true, value: [device], source: 'mfa-devices', time: at('2026-01-01T00:00:00Z') },
          },
        }),
      ],
      virtualMfaDevices: [
        { serialNumber, userArn: user('alice').arn, enableDate: null },
        { serialNumber: 'arn:aws:iam::123456789012:mfa/spare', userArn: null, enableDate: null },
      ],
      root: { mfaKind: 'hardware' },
    };
    expect(populationOf('MFADevices', parts)?.inList.count).toBe(3);
    expect(populationOf('MFADevicesInUse', parts)?.inList.count).toBe(2);
    expect(populationOf('MFADevices', { ...parts, accountSummary: summary('MFADevices', 2) })).toMatchObject({
      verdict: 'explained',
      explanation: 'The list has as many MFA devices of the root user, which the summary seems to leave out.',
    });
  });
});
