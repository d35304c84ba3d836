import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLLECTED_ACTIONS } from '../../src/collect/aws/actions.ts';
import { createAwsSource } from '../../src/collect/aws-source.ts';
import { openSnapshotDirectory } from '../../src/collect/files-source.ts';
import { type RunningEmulator, startEmulator } from '../../src/emulator/emulator-server.ts';
import { createPolicyInterner } from '../../src/policy/policy-interner.ts';
import type { AccountSource, CollectedAccount } from '../../src/ports/account-source.ts';
import type { AccountSnapshot } from '../../src/snapshot/account-snapshot.ts';
import { assembleSnapshot } from '../../src/snapshot/assemble-snapshot.ts';
import { printSnapshotFiles } from '../../src/snapshot/snapshot-directory.ts';
import { at } from '../../src/snapshot/testing/collected-builder.ts';

const clock = { now: () => at('2026-01-01T00:00:00Z') };
const progress = { phase: () => {}, step: () => {} };
const ACCOUNT_FILE = new URL('small-account.yaml', import.meta.url);

let emulator: RunningEmulator;
let directory: string;

beforeAll(async () => {
  const started = await startEmulator({
    initial: { kind: 'account-file', name: 'small-account.yaml', text: await readFile(ACCOUNT_FILE, 'utf8') },
    clock,
  });
  if (!started.ok) throw new Error(started.error.join('\n'));
  emulator = started.value;
  directory = await mkdtemp(join(tmpdir(), 'vigil-contract-'));
  const { documents } = await collect(overTheSdk());
  for (const [file, text] of printSnapshotFiles(documents)) await writeFile(join(directory, file), text);
});

afterAll(async () => {
  await emulator.close();
  await rm(directory, { recursive: true });
});

const overTheSdk = (): AccountSource => {
  const { endpoint: endpointUrl, credentials } = emulator;
  return createAwsSource({ endpointUrl, credentials, clock });
};

const fromSavedFiles = async (): Promise<AccountSource> => {
  const sources = await openSnapshotDirectory(directory, clock);
  const [source] = sources.ok ? sources.value : [];
  if (source === undefined) throw new Error('no account was saved');
  return source;
};

const collect = async (source: AccountSource): Promise<CollectedAccount> => {
  const collected = await source.collect(progress);
  if (!collected.ok) throw new Error(collected.error.message);
  return collected.value;
};

const snapshotOf = ({ documents }: CollectedAccount): AccountSnapshot => {
  const snapshot = assembleSnapshot(documents, createPolicyInterner());
  if (!snapshot.ok) throw new Error(JSON.stringify(snapshot.error));
  return snapshot.value;
};

describe.each([
  ['an emulated account over the SDK', async () => overTheSdk()],
  ['saved files of the same account', fromSavedFiles],
])('%s', (_, open) => {
  let collected: CollectedAccount;
  let snapshot: AccountSnapshot;

  beforeAll(async () => {
    collected = await collect(await open());
    snapshot = snapshotOf(collected);
  });

  const user = (name: string) => {
    const found = snapshot.users.find(({ userName }) => userName === name);
    if (found === undefined) throw new Error(`no user ${name}`);
    return found;
  };

  it('is whole, and says whose account it is', () => {
    expect(snapshot).toMatchObject({
      accountId: '012345678901',
      partition: 'aws',
      alias: { value: 'small' },
      // Of what runs as a role only Lambda functions are read.
      gaps: [expect.objectContaining({ source: 'resources', reason: 'skipped' })],
    });
    expect(snapshot.collectedAt).toBe('2026-01-01T00:00:00Z');
  });

  it('has the root user with hardware MFA, from the summary and the lack of a virtual device', () => {
    expect(snapshot.root).toMatchObject({
      mfaActive: { value: true },
      mfaKind: { value: 'hardware' },
      accessKeyCount: { value: 0 },
      lastUsed: { value: null },
    });
  });

  it('has each user with boundary, tags and password', () => {
    expect(snapshot.users.map(({ userName }) => userName).sort()).toEqual(['console', 'machine', 'token']);
    expect(user('console')).toMatchObject({
      permissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess',
      password: { value: { enabled: true, lastUsed: '2025-12-31T09:00:00Z' } },
    });
    expect([...user('console').tags]).toEqual([['<img src=x>', "=cmd|' /C calc'!A0"]]);
  });

  it('has the MFA devices, virtual and hardware', () => {
    expect(user('console').mfa).toMatchObject({
      value: { active: true, devices: { value: [{ kind: 'virtual', enableDate: '2024-01-03T00:00:00Z' }] } },
    });
    expect(user('token').mfa).toMatchObject({
      value: { active: true, devices: { value: [{ kind: 'hardware', serialNumber: 'GAHT12345678' }] } },
    });
    expect(user('machine').mfa).toMatchObject({ value: { active: false } });
  });

  it('has the access keys with their last use, also where the credential report cannot tell two apart', () => {
    expect(user('machine').accessKeys).toMatchObject({
      value: [
        { status: 'Active', createDate: '2024-05-01T00:00:00Z' },
        { status: 'Inactive', createDate: '2024-05-01T00:00:00Z' },
      ],
    });
    const keys = user('machine').accessKeys;
    expect(keys.known && keys.value.map(({ lastUsed }) => lastUsed)).toMatchObject([
      { value: { date: '2025-12-30T00:00:00Z', service: 's3', region: 'eu-west-1' } },
      { value: null },
    ]);
    expect(user('token').accessKeys).toMatchObject({ value: [] });
  });

  it('has SSH public keys, signing certificates and service-specific credentials', () => {
    expect(user('token')).toMatchObject({
      sshPublicKeys: { value: [{ status: 'Inactive', uploadDate: '2024-02-01T00:00:00Z' }] },
      signingCertificates: { value: [{ status: 'Active', uploadDate: '2024-03-01T00:00:00Z' }] },
      serviceSpecificCredentials: {
        value: [{ serviceName: 'codecommit.amazonaws.com', expirationDate: '2027-04-01T00:00:00Z' }],
      },
    });
    expect(user('machine').sshPublicKeys).toMatchObject({ value: [] });
  });

  it('has the role with its trust policy, last use and instance profile', () => {
    expect(snapshot.roles).toMatchObject([
      {
        roleName: 'runner',
        trustPolicy: { problems: [], statements: [{ principal: { service: ['ec2.amazonaws.com'] } }] },
        lastUsed: { value: { date: '2025-12-29T00:00:00Z', region: 'eu-west-1' } },
        instanceProfiles: ['runner'],
      },
    ]);
    expect(snapshot.instanceProfiles).toMatchObject({ value: [{ name: 'runner', roles: ['runner'] }] });
  });

  it('has the customer managed policies, and of the AWS managed ones those in use', () => {
    expect(snapshot.managedPolicies.map(({ policyName, awsManaged }) => [policyName, awsManaged]).sort()).toEqual([
      ['PowerUserAccess', true],
      ['ReadOnlyAccess', true],
      ['storage', false],
    ]);
  });

  it('has the password policy, server certificates and identity providers', () => {
    expect(snapshot.passwordPolicy).toMatchObject({ value: { minimumPasswordLength: 14, maxPasswordAge: null } });
    expect(snapshot.serverCertificates).toMatchObject({ value: [{ name: 'www', expiration: '2026-02-01T00:00:00Z' }] });
    const providers = snapshot.identityProviders;
    expect(providers.known && [...providers.value].sort((a, b) => (a.kind < b.kind ? -1 : 1))).toMatchObject([
      { kind: 'oidc', url: 'ci.example.com', clientIds: ['sts.amazonaws.com'] },
      { kind: 'saml', validUntil: '2027-01-01T00:00:00Z' },
    ]);
  });

  it('gives the same documents again', async () => {
    expect((await collect(await open())).documents).toEqual(collected.documents);
  });
});

describe('the calls of a full run', () => {
  it('are each of those in the table of actions, as the account counted them too', async () => {
    const before = new Map(emulator.requests);
    const { apiCalls } = await collect(overTheSdk());
    // The emulated account lists the permissions boundary, so that its policy needs no call of its own.
    const uncalled = Object.keys(COLLECTED_ACTIONS).filter((action) => !apiCalls.has(action));
    expect(uncalled.filter((action) => action.startsWith('iam:'))).toEqual([
      'iam:GetPolicy',
      'iam:GetPolicyVersion',
      'iam:ListOrganizationsFeatures',
    ]);
    expect([...apiCalls.keys()].filter((action) => !(action in COLLECTED_ACTIONS))).toEqual([]);
    for (const [action, calls] of apiCalls) {
      expect([action, calls]).toEqual([action, (emulator.requests.get(action) ?? 0) - (before.get(action) ?? 0)]);
    }
  });

  it('are none where files are read', async () => {
    expect((await collect(await fromSavedFiles())).apiCalls.size).toBe(0);
  });
});
