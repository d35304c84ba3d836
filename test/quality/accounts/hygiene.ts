import type { ServiceSpecificCredential } from '../../../src/snapshot/account-snapshot.ts';
import { accessAnalyzer } from '../../../src/snapshot/testing/analyzer-builder.ts';
import { arn, at, collected } from '../../../src/snapshot/testing/collected-builder.ts';
import {
  accessKey,
  type PasswordParts,
  password,
  passwordPolicy,
  virtualMfa,
} from '../../../src/snapshot/testing/credential-builder.ts';
import { group, role, snapshot, user } from '../../../src/snapshot/testing/snapshot-builder.ts';
import type { LabelledAccount } from '../labelled-account.ts';

const NOW = '2026-01-01T00:00:00Z';
const YESTERDAY = '2025-12-31T00:00:00Z';
const CLOUDSHELL = 'arn:aws:iam::aws:policy/AWSCloudShellFullAccess';
const QUARANTINE = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2';

/** A key in use that is thirty days old, unless told otherwise. */
const key = (accessKeyId: string, createDate = '2025-12-02T00:00:00Z', lastUsed: string | null = YESTERDAY) =>
  accessKey({ accessKeyId, createDate, lastUsed });

const inactive = (accessKeyId: string, createDate: string, lastUsed: string | null = null) =>
  accessKey({ accessKeyId, createDate, lastUsed, status: 'Inactive' });

/** A person who signs in with MFA, and whom a group counts. */
const person = { password: password({ lastUsed: YESTERDAY }), mfa: virtualMfa(), groups: ['staff'] };

/** What a newcomer of the 2nd of December has who did everything on the second day. */
const newcomer = (parts: PasswordParts = {}) => ({
  ...person,
  createDate: '2025-12-02T00:00:00Z',
  password: password({ lastChanged: '2025-12-03T00:00:00Z', lastUsed: YESTERDAY, ...parts }),
  tags: { owner: 'somebody@example.com' },
});

const apiKeys = (...credentials: readonly (Partial<ServiceSpecificCredential> & { readonly id: string })[]) =>
  collected(
    credentials.map(
      (credential): ServiceSpecificCredential => ({
        serviceName: 'bedrock.amazonaws.com',
        status: 'Active',
        createDate: at('2025-12-01T00:00:00Z'),
        expirationDate: null,
        ...credential,
      }),
    ),
    'service-specific-credentials',
  );

const uploaded = (id: string, uploadDate: string, status = 'Active') => ({ id, status, uploadDate: at(uploadDate) });

const certificate = (name: string, expiration: string) => ({
  arn: arn(`arn:aws:iam::123456789012:server-certificate/${name}`),
  name,
  id: `ASCA${name.toUpperCase()}`,
  uploadDate: at('2024-01-01T00:00:00Z'),
  expiration: at(expiration),
});

const provider = (kind: 'saml' | 'oidc', name: string, validUntil: string | null) => ({
  arn: arn(`arn:aws:iam::123456789012:${kind}-provider/${name}`),
  kind,
  createDate: at(NOW),
  validUntil: validUntil === null ? null : at(validUntil),
  url: kind === 'oidc' ? name : null,
  clientIds: [],
});

/** An account that works, and that nobody tidies. */
export const hygieneAccount: LabelledAccount = {
  name: 'an account that nobody tidies',
  now: NOW,
  snapshot: snapshot({
    root: { mfaKind: 'virtual' },
    accountSummary: new Map([
      ['AccountSigningCertificatesPresent', 1],
      ['Roles', 950],
      ['RolesQuota', 1000],
      ['Groups', 30],
      ['GroupsQuota', 300],
    ]),
    passwordPolicy: passwordPolicy({ requireSymbols: false, maxPasswordAge: null }),
    accessAnalyzer: accessAnalyzer({ analyzers: [] }),
    groups: [
      group('staff', { attachedManagedPolicies: [CLOUDSHELL] }),
      group('deserted'),
      group('planned', { createDate: '2025-12-20T00:00:00Z' }),
    ],
    users: [
      user('leaked', { accessKeys: [key('AKIALEAKED')], attachedManagedPolicies: [QUARANTINE] }),
      user('first-day', {
        ...person,
        accessKeys: [key('AKIAFIRST', '2025-12-03T00:00:10Z')],
        createDate: '2025-12-03T00:00:00Z',
        tags: { team: 'a' },
        password: password({ lastChanged: '2025-12-04T00:00:00Z', lastUsed: YESTERDAY }),
      }),
      user('machine-first-day', { accessKeys: [key('AKIAMACHINE')], createDate: '2025-12-02T00:00:00Z' }),
      user('late-key', { ...person, accessKeys: [key('AKIALATE')] }),
      user('idle-key', { accessKeys: [key('AKIAIDLE', '2025-12-01T00:00:00Z', null)] }),
      user('young-key', { accessKeys: [key('AKIAYOUNG', '2025-12-20T00:00:00Z', null)] }),
      user('idle-password', { ...person, password: password({ lastChanged: '2025-12-01T00:00:00Z', lastUsed: null }) }),
      user('gone', { createDate: '2020-01-01T00:00:00Z' }),
      user('switched-off', {
        createDate: '2020-01-01T00:00:00Z',
        accessKeys: [inactive('AKIAOFF', '2020-01-01T00:00:00Z', '2025-02-01T00:00:00Z')],
      }),
      user('hoarder', {
        ...person,
        accessKeys: [inactive('AKIAOLD', '2023-01-01T00:00:00Z'), key('AKIANEW')],
        sshPublicKeys: collected([uploaded('APKAOLD', '2022-01-01T00:00:00Z', 'Inactive')], 'ssh-public-keys'),
      }),
      user('tidy', { ...person, accessKeys: [inactive('AKIARECENT', '2025-09-01T00:00:00Z'), key('AKIATIDY')] }),
      user('prompter', {
        ...person,
        serviceSpecificCredentials: apiKeys(
          { id: 'ACCAENDLESS' },
          { id: 'ACCAENDING', expirationDate: at('2026-02-01T00:00:00Z') },
          { id: 'ACCAOVER', createDate: at('2025-01-01T00:00:00Z'), expirationDate: at('2025-04-01T00:00:00Z') },
        ),
      }),
      user('committer', {
        ...person,
        serviceSpecificCredentials: apiKeys(
          { id: 'ACCAGITOLD', serviceName: 'codecommit.amazonaws.com', createDate: at('2025-01-01T00:00:00Z') },
          { id: 'ACCAGITNEW', serviceName: 'codecommit.amazonaws.com' },
        ),
        sshPublicKeys: collected(
          [uploaded('APKAGITOLD', '2024-06-01T00:00:00Z'), uploaded('APKAGITNEW', '2025-06-01T00:00:00Z')],
          'ssh-public-keys',
        ),
      }),
      user('signer', {
        ...person,
        signingCertificates: collected([uploaded('CERTSIGN', '2025-06-01T00:00:00Z')], 'signing-certificates'),
      }),
      user('loner', { ...person, groups: [] }),
      user('newcomer-done', newcomer()),
      user('newcomer-halfway', { ...newcomer({ lastChanged: '2025-12-02T00:00:00Z' }), tags: {} }),
      user('newcomer-of-today', { ...newcomer(), createDate: NOW, mfa: virtualMfa(), groups: [], tags: {} }),
    ],
    roles: [
      role('AWSReservedSSO_Shell', { path: '/aws-reserved/sso.amazonaws.com/', attachedManagedPolicies: [CLOUDSHELL] }),
      role('federated', {
        trustPolicy: {
          Statement: {
            Effect: 'Allow',
            Principal: {
              Federated: [
                'arn:aws:iam::123456789012:saml-provider/merged',
                'arn:aws:iam::123456789012:saml-provider/corporate',
              ],
            },
            Action: 'sts:AssumeRoleWithSAML',
            Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
          },
        },
      }),
    ],
    serverCertificates: [
      certificate('over', '2025-12-01T00:00:00Z'),
      certificate('soon', '2026-01-20T00:00:00Z'),
      certificate('fine', '2026-08-01T00:00:00Z'),
    ],
    identityProviders: [
      provider('saml', 'merged', '2025-06-01T00:00:00Z'),
      provider('saml', 'corporate', '2030-01-01T00:00:00Z'),
    ],
  }),
  findings: {
    'root-user-without-hardware-mfa': { root: 'a virtual device' },
    'root-user-has-signing-certificate': { root: 'the summary of the account counts one' },
    'account-quota-nearly-full': { 'root RolesQuota': '950 of 1000' },
    'account-password-policy-without-character-rules': { root: 'no symbols' },
    'account-password-policy-without-expiry': { root: 'passwords last for ever' },
    'account-without-access-analyzer': { root: 'no analyzer in any Region' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'server-certificate-expired': { 'server-certificate/over': 'a month ago' },
    'server-certificate-expires-soon': { 'server-certificate/soon': 'in three weeks' },
    'identity-provider-metadata-expired': { 'saml-provider/merged': 'half a year ago, and a role trusts it' },
    'cloudshell-full-access-attached': { 'policy/AWSCloudShellFullAccess': 'a group holds it' },
    'group-without-members': { 'group/deserted': 'years old, and empty' },
    'user-access-key-quarantined-as-leaked': { 'user/leaked': 'AWS attached its quarantine' },
    'user-access-key-made-at-creation': {
      'user/first-day AKIAFIRST': 'ten seconds after the user, who has a password',
    },
    'user-access-key-never-used': { 'user/idle-key AKIAIDLE': 'a month old, and never used' },
    'user-password-never-used': { 'user/idle-password': 'set a month ago, and never used' },
    'user-inactive': { 'user/gone': 'six years old, and nothing it could sign in with' },
    'user-inactive-credential-kept': { 'user/hoarder': 'a key and an SSH key, inactive for years' },
    'user-service-specific-credential-never-expires': { 'user/prompter ACCAENDLESS': 'an API key without end' },
    'user-service-specific-credential-not-rotated': { 'user/committer ACCAGITOLD': 'a year old' },
    'user-ssh-public-key-not-rotated': { 'user/committer APKAGITOLD': 'a year and a half old' },
    'user-has-signing-certificate': { 'user/signer': 'one, active' },
    'user-without-group': { 'user/loner': 'a person, years old, in no group' },
    'user-onboarding-incomplete': {
      'user/first-day': 'a key on the first day, and no owner',
      'user/newcomer-halfway': 'the first password still, and no owner',
    },
  },
  traps: {
    'user/leaked': 'the policy that is attached to it directly is AWS’s quarantine, which is told as such',
    'group/planned': 'empty, but made two weeks ago',
    'user/machine-first-day': 'its key is as old as the user, which has no password',
    'user/late-key': 'its key was made when it was needed',
    'user/young-key': 'never used, but made twelve days ago',
    'user/switched-off': 'switched off this year, waiting for the audit',
    'user/tidy': 'an inactive key of this autumn',
    'user/newcomer-done': 'changed the password, has MFA, a group and an owner',
    'user/newcomer-of-today': 'nothing is done yet, on the first day',
    'role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Shell':
      'CloudShell by a permission set, which is changed elsewhere',
  },
};
