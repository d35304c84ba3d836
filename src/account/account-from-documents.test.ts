import { expect, test } from 'vitest';
import { at } from '../snapshot/testing/collected-builder.ts';
import { documents, roleDetail, userDetail } from '../snapshot/testing/documents-builder.ts';
import { allow } from '../snapshot/testing/policy-builder.ts';
import { role, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { accountToDocuments } from './account-documents.ts';
import { parseAccountFile } from './account-file.ts';
import { accountFromDocuments, accountFromSnapshot } from './account-from-documents.ts';
import { organizationDocument } from './organization-document.ts';

const now = at('2026-01-31T12:00:00Z');

const accountOf = (text: string) => {
  const parsed = parseAccountFile(text, 'account.yaml', { now });
  if (!parsed.ok) throw new Error(parsed.error.join('\n'));
  return parsed.value.main;
};

test('an account that was exported comes back as it was, as far as an export tells', () => {
  const document = JSON.stringify(allow('s3:*'));
  const exported = accountToDocuments(
    accountOf(`
alias: acme
passwordPolicy: { minimumPasswordLength: 14 }
policies: [{ policyName: p, path: /ci/, document: ${document} }]
groups: [{ groupName: g, attachedPolicies: [p, ReadOnlyAccess], inlinePolicies: [{ policyName: i, document: ${document} }] }]
users:
  - userName: u
    groups: [g]
    permissionsBoundary: p
    tags: { a: b }
    password: { createDate: 100d ago, lastChanged: 30d ago, lastUsed: 1d ago }
    accessKeys: [{ createDate: 20d ago, lastUsed: { date: 2d ago, service: s3, region: eu-west-1 } }]
    mfa: [{ kind: virtual }]
    signingCertificates: [{ uploadDate: 1d ago }]
    serviceSpecificCredentials: [{ serviceName: codecommit.amazonaws.com, createDate: 1d ago }]
roles: [{ roleName: r, assumeRolePolicyDocument: ${document}, lastUsed: 1d ago }]
instanceProfiles: [{ instanceProfileName: ip, path: /x/, roles: [r] }]
serverCertificates: [{ serverCertificateName: c, uploadDate: 1d ago, expiration: in 1d }]
samlProviders: [{ name: s, validUntil: in 1d }]
oidcProviders: [{ url: "https://o.example/x", clientIds: [c] }]
`),
    now,
  );
  const back = accountFromDocuments(exported, { now });
  if (!back.ok) throw new Error(back.error.join('\n'));
  const again = accountToDocuments(back.value.main, now);
  expect(again.authorizationDetails).toEqual(exported.authorizationDetails);
  expect(again.credentialReport).toBe(exported.credentialReport);
  const parts = [
    'account',
    'passwordPolicy',
    'mfaDevices',
    'accessKeys',
    'signingCertificates',
    'instanceProfiles',
  ] as const;
  for (const part of parts) expect(again[part]).toEqual(exported[part]);
  expect(again.serverCertificates).toEqual(exported.serverCertificates);
});

test('saved authorization details alone make an account, URL-encoded documents and ids of other forms included', () => {
  const trust = encodeURIComponent(JSON.stringify(allow('sts:AssumeRole')));
  const account = accountFromDocuments(
    documents({
      details: {
        UserDetailList: [userDetail('alice', { UserId: 'not-of-aws' })],
        RoleDetailList: [roleDetail('r', { AssumeRolePolicyDocument: trust })],
      },
    }),
    { now },
  );
  if (!account.ok) throw new Error(account.error.join('\n'));
  expect(account.value.main.users.get('alice')?.userId).toMatch(/^AIDA[A-Z2-7]{17}$/);
  expect(JSON.parse(account.value.main.roles.get('r')?.assumeRolePolicyDocument ?? '')).toEqual(
    allow('sts:AssumeRole'),
  );
});

test('what AWS would refuse is told with its place', () => {
  const account = accountFromDocuments(
    documents({ details: { UserDetailList: [userDetail('alice', { GroupList: ['nobody'] })] } }),
    { now },
  );
  expect(account.ok ? [] : account.error).toEqual(['users.0.groups.0: there is no group `nobody` in this file']);
});

test('resources of the services that the emulated account has come along', () => {
  const bucket = {
    service: 's3',
    type: 'bucket',
    arn: 'arn:aws:s3:::b',
    name: 'b',
    region: 'eu-west-1',
    policy: allow('s3:GetObject'),
    tags: { team: 'red' },
    public_access_block: { RestrictPublicBuckets: true },
  };
  const instance = {
    service: 'ec2',
    type: 'instance',
    arn: 'arn:aws:ec2:eu-west-1:123456789012:instance/i',
    name: 'i',
  };
  const account = accountFromDocuments({ ...documents(), resources: [bucket, instance] }, { now });
  if (!account.ok) throw new Error(account.error.join('\n'));
  expect(accountToDocuments(account.value.main, now).resources).toMatchObject([bucket]);
});

const DENY = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] };
const FULL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const RCP_FULL = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

test('the guardrails of its organization come along, and go out as they came', () => {
  const full = { name: 'FullAWSAccess', document: FULL };
  const rcp = { name: 'RCPFullAWSAccess', document: RCP_FULL };
  const organization = {
    organizationId: 'o-1234567890',
    managementAccountId: '999999999999',
    accounts: [{ id: '123456789012' }, { id: '444455556666' }, { id: '999999999999' }],
    features: ['RootSessions'],
    path: [
      { id: 'r-ab12', name: 'Root', scps: [full], rcps: [rcp] },
      { id: 'ou-ab12-11111111', name: 'workloads', scps: [{ name: 'no-s3', document: DENY }], rcps: [rcp] },
      { id: '123456789012', name: 'shop', scps: [full, { name: 'no-s3', document: DENY }], rcps: [rcp] },
    ],
  };
  const account = accountFromDocuments({ ...documents(), organization }, { now });
  if (!account.ok) throw new Error(account.error.join('\n'));
  const { tree: _, ...told } = organizationDocument(account.value.cloud, account.value.main) ?? {};
  expect(told).toEqual({ ...organization, delegatedAdministrators: [] });
});

test('guardrails without names, and with ids of another tool, are the same guardrails', () => {
  const organization = {
    organizationId: 'acme',
    managementAccountId: '999999999999',
    path: [
      { id: 'root', scps: [{ Statement: { Effect: 'Allow', Action: ['*'], Resource: '*' } }] },
      { id: '123456789012', scps: [FULL, DENY] },
    ],
  };
  const account = accountFromDocuments({ ...documents(), organization }, { now });
  if (!account.ok) throw new Error(account.error.join('\n'));
  const path = organizationDocument(account.value.cloud, account.value.main)?.path;
  expect(path?.map(({ scps }) => scps)).toMatchObject([
    [{ name: 'FullAWSAccess' }],
    [{ name: 'FullAWSAccess' }, { document: DENY }],
  ]);
});

test('an account that is in no organization is in none', () => {
  const account = accountFromDocuments({ ...documents(), organization: null }, { now });
  expect(account.ok && account.value.cloud.organizations.size).toBe(0);
});

test('a snapshot that was read already makes the same account, without what nobody could read', () => {
  const made = accountFromSnapshot(
    snapshot({
      users: [
        user('alice', {
          inlinePolicies: { p: allow('s3:*'), broken: 'no json' },
          attachedManagedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::aws:policy/NotYetKnown'],
        }),
      ],
      roles: [role('app', { trustPolicy: 'no json' })],
    }),
    { now },
  );
  const alice = made.ok ? made.value.main.users.get('alice') : undefined;
  expect(alice?.attachedPolicies).toEqual(['arn:aws:iam::aws:policy/ReadOnlyAccess']);
  expect(alice?.inlinePolicies.map(({ policyName, document }) => [policyName, JSON.parse(document)])).toEqual([
    ['p', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:*'], Resource: ['*'] }] }],
    ['broken', { Version: '2008-10-17', Statement: [{ Effect: 'Deny', Action: ['none:None'], Resource: ['*'] }] }],
  ]);
  expect(made.ok && made.value.main.roles.has('app')).toBe(true);
});
