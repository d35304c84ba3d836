import { describe, expect, it } from 'vitest';
import { loadServiceReference } from '../../../reference/service-reference.ts';
import { at } from '../../../snapshot/testing/collected-builder.ts';
import { trusts } from '../../../snapshot/testing/policy-builder.ts';
import { role, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { createCheckTools } from '../../check-tools.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { roleTrustsForeignAccountWithoutExternalId } from './role-trusts-foreign-account-without-external-id.ts';

const OWN = '123456789012';
const VENDOR = '444455556666';
const VENDOR_ROOT = `arn:aws:iam::${VENDOR}:root`;
const trusting = (trustPolicy: unknown) => snapshot({ roles: [role('app', { trustPolicy })] });
const vendorIf = (condition: Readonly<Record<string, unknown>>) => trusting(trusts({ AWS: VENDOR_ROOT }, condition));

const inOrganization = (accounts?: readonly string[], managementAccountId = '111122223333') =>
  snapshot({
    roles: [role('app', { trustPolicy: trusts({ AWS: VENDOR_ROOT }) })],
    organization: { id: 'o-abcde12345', managementAccountId, path: [], ...(accounts && { accounts }) },
  });

describeCheck(roleTrustsForeignAccountWithoutExternalId, '2026-01-01T00:00:00Z', {
  fail: [
    ['the account by its root user', trusting(trusts({ AWS: VENDOR_ROOT })), { accountId: VENDOR, wholeAccount: true }],
    ['the account by its id', trusting(trusts({ AWS: VENDOR })), { accountId: VENDOR, wholeAccount: true }],
    [
      'a role of the account',
      trusting(trusts({ AWS: `arn:aws:iam::${VENDOR}:role/scanner` })),
      { principals: [`arn:aws:iam::${VENDOR}:role/scanner`], wholeAccount: false, sameOrganization: 'no' },
    ],
    [
      'the account, of which a condition lets in one role',
      vendorIf({ ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${VENDOR}:role/scanner` } }),
      { principals: [`arn:aws:iam::${VENDOR}:role/scanner`], wholeAccount: false },
    ],
    [
      'an account that is not among those of the own organization',
      inOrganization(['777788889999']),
      { sameOrganization: 'no' },
    ],
    [
      'an account, where nobody has listed those of the own organization',
      inOrganization(),
      { sameOrganization: 'unknown' },
    ],
    ['any ExternalId', vendorIf({ Null: { 'sts:ExternalId': 'false' } })],
    ['any ExternalId, by a pattern', vendorIf({ StringLike: { 'sts:ExternalId': '?*' } })],
    ['any ExternalId beside one of its own', vendorIf({ StringLike: { 'sts:ExternalId': ['x1', '*'] } })],
    ['an account of whatever organization', vendorIf({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } })],
    ['MFA instead of an ExternalId', vendorIf({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } })],
    ['an ExternalId that may be left out', vendorIf({ StringEqualsIfExists: { 'sts:ExternalId': 'x1' } })],
    [
      'everybody, if of the account',
      trusting(trusts({ AWS: '*' }, { StringEquals: { 'aws:PrincipalAccount': VENDOR } })),
      { accountId: VENDOR },
    ],
  ],
  pass: [
    ['an ExternalId of its own', vendorIf({ StringEquals: { 'sts:ExternalId': 'x1' } })],
    ['one of several ExternalIds', vendorIf({ StringLike: { 'sts:ExternalId': ['x1*', 'x2*'] } })],
    ['an account of the own organization', inOrganization([OWN, VENDOR])],
    ['the management account of the own organization', inOrganization(undefined, VENDOR)],
    ['an account of an organization', vendorIf({ StringEquals: { 'aws:PrincipalOrgID': 'o-abcde12345' } })],
    [
      'an account of another partition, which cannot call AssumeRole here',
      trusting(trusts({ AWS: `arn:aws-cn:iam::${VENDOR}:root` })),
    ],
    ['the own account', trusting(trusts({ AWS: `arn:aws:iam::${OWN}:root` }))],
    ['a service', trusting(trusts({ Service: 'ec2.amazonaws.com' }))],
    [
      'a service-linked role of the account, which cannot send one',
      trusting(
        trusts({ AWS: `arn:aws:iam::${VENDOR}:role/aws-service-role/stacksets.amazonaws.com/AWSServiceRoleForX` }),
      ),
    ],
    [
      'a Deny without the ExternalId',
      trusting({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: VENDOR }, Action: 'sts:AssumeRole' },
          {
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 'sts:AssumeRole',
            Condition: { StringNotEquals: { 'sts:ExternalId': 'x1' } },
          },
        ],
      }),
    ],
    [
      'tagging of a session that nobody may begin',
      trusting({ Statement: { Effect: 'Allow', Principal: { AWS: VENDOR }, Action: 'sts:TagSession' } }),
    ],
  ],
  unknown: [
    ['a trust policy that cannot be read', trusting('no JSON')],
    [
      'an account, with a Deny that cannot be read',
      trusting({
        Statement: [
          { Effect: 'Allow', Principal: { AWS: VENDOR }, Action: 'sts:AssumeRole' },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 'sts:*',
            Condition: { StringNotEqual: { 'sts:ExternalId': 'x1' } },
          },
        ],
      }),
    ],
  ],
});

describe('the severity of trust in another account', () => {
  const severities = async (trustPolicy: unknown) => {
    const account = trusting(trustPolicy);
    const tools = createCheckTools(account, await loadServiceReference(), at('2026-01-01T00:00:00Z'));
    const results = roleTrustsForeignAccountWithoutExternalId.run(account, { tools, overrides: {} });
    return [...results].map(({ subject, severity, conditions }) => [subject.part, severity, conditions?.text]);
  };

  it('is lower for single roles and under conditions', async () => {
    expect(await severities(trusts({ AWS: [VENDOR, 'arn:aws:iam::777788889999:role/scanner'] }))).toEqual([
      [VENDOR, undefined, undefined],
      ['777788889999', 'low', undefined],
    ]);
    expect(await severities(trusts({ AWS: VENDOR }, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }))).toEqual([
      [VENDOR, 'low', '`aws:MultiFactorAuthPresent` is `true`'],
    ]);
  });
});
