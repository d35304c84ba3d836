import { describe, expect, it } from 'vitest';
import { OWN, outsideRequest, tell } from './testing/outside-case.ts';

const OTHER = '444455556666';
const ALICE = `arn:aws:iam::${OTHER}:user/alice`;
const ORG = 'o-a1b2c3d4e5';
const CANONICAL = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be';
const everything = { Action: 's3:*', Resource: '*' };
const allow = (Principal: unknown, Condition?: object) => ({
  Effect: 'Allow',
  ...everything,
  Principal,
  ...(Condition && { Condition }),
});
const deny = (more: object) => ({ Effect: 'Deny', ...everything, ...more });
const denyAll = (Condition: object) => deny({ Principal: '*', Condition });

type Case = readonly [story: string, page: string, statements: readonly object[], expected: readonly string[]];

const bucketGuide = 'AmazonS3/latest/userguide/';
const userGuide = 'IAM/latest/UserGuide/';

const cases: readonly Case[] = [
  [
    'a public bucket is open to whoever does not even sign, which stands for everybody',
    `${bucketGuide}example-bucket-policies.html`,
    [allow('*')],
    ['anonymous *'],
  ],
  [
    '`{"AWS": "*"}` means the same as `*`',
    `${userGuide}reference_policies_elements_principal.html`,
    [allow({ AWS: '*' })],
    ['anonymous *'],
  ],
  [
    'a network is a condition for everybody',
    `${bucketGuide}example-bucket-policies.html`,
    [allow('*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })],
    ['anonymous * if `aws:SourceIp` is in `203.0.113.0/24`'],
  ],
  [
    'so is a VPC endpoint, whether an Allow asks for it or a Deny',
    `${bucketGuide}example-bucket-policies-vpc-endpoint.html`,
    [allow('*'), denyAll({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } })],
    ['anonymous * if `aws:SourceVpce` is `vpce-1a2b3c4d`'],
  ],
  [
    'TLS is a condition for everybody',
    `${bucketGuide}security-best-practices.html`,
    [allow('*'), denyAll({ Bool: { 'aws:SecureTransport': 'false' } })],
    ['anonymous * if `aws:SecureTransport` is not `false`'],
  ],
  [
    'an organization lets in signed principals only: nobody else has the key',
    `${userGuide}reference_policies_condition-keys.html#condition-keys-principalorgid`,
    [allow('*', { StringEquals: { 'aws:PrincipalOrgID': ORG } })],
    [`anyAccount * if \`aws:PrincipalOrgID\` is \`${ORG}\``],
  ],
  [
    'a Deny outside the organization keeps a named account to it',
    `${userGuide}reference_policies_condition-keys.html#condition-keys-principalorgid`,
    [allow({ AWS: OTHER }), denyAll({ StringNotEquals: { 'aws:PrincipalOrgID': ORG } })],
    [`account ${OTHER} if \`aws:PrincipalOrgID\` is \`${ORG}\``],
  ],
  [
    'a data perimeter that spares services leaves the bucket to all of them',
    `${userGuide}access_policies_data-perimeters.html`,
    [
      allow('*'),
      denyAll({
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORG },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      }),
    ],
    [`anyAccount * if (\`aws:PrincipalOrgID\` is present and \`aws:PrincipalOrgID\` is \`${ORG}\`)`, 'service *'],
  ],
  [
    'accounts that a condition names are told one by one',
    `${userGuide}reference_policies_condition-keys.html#condition-keys-principalaccount`,
    [allow('*', { StringEquals: { 'aws:PrincipalAccount': [OTHER, OWN, '777788889999'] } })],
    [`account ${OTHER}`, 'account 777788889999'],
  ],
  [
    'a pattern of account ids stays a condition',
    `${userGuide}reference_policies_elements_condition_operators.html`,
    [allow('*', { StringLike: { 'aws:PrincipalAccount': '4444*' } })],
    ['anyAccount * if `aws:PrincipalAccount` is like `4444*`'],
  ],
  [
    'any account at all is no condition for those who have one',
    `${userGuide}reference_policies_elements_condition_operators.html`,
    [allow('*', { StringLike: { 'aws:PrincipalAccount': '*' } })],
    ['anyAccount *'],
  ],
  [
    'that there is an account is no condition for those who have one',
    `${userGuide}reference_policies_elements_condition_operators.html`,
    [allow('*', { Null: { 'aws:PrincipalAccount': 'false' } })],
    ['anyAccount *'],
  ],
  [
    'all but one account: nobody is kept out who does not sign',
    `${userGuide}reference_policies_elements_condition_operators.html`,
    [allow('*', { StringNotEquals: { 'aws:PrincipalAccount': OTHER } })],
    ['anonymous *'],
  ],
  [
    'NotPrincipal spares a user that is listed with its account, and the root user that the account stands for',
    `${userGuide}reference_policies_elements_notprincipal.html`,
    [allow('*'), deny({ NotPrincipal: { AWS: [OTHER, ALICE] } })],
    [`principal arn:aws:iam::${OTHER}:root`, `principal ${ALICE}`],
  ],
  [
    'NotPrincipal spares no user that is listed alone',
    `${userGuide}reference_policies_elements_notprincipal.html`,
    [allow({ AWS: [OTHER, ALICE] }), deny({ NotPrincipal: { AWS: ALICE } })],
    [],
  ],
  [
    'a Deny by ARN spares the role that it names',
    `${userGuide}reference_policies_elements_notprincipal.html`,
    [allow('*'), denyAll({ ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:role/etl` } })],
    [`principal arn:aws:iam::${OTHER}:role/etl`],
  ],
  [
    'the ARN of a root user in a condition is that user, and not its account',
    `${userGuide}reference_policies_condition-keys.html#condition-keys-principalarn`,
    [allow('*', { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:root` } })],
    [`principal arn:aws:iam::${OTHER}:root`],
  ],
  [
    'a Deny by ARN pattern leaves a condition on the account that it is of',
    `${userGuide}reference_policies_condition-keys.html#condition-keys-principalarn`,
    [allow('*'), denyAll({ ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:role/etl-*` } })],
    [`account ${OTHER} if \`aws:PrincipalArn\` is like \`arn:aws:iam::${OTHER}:role/etl-*\``],
  ],
  [
    'a bucket open to everybody asks a named account for MFA: that account is told apart',
    `${bucketGuide}example-bucket-policies.html`,
    [
      allow({ AWS: ['*', OTHER] }),
      deny({ Principal: { AWS: OTHER }, Condition: { Null: { 'aws:MultiFactorAuthAge': 'true' } } }),
    ],
    ['anonymous *', `account ${OTHER} if \`aws:MultiFactorAuthAge\` is present`],
  ],
  [
    'an account and its user: the user is not told again',
    `${userGuide}reference_policies_elements_principal.html`,
    [allow({ AWS: [`arn:aws:iam::${OTHER}:root`, ALICE] })],
    [`account ${OTHER}`],
  ],
  [
    'an account and a user of another',
    `${userGuide}reference_policies_elements_principal.html`,
    [allow({ AWS: [OTHER, 'arn:aws:iam::777788889999:user/bob'] })],
    [`account ${OTHER}`, 'principal arn:aws:iam::777788889999:user/bob'],
  ],
  [
    'MFA where there is such a thing: a request that is not signed has none',
    `${userGuide}reference_policies_condition-keys.html#condition-keys-multifactorauthpresent`,
    [allow('*', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } })],
    [
      'anonymous *',
      'anyAccount * if (`aws:MultiFactorAuthPresent` is absent or `aws:MultiFactorAuthPresent` is `true`)',
    ],
  ],
  [
    'a user with fewer conditions than its account is told',
    `${userGuide}reference_policies_elements_principal.html`,
    [allow({ AWS: OTHER }, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }), allow({ AWS: ALICE })],
    [`account ${OTHER} if \`aws:SourceIp\` is in \`203.0.113.0/24\``, `principal ${ALICE}`],
  ],
  [
    'a canonical user id is an account that nobody can name',
    `${userGuide}reference_policies_elements_principal.html`,
    [allow({ CanonicalUser: CANONICAL })],
    [`canonicalUser ${CANONICAL}`],
  ],
  [
    'a canonical user that a Deny keeps to a network',
    `${userGuide}reference_policies_elements_principal.html`,
    [
      allow({ CanonicalUser: CANONICAL, AWS: OTHER }),
      deny({
        Principal: { CanonicalUser: CANONICAL },
        Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
      }),
    ],
    [`account ${OTHER}`, `canonicalUser ${CANONICAL} if \`aws:SourceIp\` is in \`203.0.113.0/24\``],
  ],
  [
    'an origin access identity of CloudFront is a user of no account of ours',
    'AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
    [allow({ AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity EH1HDMB1FH2TC' })],
    ['principal arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity EH1HDMB1FH2TC'],
  ],
  [
    'CloudFront, for one distribution',
    'AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
    [
      allow(
        { Service: 'cloudfront.amazonaws.com' },
        { StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::${OWN}:distribution/EDFDVBD6EXAMPLE` } },
      ),
    ],
    [
      `service cloudfront.amazonaws.com if \`AWS:SourceArn\` is \`arn:aws:cloudfront::${OWN}:distribution/EDFDVBD6EXAMPLE\``,
    ],
  ],
  [
    'a service that acts for one account',
    `${bucketGuide}enable-server-access-logging.html`,
    [allow({ Service: 'logging.s3.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': OWN } })],
    [`service logging.s3.amazonaws.com if \`aws:SourceAccount\` is \`${OWN}\``],
  ],
  [
    'an access point stands before the bucket: whoever comes through it',
    `${bucketGuide}access-points-policies.html`,
    [allow({ AWS: '*' }, { StringEquals: { 's3:DataAccessPointAccount': OWN } })],
    [`anonymous * if \`s3:DataAccessPointAccount\` is \`${OWN}\``],
  ],
  [
    'a folder for each account: the account is not known',
    `${userGuide}reference_policies_variables.html`,
    [{ ...allow('*'), Resource: 'arn:aws:s3:::amzn-s3-demo-bucket/${aws:PrincipalAccount}*' }],
    ['anyAccount * if the resource matches `arn:aws:s3:::amzn-s3-demo-bucket/${aws:PrincipalAccount}*`'],
  ],
  [
    'credentials of another partition are worth nothing here',
    'general/latest/gr/aws-arns-and-namespaces.html',
    [allow({ AWS: `arn:aws-cn:iam::${OTHER}:root` })],
    [],
  ],
  [
    'the own account is not outside',
    `${userGuide}reference_policies_elements_principal.html`,
    [allow({ AWS: [OWN, `arn:aws:iam::${OWN}:user/bob`] })],
    [],
  ],
  [
    'there are no wildcards in the ARN of a principal',
    `${userGuide}reference_policies_elements_principal.html`,
    [allow({ AWS: `arn:aws:iam::${OTHER}:user/*` })],
    [],
  ],
  [
    'what is left of a deleted principal is nobody',
    `${userGuide}reference_policies_elements_principal.html`,
    [allow({ AWS: 'AIDACKCEVSQ6C2EXAMPLE' })],
    [],
  ],
  [
    'another action says nothing of this one',
    `${userGuide}reference_policies_elements_action.html`,
    [{ ...allow('*'), Action: 's3:PutObject' }],
    [],
  ],
];

describe('who outside may read an object, by the policy of its bucket', () => {
  it.each(cases)('%s (%s)', (_story, _page, statements, expected) => {
    expect(tell(outsideRequest('bucket', statements))).toEqual(expected);
  });

  it('none but services of AWS, where Block Public Access restricts a public bucket', () => {
    // "Blocking public access to your Amazon S3 storage", S3 User Guide: RestrictPublicBuckets.
    const settings = { s3: { blockPublicAccess: true } };
    expect(tell({ ...outsideRequest('bucket', [allow('*'), allow({ AWS: OTHER })]), settings })).toEqual(['service *']);
  });
});
