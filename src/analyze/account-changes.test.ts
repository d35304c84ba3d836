import { describe, expect, it } from 'vitest';
import type { AccountChange } from '../finding/account-change.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { Organization } from '../snapshot/organization.ts';
import { accessAnalyzer, analyzer } from '../snapshot/testing/analyzer-builder.ts';
import { arn, at, denied, gap, TEST_TIME } from '../snapshot/testing/collected-builder.ts';
import { accessKey, noMfa, password, passwordPolicy, virtualMfa } from '../snapshot/testing/credential-builder.ts';
import { allow, policyDocument, trusts } from '../snapshot/testing/policy-builder.ts';
import { group, managedPolicy, role, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { accountChanges } from './account-changes.ts';

const tools = { reference: await loadServiceReference(), now: at(TEST_TIME) };
const ALICE = 'arn:aws:iam::123456789012:user/alice';

const changesOf = (before: AccountSnapshot, after: AccountSnapshot): readonly AccountChange[] =>
  accountChanges(before, after, tools).changes;

/** Kind, name of the subject and part, and which way: `+` came, `-` went, `~` is another. */
const told = ({ kind, subject, before, after }: AccountChange): string => {
  const sign = before === null ? (after === null ? '' : '+') : after === null ? '-' : '~';
  const name = subject.arn.slice(subject.arn.lastIndexOf('/') + 1);
  return [`${sign}${kind}`, name, ...(subject.part === null ? [] : [subject.part])].join(' ');
};

const reordered = (document: { readonly Version: string; readonly Statement: readonly object[] }) => ({
  Statement: [...document.Statement]
    .reverse()
    .map((statement) => Object.fromEntries(Object.entries(statement).reverse())),
  Version: document.Version,
});
const TWO = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'One', Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: '*' },
    { Effect: 'Deny', Action: 'iam:*', Resource: '*', Condition: { StringEquals: { 'aws:x': ['a', 'b'] } } },
  ],
};
const SAME = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Deny', Action: ['iam:*'], Resource: ['*'], Condition: { StringEquals: { 'AWS:x': ['b', 'a'] } } },
    { Sid: 'Another', Effect: 'Allow', Action: ['s3:putobject', 's3:GetObject', 's3:GetObject'], Resource: ['*'] },
  ],
};
const provider = (clientIds: readonly string[], createDate = TEST_TIME) => ({
  arn: arn('arn:aws:iam::123456789012:oidc-provider/ci.example'),
  kind: 'oidc' as const,
  createDate: at(createDate),
  validUntil: null,
  url: 'ci.example',
  clientIds,
});
const profile = (id: string, roles: readonly string[] = []) => ({
  arn: arn('arn:aws:iam::123456789012:instance-profile/web'),
  name: 'web',
  id,
  createDate: at(TEST_TIME),
  roles,
});
const bucket = (policy: unknown) => ({
  arn: arn('arn:aws:s3:::bucket'),
  service: 's3',
  type: 'bucket',
  name: 'bucket',
  region: null,
  roleArn: null,
  policy: policy === null ? null : policyDocument(policy),
  tags: null,
  restrictsPublicAccess: false,
});
const FULL = allow('*');
const organization = (scps: Readonly<Record<string, unknown>>, id = 'ou-1'): Organization => ({
  id: 'o-1',
  managementAccountId: '999999999999',
  path: [
    { id: 'r-1', name: 'Root', scps: [{ name: 'FullAWSAccess', document: policyDocument(FULL) }], rcps: [] },
    {
      id,
      name: 'Unit',
      scps: Object.entries(scps).map(([name, document]) => ({ name, document: policyDocument(document) })),
      rcps: [],
    },
  ],
});
const archiveRule = (name: string, value: string) => ({
  name,
  filter: new Map([['resource', { eq: [value], neq: [], contains: [], exists: null }]]),
});
const analyzed = (...analyzers: Parameters<typeof analyzer>) =>
  accessAnalyzer({ analyzers: analyzers.map((one) => analyzer(one)) });

type Parts = Parameters<typeof snapshot>[0];
const userWith = (parts: Parameters<typeof user>[1]): Parts => ({ users: [user('alice', parts)] });
const roleWith = (parts: Parameters<typeof role>[1]): Parts => ({ roles: [role('app', parts)] });

describe('what changed of an account', () => {
  it.each<[string, Parts, Parts, readonly string[]]>([
    ['a user came', {}, { users: [user('alice')] }, ['+created alice']],
    ['a user went', { users: [user('alice')] }, {}, ['-deleted alice']],
    [
      'a user of the same name is another',
      { users: [user('alice', { userId: 'AIDA1' })] },
      { users: [user('alice', { userId: 'AIDA2' })] },
      ['+created alice', '-deleted alice'],
    ],
    [
      'a user was renamed',
      { users: [user('alice', { userId: 'AIDA1' })] },
      { users: [user('bob', { userId: 'AIDA1' })] },
      ['~renamed bob'],
    ],
    ['a group came', {}, { groups: [group('staff')] }, ['+created staff']],
    ['a role went', { roles: [role('app')] }, {}, ['-deleted app']],
    ['a managed policy came', {}, { managedPolicies: [managedPolicy('p', FULL)] }, ['+created p']],
    [
      'a managed policy of AWS is used for the first time',
      {},
      { managedPolicies: [managedPolicy('p', FULL, { awsManaged: true })] },
      [],
    ],
    [
      'AWS changed a policy of its own',
      { managedPolicies: [managedPolicy('p', FULL, { awsManaged: true })] },
      { managedPolicies: [managedPolicy('p', TWO, { awsManaged: true, olderVersions: [FULL] })] },
      ['~policy-version p'],
    ],
    [
      'a policy got a version that says the same',
      { managedPolicies: [managedPolicy('p', TWO)] },
      { managedPolicies: [managedPolicy('p', SAME, { olderVersions: [TWO] })] },
      ['~policy-version p'],
    ],
    [
      'an instance profile was made anew with another role',
      { instanceProfiles: [profile('AIPA1')] },
      { instanceProfiles: [profile('AIPA2', ['app'])] },
      ['+created web', '-deleted web'],
    ],
    [
      'an instance profile got a role',
      { instanceProfiles: [profile('AIPA1')] },
      { instanceProfiles: [profile('AIPA1', ['app'])] },
      ['+instance-profile web app'],
    ],
    [
      'a provider accepts another audience',
      { identityProviders: [provider(['a'])] },
      { identityProviders: [provider(['a', 'b'])] },
      ['~identity-provider ci.example'],
    ],
    [
      'a provider tells its audiences in another order',
      { identityProviders: [provider(['b', 'a'])] },
      { identityProviders: [provider(['a', 'b'])] },
      [],
    ],
    [
      'a provider was made anew',
      { identityProviders: [provider([])] },
      { identityProviders: [provider([], '2026-02-01T00:00:00Z')] },
      ['+created ci.example', '-deleted ci.example'],
    ],
    [
      'a key came and another was switched off',
      userWith({ accessKeys: [accessKey({ accessKeyId: 'AKIA1' })] }),
      userWith({
        accessKeys: [accessKey({ accessKeyId: 'AKIA1', status: 'Inactive' }), accessKey({ accessKeyId: 'AKIA2' })],
      }),
      ['~access-key alice AKIA1', '+access-key alice AKIA2'],
    ],
    [
      'a key was used',
      userWith({ accessKeys: [accessKey({ lastUsed: null })] }),
      userWith({ accessKeys: [accessKey({ lastUsed: TEST_TIME })] }),
      [],
    ],
    [
      'the key in a place of the credential report is another',
      userWith({ accessKeys: [accessKey({ accessKeyId: 'key 1' })] }),
      userWith({ accessKeys: [accessKey({ accessKeyId: 'key 1', createDate: '2026-02-01T00:00:00Z' })] }),
      ['~access-key alice key 1'],
    ],
    [
      'the ids of keys were read on one night only',
      userWith({ accessKeys: [accessKey({ accessKeyId: 'key 1' })] }),
      userWith({ accessKeys: [accessKey({ accessKeyId: 'AKIA1' })] }),
      [],
    ],
    [
      'the keys could not be read',
      userWith({ accessKeys: [accessKey()] }),
      userWith({ accessKeys: denied('iam:ListAccessKeys') }),
      [],
    ],
    ['a password came', userWith({}), userWith({ password: password() }), ['+password alice']],
    [
      'a password was changed',
      userWith({ password: password() }),
      userWith({ password: password({ lastChanged: '2026-02-01T00:00:00Z' }) }),
      ['~password alice'],
    ],
    [
      'a password was used',
      userWith({ password: password() }),
      userWith({ password: password({ lastUsed: '2026-02-01T00:00:00Z' }) }),
      [],
    ],
    [
      'MFA was switched off',
      userWith({ mfa: virtualMfa('device') }),
      userWith({ mfa: noMfa() }),
      ['~mfa alice', '-mfa alice device'],
    ],
    [
      'a tag is another',
      userWith({ tags: { team: 'red', a: '1' } }),
      userWith({ tags: { a: '1', team: 'blue' } }),
      ['~tags alice team'],
    ],
    [
      'a user joined a group',
      { ...userWith({}), groups: [group('g')] },
      { ...userWith({ groups: ['g'] }), groups: [group('g')] },
      ['+group-membership alice g'],
    ],
    [
      'a trust policy names another',
      roleWith({ trustPolicy: trusts({ AWS: '111122223333' }) }),
      roleWith({ trustPolicy: trusts({ AWS: '444455556666' }) }),
      ['~trust-policy app'],
    ],
    [
      'a trust policy was written anew, and says the same',
      roleWith({ trustPolicy: trusts({ AWS: ['1', '2'], Service: 'ec2.amazonaws.com' }) }),
      roleWith({ trustPolicy: reordered(trusts({ Service: ['ec2.amazonaws.com'], AWS: ['2', '1'] })) }),
      [],
    ],
    [
      'an inline policy was written anew, and says the same',
      userWith({ inlinePolicies: { p: TWO } }),
      userWith({ inlinePolicies: { p: JSON.stringify(SAME, null, 4) } }),
      [],
    ],
    [
      'an inline policy says the same in another version of the language',
      userWith({ inlinePolicies: { p: allow('ec2:Stop', 'arn:aws:ec2:*:*:instance/${aws:username}') } }),
      userWith({
        inlinePolicies: {
          p: { ...allow('ec2:Stop', 'arn:aws:ec2:*:*:instance/${aws:username}'), Version: '2008-10-17' },
        },
      }),
      ['~policies alice p'],
    ],
    [
      'a broken policy is broken in another way',
      userWith({ inlinePolicies: { p: { Statement: [{ Effect: 'Permit' }] } } }),
      userWith({ inlinePolicies: { p: { Statement: [{ Effect: 'Grant' }] } } }),
      ['~policies alice p'],
    ],
    [
      'a policy was attached, and an inline one went',
      userWith({ inlinePolicies: { p: { Version: '2012-10-17', Statement: [] } } }),
      userWith({ attachedManagedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }),
      ['+policies alice arn:aws:iam::aws:policy/ReadOnlyAccess', '-policies alice p'],
    ],
    [
      'a boundary was taken away',
      {
        ...userWith({ permissionsBoundary: 'arn:aws:iam::123456789012:policy/b' }),
        managedPolicies: [managedPolicy('b', FULL)],
      },
      { ...userWith({}), managedPolicies: [managedPolicy('b', FULL)] },
      ['-permissions-boundary alice'],
    ],
    [
      'the password policy is shorter',
      { passwordPolicy: passwordPolicy() },
      { passwordPolicy: passwordPolicy({ minimumPasswordLength: 6 }) },
      ['~password-policy arn:aws:iam::123456789012:root'],
    ],
    [
      'the password policy went',
      { passwordPolicy: passwordPolicy({ allowUsersToChangePassword: false }) },
      { passwordPolicy: null },
      ['-password-policy arn:aws:iam::123456789012:root'],
    ],
    [
      'the root user got a key and lost its MFA',
      {},
      { root: { accessKeyCount: 1, mfaActive: false } },
      ['~access-key arn:aws:iam::123456789012:root', '~mfa arn:aws:iam::123456789012:root'],
    ],
    [
      'an SCP came, in a unit',
      { organization: organization({ FullAWSAccess: FULL }) },
      {
        organization: organization({
          FullAWSAccess: FULL,
          Guard: { ...FULL, Statement: [{ Effect: 'Deny', Action: 'made:Up', Resource: '*' }] },
        }),
      },
      ['+organization-policy ou-1 Guard'],
    ],
    [
      'an SCP was attached in another order',
      { organization: organization({ FullAWSAccess: FULL, Two: TWO }) },
      { organization: organization({ Two: SAME, FullAWSAccess: FULL }) },
      [],
    ],
    [
      'SCPs without names stand in another order',
      {
        organization: organization({
          'organization.json#/path/1/scps/0': FULL,
          'organization.json#/path/1/scps/1': TWO,
        }),
      },
      {
        organization: organization({
          'organization.json#/path/1/scps/0': TWO,
          'organization.json#/path/1/scps/1': FULL,
        }),
      },
      [],
    ],
    [
      'the account was moved to another unit',
      { organization: organization({ FullAWSAccess: FULL }) },
      { organization: organization({ FullAWSAccess: FULL }, 'ou-2') },
      ['-organization-policy ou-1', '+organization-policy ou-2'],
    ],
    [
      'a policy of a bucket is another',
      { resources: [bucket(null)] },
      { resources: [bucket(TWO)] },
      ['+resource-policy arn:aws:s3:::bucket'],
    ],
    ['a bucket came', {}, { resources: [bucket(TWO)] }, []],
    [
      'an analyzer went',
      { accessAnalyzer: analyzed({ name: 'account' }) },
      { accessAnalyzer: accessAnalyzer({ analyzers: [] }) },
      ['-deleted account'],
    ],
    [
      'an analyzer was switched off',
      { accessAnalyzer: analyzed({}) },
      { accessAnalyzer: analyzed({ status: 'DISABLED' }) },
      ['~analyzer account'],
    ],
    [
      'an archive rule hides more',
      { accessAnalyzer: analyzed({ archiveRules: [archiveRule('quiet', 'a'), archiveRule('gone', 'a')] }) },
      { accessAnalyzer: analyzed({ archiveRules: [archiveRule('quiet', 'b')] }) },
      ['-archive-rule account gone', '~archive-rule account quiet'],
    ],
    [
      'nobody looked for analyzers in the region again',
      { accessAnalyzer: accessAnalyzer({ regions: ['eu-central-1'] }) },
      { accessAnalyzer: accessAnalyzer({ regions: ['eu-west-1'], analyzers: [] }) },
      [],
    ],
    [
      'the list of users ends early',
      { users: [user('alice'), user('bob')] },
      { users: [user('alice', { tags: { a: 'b' } })], missingParts: new Map([['users', gap()]]) },
      ['+tags alice a'],
    ],
    [
      'the organization could not be read',
      { organization: organization({}) },
      { organization: denied('organizations:ListParents', 'organization') },
      [],
    ],
  ])('is told: %s', (_, before, after, expected) => {
    const withoutPermissions = changesOf(snapshot(before), snapshot(after)).filter(
      ({ kind }) => kind !== 'permissions',
    );
    expect(withoutPermissions.map(told)).toEqual(expected);
  });

  it('is nothing where nothing changed, and nobody made it', () => {
    const account = snapshot({ users: [user('alice', { inlinePolicies: { p: TWO } })], roles: [role('app')] });
    expect(accountChanges(account, account, tools)).toEqual({ changes: [], notCompared: [] });
  });

  it('is said as it was and as it is', () => {
    const [change] = changesOf(
      snapshot(userWith({ accessKeys: [accessKey({ accessKeyId: 'AKIA1' })] })),
      snapshot(userWith({ accessKeys: [accessKey({ accessKeyId: 'AKIA1', status: 'Inactive' })] })),
    );
    expect(change).toEqual({
      accountId: '123456789012',
      kind: 'access-key',
      subject: { arn: ALICE, type: 'User', id: 'AIDAALICE000000000000', part: 'AKIA1' },
      before: { status: 'Active' },
      after: { status: 'Inactive' },
      by: [],
    });
  });

  it.each<[string, Parts, Parts, readonly string[]]>([
    ['the list of roles', { missingParts: new Map([['roles', gap()]]) }, {}, ['which roles were created and deleted']],
    [
      'the organization',
      {},
      { organization: denied('organizations:ListParents', 'organization') },
      ['the organization and its SCPs and RCPs'],
    ],
    [
      'the keys of a user',
      userWith({}),
      userWith({ accessKeys: denied('iam:ListAccessKeys') }),
      ['access keys of 1 user'],
    ],
    [
      'keys of which only one night knows the ids',
      userWith({ accessKeys: [accessKey({ accessKeyId: 'key 1' })] }),
      userWith({ accessKeys: [accessKey()] }),
      ['access keys of 1 user'],
    ],
    [
      'regions where one night looked',
      { accessAnalyzer: accessAnalyzer({ regions: ['eu-central-1'] }) },
      { accessAnalyzer: accessAnalyzer({ regions: ['eu-central-1', 'eu-west-1'] }) },
      ['analyzers in eu-west-1'],
    ],
    [
      'permissions by a policy whose document is missing on one night',
      {
        ...userWith({ attachedManagedPolicies: ['arn:aws:iam::123456789012:policy/p'] }),
        managedPolicies: [managedPolicy('p', FULL)],
      },
      {
        ...userWith({ attachedManagedPolicies: ['arn:aws:iam::123456789012:policy/p'] }),
        missingParts: new Map([['managedPolicies', gap()]]),
      },
      ['which managed policies were created and deleted', 'effective permissions of 1 principal'],
    ],
  ])('is not known of %s, and that is said', (_, before, after, expected) => {
    const { changes, notCompared } = accountChanges(snapshot(before), snapshot(after), tools);
    expect(notCompared.map(({ part }) => part)).toEqual(expected);
    expect(changes).toEqual([]);
  });
});
