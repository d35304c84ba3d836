import { expect, it } from 'vitest';
import { coverageOf } from './coverage.ts';
import { at, gap } from './testing/collected-builder.ts';
import { snapshot } from './testing/snapshot-builder.ts';

const time = at('2026-01-01T00:00:00Z');

it('tells of each source how much of it could be read', () => {
  const keys = { source: 'access-keys', action: 'iam:ListAccessKeys' } as const;
  const account = snapshot({
    sources: [
      { name: 'authorization-details', time },
      { name: 'access-keys', time },
      { name: 'organization', time },
      { name: 'credential-report', time: at('2025-12-31T21:00:00Z') },
    ],
    gaps: [
      gap({ ...keys, subject: 'alice', detail: 'refused for alice' }),
      gap({ ...keys, subject: 'bob', detail: 'refused\nfor bob' }),
      gap({ source: 'account-summary', reason: 'denied', detail: 'not allowed' }),
      gap({ source: 'password-policy', reason: 'failed', detail: 'timed out' }),
      gap({ source: 'mfa-devices', reason: 'skipped', detail: 'not given' }),
      gap({ source: 'mfa-devices', reason: 'failed', detail: 'broken' }),
      gap({ source: 'organization', reason: 'skipped', detail: 'its tree is told to administrators only' }),
    ],
  });
  expect(coverageOf(account)).toEqual([
    { source: 'authorization-details', status: 'read', detail: 'read at 2026-01-01T00:00:00Z' },
    { source: 'credential-report', status: 'read', detail: 'issued at 2025-12-31T21:00:00Z' },
    { source: 'account-summary', status: 'denied', detail: 'not allowed' },
    { source: 'password-policy', status: 'failed', detail: 'timed out' },
    { source: 'mfa-devices', status: 'failed', detail: 'not given, and 1 more' },
    { source: 'access-keys', status: 'partial', detail: 'refused for alice, and 1 more' },
    {
      source: 'organization',
      status: 'read',
      detail: 'read at 2026-01-01T00:00:00Z; its tree is told to administrators only',
    },
  ]);
});
