import { describe, expect, it } from 'vitest';
import type { AwsHub } from '../collect/account-hub.ts';
import { loadConfig } from '../config/config.ts';
import { err } from '../kernel/result.ts';
import { organizationPlan } from './organization-plan.ts';

type Listed = Awaited<ReturnType<AwsHub['organizationAccounts']>>;
type Hub = Parameters<typeof organizationPlan>[1];

const hubOf = (listed: Listed): { readonly hub: Hub; readonly asked: boolean[] } => {
  const asked: boolean[] = [];
  const organizationAccounts: AwsHub['organizationAccounts'] = async ({ withUnits }) => {
    asked.push(withUnits);
    return listed;
  };
  return { hub: { organizationAccounts }, asked };
};

const wantedBy = (text: string) => {
  const config = loadConfig(
    { name: 'vigil.yaml', text: `accounts: { organization: { roleName: audit, ${text} } }` },
    {},
  );
  if (!config.ok || config.value.accounts.organization === undefined) throw new Error(JSON.stringify(config));
  return config.value.accounts.organization;
};

const EVERYBODY = { known: new Set<string | null>(), selection: null };
const [OWN, A, B, C] = ['111111111111', '222222222222', '333333333333', '444444444444'] as const;
const LISTED: Listed = {
  ok: true,
  value: {
    callerId: OWN,
    partition: 'aws-cn',
    accounts: [
      { id: OWN, name: 'management', state: 'ACTIVE', units: [] },
      { id: A, name: '__proto__', state: 'ACTIVE', units: [] },
      { id: B, name: 'old', state: 'SUSPENDED', units: [] },
      { id: C, name: 'left out', state: 'ACTIVE', units: [] },
    ],
  },
};

describe('the plan for an organization', () => {
  it('has its own account read without a role, the members by theirs, and says why others are not read', async () => {
    const { hub, asked } = hubOf(LISTED);
    const { toRead, unread } = await organizationPlan(wantedBy(`deny: ["${C}"]`), hub, EVERYBODY);
    expect(toRead.map(({ key, memberRole, name, group }) => [key, memberRole, name, group])).toEqual([
      [OWN, null, 'management', 'organization'],
      [A, `arn:aws-cn:iam::${A}:role/audit`, '__proto__', 'organization'],
    ]);
    expect(unread.map(({ accountId, status }) => [accountId, status])).toEqual([
      [B, 'suspended'],
      [C, 'skipped'],
    ]);
    expect(asked).toEqual([false]);
  });

  it('leaves to the list what the configuration lists itself, and to others what is not asked for', async () => {
    const { hub } = hubOf(LISTED);
    const known = new Set([A]);
    const { toRead, unread } = await organizationPlan(wantedBy('group: all'), hub, { known, selection: [OWN, 'old'] });
    expect([...toRead, ...unread].map(({ accountId, group }) => [accountId, group])).toEqual([
      [OWN, 'all'],
      [B, 'all'],
    ]);
  });

  it('is of nobody where the accounts cannot be listed, which is told as an account that failed', async () => {
    const denied = 'organizations:ListAccounts was denied';
    const { hub } = hubOf(err({ kind: 'unreachable', message: denied }));
    expect(await organizationPlan(wantedBy('deny: []'), hub, EVERYBODY)).toEqual({
      toRead: [],
      unread: [
        {
          accountId: null,
          name: 'the accounts of the organization',
          group: 'organization',
          status: 'failed',
          reason: denied,
          lastRead: null,
          droppedOut: false,
        },
      ],
    });
  });
});
