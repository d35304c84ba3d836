import { describe, expect, it } from 'vitest';
import { loadServiceReference } from '../../../reference/service-reference.ts';
import { at, skipped } from '../../../snapshot/testing/collected-builder.ts';
import { resource } from '../../../snapshot/testing/resource-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { createCheckTools } from '../../check-tools.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import type { AccountDeclaration } from '../../trust/trusted-accounts.ts';
import { resourceAllowsForeignAccount } from './resource-allows-foreign-account.ts';

const OWN = '123456789012';
const VENDOR = '444455556666';
const ORG = 'o-abcde12345';
const KEY = `arn:aws:kms:us-east-1:${OWN}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const organization = { id: ORG, managementAccountId: '777788889999', path: [] };
const statement = (principal: unknown, Condition: object = {}, Action: unknown = 'kms:Decrypt') => ({
  Effect: 'Allow',
  Principal: principal,
  Action,
  Resource: '*',
  Condition,
});
const key = (...policy: readonly object[]) => snapshot({ resources: [resource(KEY, { policy })] });
const ofOrganization = (...policy: readonly object[]) =>
  snapshot({ resources: [resource(KEY, { policy })], organization });
const granted = (granteePrincipal: string, operations = ['Decrypt']) =>
  snapshot({
    resources: [
      resource(KEY, {
        policy: [statement({ AWS: `arn:aws:iam::${OWN}:root` }, {}, 'kms:*')],
        grants: [{ id: 'g-1', granteePrincipal, operations, isConstrained: false }],
      }),
    ],
  });
const vendor = { AWS: `arn:aws:iam::${VENDOR}:root` };

describeCheck(resourceAllowsForeignAccount, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'an account',
      key(statement(vendor)),
      { accountId: VENDOR, wholeAccount: true, actions: { Write: ['kms:Decrypt'] } },
    ],
    [
      'a role of an account',
      key(statement({ AWS: `arn:aws:iam::${VENDOR}:role/etl` })),
      { wholeAccount: false, principals: [`arn:aws:iam::${VENDOR}:role/etl`] },
    ],
    [
      'a role of an account, by a grant of the key',
      granted(`arn:aws:iam::${VENDOR}:role/etl`, ['Decrypt', 'CreateGrant']),
      {
        accountId: VENDOR,
        byGrants: true,
        wholeAccount: false,
        actions: { 'Permissions management': ['kms:CreateGrant'], Write: ['kms:Decrypt'] },
      },
    ],
    ['an account by a condition', key(statement('*', { StringEquals: { 'aws:PrincipalAccount': VENDOR } }))],
    ['an account behind an endpoint', key(statement(vendor, { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }))],
    [
      'every account of an organization, of which the own account is not',
      key(statement('*', { StringEquals: { 'aws:PrincipalOrgID': ORG } })),
      { kind: 'organization', accountId: null },
    ],
    [
      'every account of another organization',
      ofOrganization(statement('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-zzzzz99999' } })),
      { kind: 'organization' },
    ],
  ],
  pass: [
    ['a grant for a role of the own account', granted(`arn:aws:iam::${OWN}:role/etl`)],
    ['a grant for a service of AWS', granted('dynamodb.us-east-1.amazonaws.com')],
    ['the own account', key(statement({ AWS: `arn:aws:iam::${OWN}:root` }, {}, 'kms:*'))],
    [
      'every account of the own organization',
      ofOrganization(statement('*', { StringEquals: { 'aws:PrincipalOrgID': ORG } })),
    ],
    [
      'an account kept to the own organization',
      ofOrganization(statement(vendor, { StringEquals: { 'aws:PrincipalOrgID': ORG } })),
    ],
    ['an account of another partition', key(statement({ AWS: `arn:aws-cn:iam::${VENDOR}:root` }))],
    ['an account that a Deny shuts out', key(statement(vendor), { ...statement(vendor), Effect: 'Deny' })],
    ['everybody, which is another check', key(statement({ AWS: '*' }))],
    [
      'an origin access identity of CloudFront',
      snapshot({
        resources: [
          resource('arn:aws:s3:::site', {
            policy: [
              {
                ...statement(
                  { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' },
                  {},
                  's3:GetObject',
                ),
                Resource: 'arn:aws:s3:::site/*',
              },
            ],
          }),
        ],
      }),
    ],
    [
      'the account with which Elastic Load Balancing delivers logs',
      snapshot({
        resources: [
          resource('arn:aws:s3:::logs', {
            policy: [
              {
                ...statement({ AWS: 'arn:aws:iam::054676820928:root' }, {}, 's3:PutObject'),
                Resource: `arn:aws:s3:::logs/AWSLogs/${OWN}/*`,
              },
            ],
          }),
        ],
      }),
    ],
    ['nobody has asked for resources', snapshot({ resources: skipped('resources') })],
  ],
  unknown: [
    ['a policy that cannot be read', snapshot({ resources: [resource(KEY, { policy: 'no JSON' })] })],
    [
      'every account of an organization, and nobody knows which is the own',
      snapshot({
        resources: [resource(KEY, { policy: [statement('*', { StringEquals: { 'aws:PrincipalOrgID': ORG } })] })],
        organization: skipped('organization'),
      }),
    ],
  ],
});

describe('what is told of another account', () => {
  const judge = async (policy: readonly object[], trusted: readonly AccountDeclaration[] = []) => {
    const account = key(...policy);
    const tools = createCheckTools(account, await loadServiceReference(), at('2026-01-01T00:00:00Z'), trusted);
    return [...resourceAllowsForeignAccount.run(account, { tools, overrides: {} })];
  };

  it('is one finding for each account, milder where it is not the whole of it', async () => {
    const results = await judge([
      statement({ AWS: [VENDOR, '111122223333'] }),
      statement({ AWS: 'arn:aws:iam::777788889999:user/bob' }, {}, ['kms:Decrypt', 'kms:Encrypt']),
    ]);
    expect(results.map(({ subject, severity, external }) => [subject.part, severity, external?.actions])).toEqual([
      ['111122223333', 'medium', ['kms:Decrypt']],
      [VENDOR, 'medium', ['kms:Decrypt']],
      ['777788889999', 'low', ['kms:Decrypt', 'kms:Encrypt']],
    ]);
  });

  it('passes for accounts that are declared, until the declaration ends', async () => {
    const declared = (expires: string | null): AccountDeclaration => ({
      id: VENDOR,
      name: 'Example Corp',
      owner: 'platform',
      expires: expires === null ? null : at(expires),
    });
    const outcome = async (expires: string | null) =>
      (await judge([statement(vendor)], [declared(expires)])).map((result) => result.outcome);
    expect(await outcome(null)).toEqual(['pass']);
    expect(await outcome('2026-06-01T00:00:00Z')).toEqual(['pass']);
    expect(await outcome('2025-06-01T00:00:00Z')).toEqual(['fail']);
  });
});
