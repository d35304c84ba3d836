import { describe, expect, it } from 'vitest';
import { type Asked, OWN, outsideRequest, tell } from './testing/outside-case.ts';

const OTHER = '444455556666';
const ROOT = { AWS: `arn:aws:iam::${OTHER}:root` };
const ALICE = `arn:aws:iam::${OTHER}:user/alice`;
const ORG = 'o-a1b2c3d4e5';
const GITHUB = `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com`;
const SAML = `arn:aws:iam::${OWN}:saml-provider/ExampleCorp`;
const trust = (Principal: unknown, Condition?: object, Action = 'sts:AssumeRole') => ({
  Effect: 'Allow',
  Action,
  Principal,
  ...(Condition && { Condition }),
});
const deny = (Condition: object, Principal: unknown = '*') => ({
  Effect: 'Deny',
  Action: 'sts:*',
  Principal,
  Condition,
});
const github = (Condition?: object) => trust({ Federated: GITHUB }, Condition, 'sts:AssumeRoleWithWebIdentity');
const saml = trust(
  { Federated: SAML },
  { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
  'sts:*',
);

type Case = readonly [
  story: string,
  page: string,
  asked: Asked,
  statements: readonly object[],
  expected: readonly string[],
];

const cases: readonly Case[] = [
  [
    'an account by its root user: any principal of it',
    'reference_policies_elements_principal.html',
    'role',
    [trust(ROOT)],
    [`account ${OTHER}`],
  ],
  [
    'an account by its id: the same',
    'reference_policies_elements_principal.html',
    'role',
    [trust({ AWS: OTHER })],
    [`account ${OTHER}`],
  ],
  ['a user', 'reference_policies_elements_principal.html', 'role', [trust({ AWS: ALICE })], [`principal ${ALICE}`]],
  [
    'a session of a role',
    'reference_policies_elements_principal.html',
    'role',
    [trust({ AWS: `arn:aws:sts::${OTHER}:assumed-role/etl/nightly` })],
    [`principal arn:aws:sts::${OTHER}:assumed-role/etl/nightly`],
  ],
  [
    'everybody: whoever signs, since STS takes no other call',
    'id_roles_create_for-user.html',
    'role',
    [trust('*')],
    ['anyAccount *'],
  ],
  [
    'a vendor with an ExternalId',
    'id_roles_create_for-user_externalid.html',
    'role',
    [trust(ROOT, { StringEquals: { 'sts:ExternalId': '12345' } })],
    [`account ${OTHER} if \`sts:ExternalId\` is \`12345\``],
  ],
  [
    'a vendor that may send whatever ExternalId, but must send one',
    'id_roles_create_for-user_externalid.html',
    'role',
    [trust(ROOT, { StringLike: { 'sts:ExternalId': '*' } })],
    [`account ${OTHER} if \`sts:ExternalId\` is like \`*\``],
  ],
  [
    'a vendor with two doors: the wider one counts',
    'id_roles_create_for-user_externalid.html',
    'role',
    [trust(ROOT, { StringEquals: { 'sts:ExternalId': '12345' } }), trust(ROOT)],
    [`account ${OTHER}`],
  ],
  [
    'MFA stays a condition',
    'id_credentials_mfa_configure-api-require.html',
    'role',
    [trust(ROOT, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })],
    [`account ${OTHER} if \`aws:MultiFactorAuthPresent\` is \`true\``],
  ],
  [
    'everybody of an organization',
    'reference_policies_condition-keys.html#condition-keys-principalorgid',
    'role',
    [trust({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': ORG } })],
    [`anyAccount * if \`aws:PrincipalOrgID\` is \`${ORG}\``],
  ],
  [
    'roles of a name in one account: a condition on that account, nothing for others',
    'reference_policies_condition-keys.html#condition-keys-principalarn',
    'role',
    [trust({ AWS: '*' }, { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:role/deploy-*` } })],
    [`account ${OTHER} if \`aws:PrincipalArn\` is like \`arn:aws:iam::${OTHER}:role/deploy-*\``],
  ],
  [
    'a role by a condition on its ARN',
    'reference_policies_condition-keys.html#condition-keys-principalarn',
    'role',
    [trust({ AWS: '*' }, { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:role/deploy` } })],
    [`principal arn:aws:iam::${OTHER}:role/deploy`],
  ],
  [
    'an account, of which a condition lets in one role',
    'reference_policies_elements_principal.html',
    'role',
    [trust(ROOT, { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:role/deploy` } })],
    [`principal arn:aws:iam::${OTHER}:role/deploy`],
  ],
  [
    'an account without one of its roles',
    'reference_policies_elements_principal.html',
    'role',
    [trust(ROOT), deny({ ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:role/deploy` } })],
    [`account ${OTHER}`],
  ],
  [
    'the root user of another account cannot assume roles',
    'id_roles_manage-assume.html',
    'role',
    [trust('*', { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:root` } })],
    [],
  ],
  [
    'a session, of whose role the path is not known',
    'reference_policies_condition-keys.html#condition-keys-principalarn',
    'role',
    [
      trust(
        { AWS: `arn:aws:sts::${OTHER}:assumed-role/etl/nightly` },
        { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:role/*/etl` } },
      ),
    ],
    [
      `principal arn:aws:sts::${OTHER}:assumed-role/etl/nightly if \`aws:PrincipalArn\` is like ` +
        `\`arn:aws:iam::${OTHER}:role/*/etl\``,
    ],
  ],
  [
    'a name that is compared without its case may be that of others than the role that bears it',
    'reference_policies_elements_condition_operators.html#Conditions_String',
    'role',
    [trust(ROOT, { StringEqualsIgnoreCase: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:role/Deploy` } })],
    [
      `account ${OTHER} if \`aws:PrincipalArn\` is, in whatever case, \`arn:aws:iam::${OTHER}:role/Deploy\``,
      `principal arn:aws:iam::${OTHER}:role/Deploy`,
    ],
  ],
  [
    'any ARN is no condition for those who have one',
    'reference_policies_elements_condition_operators.html#Conditions_String',
    'role',
    [trust('*', { StringLike: { 'aws:PrincipalArn': '*' } })],
    ['anyAccount *'],
  ],
  [
    'a wildcard of a text runs over colons',
    'reference_policies_elements_condition_operators.html#Conditions_String',
    'role',
    [trust('*', { StringLike: { 'aws:PrincipalArn': 'arn:aws:*:role/deploy' } })],
    ['anyAccount * if `aws:PrincipalArn` is like `arn:aws:*:role/deploy`'],
  ],
  [
    'an account that a tag tells is any',
    'reference_policies_variables.html',
    'role',
    [trust('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::${aws:PrincipalTag/home}:role/deploy' } })],
    ['anyAccount * if `aws:PrincipalArn` is like `arn:aws:iam::${aws:PrincipalTag/home}:role/deploy`'],
  ],
  [
    'a role of another partition is nobody here',
    'reference-arns.html',
    'role',
    [trust('*', { ArnEquals: { 'aws:PrincipalArn': `arn:aws-cn:iam::${OTHER}:role/deploy` } })],
    [],
  ],
  [
    'a text with a wildcard that is compared as it stands matches nobody',
    'reference_policies_elements_condition_operators.html#Conditions_String',
    'role',
    [trust({ AWS: '*' }, { StringEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:role/*` } })],
    [],
  ],
  [
    'roles of a name in any account',
    'reference_policies_condition-keys.html#condition-keys-principalarn',
    'role',
    [trust({ AWS: '*' }, { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy' } })],
    ['anyAccount * if `aws:PrincipalArn` is like `arn:aws:iam::*:role/deploy`'],
  ],
  [
    'everybody, but a Deny keeps to the own account',
    'reference_policies_condition-keys.html#condition-keys-principalaccount',
    'role',
    [trust('*'), deny({ StringNotEquals: { 'aws:PrincipalAccount': OWN } })],
    [],
  ],
  [
    'everybody, but a Deny keeps to an organization',
    'reference_policies_condition-keys.html#condition-keys-principalorgid',
    'role',
    [trust('*'), deny({ StringNotEquals: { 'aws:PrincipalOrgID': ORG } })],
    [`anyAccount * if \`aws:PrincipalOrgID\` is \`${ORG}\``],
  ],
  [
    'conditions that contradict each other let nobody in',
    'reference_policies_elements_condition_operators.html',
    'role',
    [
      trust(ROOT, { StringEquals: { 'aws:PrincipalOrgID': ORG } }),
      deny({ StringEquals: { 'aws:PrincipalOrgID': ORG } }),
    ],
    [],
  ],
  [
    'a grant that has ended',
    'reference_policies_condition-keys.html#condition-keys-currenttime',
    'role',
    [trust(ROOT, { DateLessThan: { 'aws:CurrentTime': '2025-06-01T00:00:00Z' } })],
    [],
  ],
  [
    'GitHub, from any branch of one repository',
    'id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub',
    'web identity',
    [
      github({
        StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
        StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:octo-org/octo-repo:*' },
      }),
    ],
    [
      `federated ${GITHUB} if \`token.actions.githubusercontent.com:aud\` is \`sts.amazonaws.com\` and ` +
        '`token.actions.githubusercontent.com:sub` is like `repo:octo-org/octo-repo:*`',
    ],
  ],
  [
    'GitHub, from any repository of anybody',
    'id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub',
    'web identity',
    [github()],
    [`federated ${GITHUB}`],
  ],
  [
    'who comes with a token of an identity provider does not call AssumeRole',
    'reference_policies_elements_principal.html',
    'role',
    [github(), trust({ Federated: GITHUB })],
    [],
  ],
  [
    'SAML',
    'id_roles_providers_saml.html',
    'saml',
    [saml],
    [`federated ${SAML} if \`SAML:aud\` is \`https://signin.aws.amazon.com/saml\``],
  ],
  [
    'a SAML provider vouches for nobody in a call with a web identity',
    'id_roles_create_for-idp_saml.html',
    'web identity',
    [saml],
    [],
  ],
  [
    'an account does not call with a web identity',
    'reference_policies_elements_principal.html',
    'web identity',
    [trust(ROOT, undefined, 'sts:*')],
    [],
  ],
  [
    'a service',
    'id_roles_create_for-service.html',
    'role',
    [trust({ Service: 'lambda.amazonaws.com' })],
    ['service lambda.amazonaws.com'],
  ],
  [
    'a service for one account alone',
    'confused-deputy.html',
    'role',
    [
      trust(
        { Service: 'cloudtrail.amazonaws.com' },
        {
          StringEquals: { 'aws:SourceAccount': OWN },
          ArnLike: { 'aws:SourceArn': `arn:aws:cloudtrail:*:${OWN}:trail/*` },
        },
      ),
    ],
    [
      `service cloudtrail.amazonaws.com if \`aws:SourceAccount\` is \`${OWN}\` and ` +
        `\`aws:SourceArn\` is like \`arn:aws:cloudtrail:*:${OWN}:trail/*\``,
    ],
  ],
  [
    'an account cannot bring the keys of a service that acts for a resource',
    'reference_policies_condition-keys.html#condition-keys-sourceaccount',
    'role',
    [trust(ROOT, { StringEquals: { 'aws:SourceAccount': OWN } })],
    [],
  ],
  [
    'tags for a session that nobody may begin',
    'id_session-tags.html',
    'role',
    [trust(ROOT, undefined, 'sts:TagSession')],
    [],
  ],
  [
    'a Deny that cannot be read leaves it open who gets in',
    'reference_policies_elements_effect.html',
    'role',
    [trust(ROOT), { Effect: 'Deny', Action: 'sts:*', Principal: '*', Condition: { StringEqual: { a: 'b' } } }],
    [`account ${OTHER}?`],
  ],
];

describe('who outside may assume a role, by its trust policy', () => {
  it.each(cases)('%s (IAM User Guide, %s)', (_story, _page, asked, statements, expected) => {
    expect(tell(outsideRequest(asked, statements))).toEqual(expected);
  });
});
