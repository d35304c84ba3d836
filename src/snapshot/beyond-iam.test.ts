import { describe, expect, it, test } from 'vitest';
import { createPolicyInterner } from '../policy/policy-interner.ts';
import { parseAnswerFiles } from './answer-files.ts';
import { assembleSnapshot } from './assemble-snapshot.ts';
import { at } from './testing/collected-builder.ts';
import { documents } from './testing/documents-builder.ts';
import { allow, policyDocument } from './testing/policy-builder.ts';

/** The test account with files of a snapshot directory. */
const read = (files: Readonly<Record<string, unknown>>) => {
  const texts = Object.entries(files).map(([file, content]) => [file, JSON.stringify(content)] as const);
  const answers = parseAnswerFiles(new Map(texts), (file) => file);
  return answers.ok ? assembleSnapshot({ ...documents(), ...answers.value }, createPolicyInterner()) : answers;
};

const readWell = (files: Readonly<Record<string, unknown>>) => {
  const account = read(files);
  if (!account.ok) throw new Error(account.error[0]?.message);
  return account.value;
};

describe('organization.json', () => {
  const organization = (scps: readonly unknown[], accountId = '123456789012') => ({
    organizationId: 'o-1',
    managementAccountId: '111111111111',
    path: [{ id: 'r-1', name: 'Root', scps, rcps: [] }, { id: accountId }],
  });

  it('holds policies as documents or with a name', () => {
    const all = allow('*');
    const account = readWell({
      'organization.json': organization([all, { name: 'FullAWSAccess', document: JSON.stringify(all) }]),
    });
    expect(account.organization).toMatchObject({
      known: true,
      value: {
        id: 'o-1',
        path: [
          {
            name: 'Root',
            scps: [
              { name: 'organization.json#/path/0/scps/0', document: policyDocument(all) },
              { name: 'FullAWSAccess', document: policyDocument(all) },
            ],
          },
          { id: '123456789012', name: '123456789012', scps: [], rcps: [] },
        ],
      },
    });
  });

  it('may say that there is none', () => {
    expect(readWell({ 'organization.json': null }).organization).toMatchObject({ known: true, value: null });
  });

  it.each([
    ['a policy that is no JSON', organization(['{']), 'organization.json at /path/0/scps/0'],
    [
      'a policy of a name that is no JSON',
      organization([{ document: '{' }]),
      'organization.json at /path/0/scps/0/document',
    ],
    [
      'another account',
      organization([allow('*')], '222222222222'),
      'organization.json at /path/1/id: is account 222222222222',
    ],
  ])('is refused with %s', (_, content, message) => {
    const account = read({ 'organization.json': content });
    expect(account.ok ? [] : account.error.map((problem) => problem.message)).toEqual([
      expect.stringContaining(message),
    ]);
  });
});

describe('resources.json', () => {
  const bucket = { service: 's3', type: 'Bucket', arn: 'arn:aws:s3:::b', name: 'b' };

  it('lists what carries a policy or runs as a role', () => {
    const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:f';
    const role_arn = 'arn:aws:iam::123456789012:role/r';
    const tags = [{ Key: 'Team', Value: 'blue' }];
    const rows = [
      { service: 'lambda', type: 'function', arn, name: 'f', region: 'eu-west-1', role_arn, tags },
      { ...bucket, policy: JSON.stringify(allow('s3:GetObject')), role_arn: '' },
    ];
    expect(readWell({ 'resources.json': rows }).resources).toMatchObject({
      value: [
        {
          arn,
          type: 'function',
          region: 'eu-west-1',
          roleArn: role_arn,
          policy: null,
          tags: new Map([['Team', 'blue']]),
        },
        { arn: bucket.arn, type: 'bucket', roleArn: null, policy: policyDocument(allow('s3:GetObject')), tags: null },
      ],
    });
  });

  test.each([
    [true, true],
    [{ RestrictPublicBuckets: true, BlockPublicAcls: false }, true],
    [{ restrict_public_buckets: true }, true],
    [{ RestrictPublicBuckets: false, BlockPublicPolicy: true }, false],
    [null, false],
  ])('the public access block %j', (public_access_block, restrictsPublicAccess) => {
    const account = readWell({ 'resources.json': [{ ...bucket, public_access_block }] });
    expect(account.resources).toMatchObject({ value: [{ restrictsPublicAccess }] });
  });

  it('is refused where a row has no ARN', () => {
    const account = read({ 'resources.json': [{ ...bucket, arn: 'b' }] });
    expect(account.ok ? [] : account.error.map((problem) => problem.message)).toEqual([
      expect.stringContaining('resources.json at /0/arn: `b` is not an ARN'),
    ]);
  });
});

test('last-accessed.json says by ARN what was last used', () => {
  const alice = 'arn:aws:iam::123456789012:user/alice';
  const services = [
    {
      ServiceNamespace: 's3',
      LastAuthenticated: '2025-12-31T00:00:00Z',
      TrackedActionsLastAccessed: [{ ActionName: 'GetObject' }],
    },
    { ServiceNamespace: 'iam' },
  ];
  const expected = [
    {
      service: 's3',
      lastAuthenticated: at('2025-12-31T00:00:00Z'),
      actions: [{ action: 'GetObject', lastAccessed: null }],
    },
    { service: 'iam', lastAuthenticated: null, actions: [] },
  ];
  for (const content of [services, { ServicesLastAccessed: services, JobStatus: 'COMPLETED' }]) {
    const { lastAccessed } = readWell({ 'last-accessed.json': { [alice]: content } });
    expect(lastAccessed).toMatchObject({ known: true, value: new Map([[alice, expected]]) });
  }
});

test('what nobody looked at is missing, and is no gap of the account', () => {
  const account = readWell({});
  expect(account.organization).toMatchObject({ known: false, gap: { detail: 'organization.json was not given' } });
  expect(account.gaps.filter(({ source }) => source === 'organization')).toEqual([]);
});

describe('access-analyzer.json', () => {
  const analyzer = {
    arn: 'arn:aws:access-analyzer:eu-west-1:123456789012:analyzer/a',
    type: 'ACCOUNT',
    status: 'ACTIVE',
  };

  it('says which analyzers there are, by region', () => {
    const account = readWell({ 'access-analyzer.json': { analyzers: [{ ...analyzer, createdAt: 1 }] } });
    expect(account.accessAnalyzer).toMatchObject({
      known: true,
      value: { analyzers: [{ ...analyzer, name: 'a', region: 'eu-west-1' }] },
    });
    expect(account.gaps.filter(({ source }) => source === 'access-analyzer')).toEqual([]);
  });

  it('says what the analyzers found and what their rules archive, where it holds that', () => {
    const account = readWell({
      'access-analyzer.json': {
        analyzers: [
          { ...analyzer, archiveRules: [{ ruleName: 'all-roles', filter: { resourceType: { eq: ['r'] } } }] },
        ],
        findings: [
          {
            id: 'f-1',
            analyzerArn: analyzer.arn,
            resource: 'arn:aws:iam::123456789012:role/open',
            resourceType: 'AWS::IAM::Role',
            status: 'ACTIVE',
            findingType: 'ExternalAccess',
            findingDetails: [{ externalAccessDetails: { action: ['sts:AssumeRole'], principal: { AWS: '*' } } }],
          },
        ],
      },
    });
    if (!account.accessAnalyzer.known) throw new Error('was not read');
    const { analyzers, findings } = account.accessAnalyzer.value;
    expect(analyzers[0]?.archiveRules).toMatchObject({ known: true, value: [{ name: 'all-roles' }] });
    const external = [{ principal: new Map([['AWS', '*']]), actions: ['sts:AssumeRole'], condition: new Map() }];
    expect(findings).toMatchObject({ known: true, value: [{ id: 'f-1', analyzerArn: analyzer.arn, external }] });
  });

  it('without findings and rules leaves them unknown', () => {
    const { accessAnalyzer } = readWell({ 'access-analyzer.json': { analyzers: [analyzer] } });
    expect(accessAnalyzer).toMatchObject({ value: { findings: { known: false, gap: { reason: 'skipped' } } } });
  });

  it('that is of another form is a problem', () => {
    const broken = read({ 'access-analyzer.json': { analyzers: [{ arn: 'x' }] } });
    expect(broken.ok ? '' : broken.error[0]?.message).toMatch(/^access-analyzer\.json at \/analyzers\/0\/arn/);
  });
});
