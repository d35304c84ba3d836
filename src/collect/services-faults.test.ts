import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AwsSourceOptions } from './aws/aws-source-options.ts';
import { collectFrom } from './testing/collect-from.ts';
import { fakeAccount } from './testing/fake-account.ts';
import { FAKE_ENDPOINT, type FakeAnswer, fakeIam } from './testing/fake-iam.ts';
import { type FakeService, fakeServices } from './testing/fake-services.ts';

beforeEach(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());

const REGIONS = ['eu-west-1', 'us-east-1'];
const POLICY = '{"Version":"2012-10-17","Statement":[]}';

const answers =
  (result: Readonly<Record<string, unknown>>): FakeService =>
  () => ({ result });
const always =
  (answer: FakeAnswer): FakeService =>
  () =>
    answer;

const keyArn = (region: string, id: string): string => `arn:aws:kms:${region}:111122223333:key/${id}`;

/** A key in each region, with a policy and without grants or aliases. */
const KEYS: Readonly<Record<string, FakeService>> = {
  'kms:ListKeys': ({ region }) => ({ result: { Keys: [{ KeyId: 'k', KeyArn: keyArn(region, 'k') }] } }),
  'kms:ListAliases': answers({ Aliases: [] }),
  'kms:GetKeyPolicy': answers({ Policy: POLICY }),
  'kms:ListGrants': answers({ Grants: [] }),
};

const collect = async (services: Readonly<Record<string, FakeService>>, options: Partial<AwsSourceOptions> = {}) => {
  const calls = fakeServices(services);
  fakeIam(fakeAccount());
  const collected = await collectFrom(FAKE_ENDPOINT, { resources: true, regions: REGIONS, ...options });
  const gaps = collected.documents.account.gaps.filter(({ action }) => !action.startsWith('iam:'));
  const about = (service: string) => gaps.filter(({ action }) => action.startsWith(`${service}:`));
  const keys = collected.documents.resources?.filter(({ service }) => service === 'kms') ?? [];
  return { ...collected, calls, gaps, about, keys };
};

describe('resources that are refused', () => {
  it('are a gap for each service, and for the whole where all refuse', async () => {
    const { documents, gaps, apiCalls } = await collect({});
    expect(documents.resources).toBeUndefined();
    expect(gaps.map(({ action, reason, subject }) => [action, reason, subject])).toEqual(
      [
        'dynamodb:ListTables',
        'ecr:DescribeRepositories',
        'kms:ListAliases',
        'kms:ListKeys',
        'lambda:ListFunctions',
        's3:ListBuckets',
        'secretsmanager:ListSecrets',
        'sns:ListTopics',
        'sqs:ListQueues',
      ].map((action) => [action, 'denied', null]),
    );
    expect(new Set(gaps.map(({ source }) => source))).toEqual(new Set(['resources']));
    expect(apiCalls.get('kms:ListKeys')).toBe(2);
  });

  it('are a gap about the region that refuses, and those of the others are read', async () => {
    const listKeys: FakeService = (call, earlier) =>
      call.region === 'us-east-1'
        ? { error: 'AccessDeniedException', status: 400 }
        : (KEYS['kms:ListKeys']?.(call, earlier) ?? { error: 'none' });
    const { about, keys } = await collect({ ...KEYS, 'kms:ListKeys': listKeys });
    expect(about('kms')).toMatchObject([{ action: 'kms:ListKeys', reason: 'denied', subject: 'us-east-1' }]);
    expect(keys.map(({ arn }) => arn)).toEqual([keyArn('eu-west-1', 'k')]);
  });

  it('are named without their policy where only that is refused', async () => {
    const getPolicy: FakeService = ({ region }) =>
      region === 'us-east-1' ? { error: 'AccessDeniedException', status: 400 } : { result: { Policy: POLICY } };
    const { about, keys } = await collect({ ...KEYS, 'kms:GetKeyPolicy': getPolicy });
    expect(about('kms')).toMatchObject([
      { action: 'kms:GetKeyPolicy', reason: 'denied', subject: keyArn('us-east-1', 'k') },
    ]);
    expect(keys.map((key) => 'policy' in key)).toEqual([true, false]);
  });

  it('are not asked about one by one where all are refused: one gap for 500 keys', async () => {
    const ids = Array.from({ length: 500 }, (_, index) => `k${index}`);
    const { about, keys, apiCalls } = await collect({
      ...KEYS,
      'kms:ListKeys': ({ region }) => ({
        result: { Keys: ids.map((id) => ({ KeyId: id, KeyArn: keyArn(region, id) })) },
      }),
      'kms:GetKeyPolicy': always({ error: 'AccessDeniedException', status: 400 }),
    });
    expect(about('kms')).toMatchObject([{ action: 'kms:GetKeyPolicy', reason: 'denied', subject: null }]);
    expect(apiCalls.get('kms:GetKeyPolicy')).toBeLessThan(30);
    expect(keys).toHaveLength(1000);
  });
});

describe('a service in trouble', () => {
  const passing: readonly (readonly [string, FakeAnswer])[] = [
    ['throttled', { error: 'ThrottlingException' }],
    ['HTTP 503', { error: 'ServiceUnavailable', status: 503 }],
    ['a proxy in trouble', { raw: '<html>502 Bad Gateway</html>', status: 502 }],
    ['cut off', { breaks: 'ECONNRESET' }],
  ];
  it.each(passing)('is asked again until it answers: %s', async (_, answer) => {
    const listKeys: FakeService = (call, earlier) =>
      earlier < 6 ? answer : (KEYS['kms:ListKeys']?.(call, earlier) ?? { error: 'none' });
    const { about, keys, apiCalls } = await collect({ ...KEYS, 'kms:ListKeys': listKeys });
    expect(about('kms')).toEqual([]);
    expect(keys).toHaveLength(2);
    expect(apiCalls.get('kms:ListKeys')).toBe(8);
  });

  it('is a gap where no answer comes in time', async () => {
    const timeouts = { connectionMs: 200, requestMs: 200 };
    const { about, documents } = await collect({ ...KEYS, 'kms:ListKeys': always({ hangs: true }) }, { timeouts });
    expect(about('kms')).toMatchObject([{ action: 'kms:ListKeys', reason: 'failed', subject: null }]);
    expect(documents.authorizationDetails).toBeDefined();
  });

  const notAnswers: readonly (readonly [string, string])[] = [
    ['a page of HTML', '<html><body>Please log in</body></html>'],
    ['nothing', ''],
    ['JSON that breaks off', '{"Keys": [{"KeyId"'],
    ['an object without the list', '{}'],
    ['a list of something else', '{"Keys": [{"Key": 1}]}'],
  ];
  it.each(notAnswers)('is a gap and never an empty list, whichever service answers with %s', async (_, raw) => {
    const names = [
      'kms:ListKeys',
      'sns:ListTopics',
      's3:GET /?max-buckets=1000',
      'lambda:GET /2015-03-31/functions',
      'dynamodb:ListTables',
      'ecr:DescribeRepositories',
      'secretsmanager:ListSecrets',
      'organizations:DescribeOrganization',
      'access-analyzer:GET /analyzer',
    ];
    const broken = Object.fromEntries(names.map((name) => [name, always({ raw })]));
    const { documents, gaps, calls } = await collect(
      { ...KEYS, ...broken },
      { organization: true, accessAnalyzer: true },
    );
    expect(calls.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    expect(documents.organization).toBeUndefined();
    expect(documents.accessAnalyzer).toBeUndefined();
    const failed = new Set(gaps.filter(({ reason }) => reason === 'failed').map(({ action }) => action.split(':')[0]));
    const services = [
      'access-analyzer',
      'dynamodb',
      'ecr',
      'kms',
      'lambda',
      'organizations',
      's3',
      'secretsmanager',
      'sns',
    ];
    expect([...failed].sort()).toEqual(expect.arrayContaining(services));
    for (const { detail } of gaps) expect(detail).not.toMatch(/[\n\r]/);
  });
});

describe('pages', () => {
  it('are joined, each asked for with the token of the one before', async () => {
    const pages: FakeService = ({ region, body }) => {
      const { Marker } = JSON.parse(body) as { Marker?: string };
      const id = Marker ?? 'one';
      const keys = { Keys: [{ KeyId: id, KeyArn: keyArn(region, id) }], Truncated: id === 'one' };
      return { result: id === 'one' ? { ...keys, NextMarker: 'two' } : keys };
    };
    const { keys, about } = await collect({ ...KEYS, 'kms:ListKeys': pages }, { regions: ['eu-west-1'] });
    expect(keys.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(about('kms')).toEqual([]);
  });

  it('that have no end are a gap', async () => {
    const endless = answers({ Keys: [], NextMarker: 'again' });
    const { about, apiCalls } = await collect({ ...KEYS, 'kms:ListKeys': endless }, { regions: ['eu-west-1'] });
    expect(about('kms')).toMatchObject([{ action: 'kms:ListKeys', reason: 'failed' }]);
    expect(apiCalls.get('kms:ListKeys')).toBe(2);
  });
});

describe('what a list tells', () => {
  it('spares the keys that AWS keeps for its services, and names the others by their alias', async () => {
    const { keys, apiCalls } = await collect(
      {
        ...KEYS,
        'kms:ListKeys': ({ region }) => ({
          result: { Keys: ['own', 'aws'].map((id) => ({ KeyId: id, KeyArn: keyArn(region, id) })) },
        }),
        'kms:ListAliases': answers({
          Aliases: [
            { AliasName: 'alias/aws/s3', TargetKeyId: 'aws' },
            { AliasName: 'alias/reports', TargetKeyId: 'own' },
            { AliasName: 'alias/aws/unused' },
          ],
        }),
      },
      { regions: ['eu-west-1'] },
    );
    expect(keys.map(({ name }) => name)).toEqual(['alias/reports']);
    expect(apiCalls.get('kms:GetKeyPolicy')).toBe(1);
  });
});

describe('an organization of which a part cannot be read', () => {
  const ORGANIZATION: Readonly<Record<string, FakeService>> = {
    'organizations:DescribeOrganization': answers({ Organization: { Id: 'o-1', MasterAccountId: '111122223333' } }),
    'organizations:ListParents': answers({ Parents: [{ Id: 'r-1', Type: 'ROOT' }] }),
    'organizations:ListRoots': answers({
      Roots: [{ Id: 'r-1', Name: 'Root', PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }] }],
    }),
    'organizations:ListAccounts': answers({ Accounts: [{ Id: '111122223333', Name: 'main' }] }),
    'organizations:ListPoliciesForTarget': answers({ Policies: [{ Id: 'p-1', Name: 'FullAWSAccess' }] }),
    'organizations:DescribePolicy': answers({ Policy: { PolicySummary: { Name: 'FullAWSAccess' }, Content: POLICY } }),
    'organizations:ListOrganizationalUnitsForParent': answers({ OrganizationalUnits: [] }),
    'organizations:ListAccountsForParent': answers({ Accounts: [{ Id: '111122223333', Name: 'main' }] }),
    'organizations:ListPolicies': answers({
      Policies: [{ Id: 'p-1', Name: 'FullAWSAccess', Type: 'SERVICE_CONTROL_POLICY', AwsManaged: true }],
    }),
    'organizations:ListTargetsForPolicy': answers({ Targets: [{ TargetId: 'r-1' }, { TargetId: '111122223333' }] }),
    'organizations:ListDelegatedAdministrators': answers({ DelegatedAdministrators: [] }),
  };
  const only = { resources: false, organization: true };

  it('is whole where all of it is told', async () => {
    const { documents, about } = await collect(ORGANIZATION, only);
    const scps = [{ name: 'FullAWSAccess', document: JSON.parse(POLICY) as unknown }];
    expect(documents.organization).toEqual({
      organizationId: 'o-1',
      managementAccountId: '111122223333',
      accounts: [{ id: '111122223333' }],
      tree: {
        policyTypes: ['SERVICE_CONTROL_POLICY'],
        units: [{ id: 'r-1', name: 'Root', parentId: null }],
        accounts: [{ id: '111122223333', name: 'main', parentId: 'r-1' }],
        policies: [
          {
            id: 'p-1',
            name: 'FullAWSAccess',
            type: 'SERVICE_CONTROL_POLICY',
            awsManaged: true,
            characters: POLICY.length,
            targets: ['111122223333', 'r-1'],
          },
        ],
      },
      delegatedAdministrators: [],
      path: [
        { id: 'r-1', name: 'Root', scps, rcps: [] },
        { id: '111122223333', name: 'main', scps, rcps: [] },
      ],
    });
    expect(about('organizations')).toEqual([]);
  });

  it('has no level at all where the policies of one are missing, for it would seem to deny everything', async () => {
    const listPolicies: FakeService = ({ body }) =>
      body.includes('r-1')
        ? { error: 'AccessDeniedException' }
        : { result: { Policies: [{ Id: 'p-1', Name: 'FullAWSAccess' }] } };
    const { documents, about } = await collect(
      { ...ORGANIZATION, 'organizations:ListPoliciesForTarget': listPolicies },
      only,
    );
    expect(documents.organization).toMatchObject({ organizationId: 'o-1', path: [] });
    expect(about('organizations')).toMatchObject([
      { action: 'organizations:ListPoliciesForTarget', reason: 'denied', subject: 'r-1' },
    ]);
  });

  it.each([
    'organizations:ListOrganizationalUnitsForParent',
    'organizations:ListAccountsForParent',
    'organizations:ListPolicies',
    'organizations:ListTargetsForPolicy',
  ])('has no tree where %s is refused, for accounts would seem to be without guardrails', async (action) => {
    const { documents, about } = await collect(
      { ...ORGANIZATION, [action]: always({ error: 'AccessDeniedException' }) },
      only,
    );
    expect(documents.organization?.path).toHaveLength(2);
    expect(documents.organization?.tree).toBeUndefined();
    expect(about('organizations')).toMatchObject([{ action, reason: 'denied', subject: null }]);
  });

  it('is none where AWS says that there is none', async () => {
    const { documents, about } = await collect(
      { 'organizations:DescribeOrganization': always({ error: 'AWSOrganizationsNotInUseException' }) },
      only,
    );
    expect(documents.organization).toBeNull();
    expect(about('organizations')).toEqual([]);
  });
});
