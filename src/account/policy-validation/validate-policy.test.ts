import { describe, expect, it } from 'vitest';
import { serviceReference } from '../../reference/service-reference.ts';
import type { ValidatedPolicyType } from './statement-node.ts';
import { type PolicyFinding, validatePolicy } from './validate-policy.ts';

// Codes, types and texts are those of "IAM policy validation check reference", IAM User Guide:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html

const validate = (
  document: unknown,
  policyType: ValidatedPolicyType = 'IDENTITY_POLICY',
  resourceType: string | null = null,
): readonly PolicyFinding[] => {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return validatePolicy({ text, policyType, resourceType }, serviceReference());
};

const codes = (...given: Parameters<typeof validate>): readonly string[] =>
  validate(...given).map(({ issueCode }) => issueCode);

const policy = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' };

const asked = (Condition: object, Action: unknown = 's3:GetObject') => policy({ ...allow, Action, Condition });

const without = (...names: readonly string[]) =>
  policy(Object.fromEntries(Object.entries(allow).filter(([name]) => !names.includes(name))));

it('says nothing about a policy that is as it should be', () => {
  const document = asked({ StringEquals: { 'aws:PrincipalTag/team': 'x' }, Bool: { 'aws:SecureTransport': 'true' } });
  expect(codes(document)).toEqual([]);
  expect(codes(policy({ ...allow, Principal: { AWS: '111122223333' } }), 'RESOURCE_POLICY', 'AWS::S3::Bucket')).toEqual(
    [],
  );
});

describe('a finding', () => {
  // AWS CLI Command Reference, example of `accessanalyzer validate-policy`.
  const text = `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "",
            "Effect": "Allow",
            "Principal": {
                "Federated": "cognito-identity.amazonaws.com"
            },
            "Action": [
                "sts:AssumeRole",
                "sts:TagSession"
            ],
            "Condition": {
                "StringEquals": {
                    "cognito-identity.amazonaws.com:aud": "us-west-2_EXAMPLE"
                }
            }
        }
    ]
}`;

  it('has the type, texts, link and places that the AWS CLI shows', () => {
    const [empty, mismatch, unsupported, ...others] = validate(text, 'RESOURCE_POLICY');
    expect(others).toEqual([]);
    expect(empty).toEqual({
      findingDetails: 'Add a value to the empty string in the Sid element.',
      findingType: 'SUGGESTION',
      issueCode: 'EMPTY_SID_VALUE',
      learnMoreLink:
        'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-empty-sid-value',
      locations: [
        {
          path: [{ value: 'Statement' }, { index: 0 }, { value: 'Sid' }],
          span: { start: { column: 19, line: 5, offset: 79 }, end: { column: 21, line: 5, offset: 81 } },
        },
      ],
    });
    expect(mismatch).toMatchObject({
      findingDetails:
        'The sts:AssumeRole action is invalid with the following principal(s): cognito-identity.amazonaws.com. Use a SAML provider principal with the sts:AssumeRoleWithSAML action or use an OIDC provider principal with the sts:AssumeRoleWithWebIdentity action. Ensure the provider is Federated if you use either of the two options.',
      issueCode: 'MISMATCHED_ACTION_FOR_PRINCIPAL',
      locations: [
        {
          path: [{ value: 'Statement' }, { index: 0 }, { value: 'Action' }, { index: 0 }],
          span: { start: { column: 16, line: 11, offset: 258 }, end: { column: 32, line: 11, offset: 274 } },
        },
        {
          path: [{ value: 'Statement' }, { index: 0 }, { value: 'Principal' }, { value: 'Federated' }],
          span: { start: { column: 29, line: 8, offset: 170 }, end: { column: 61, line: 8, offset: 202 } },
        },
      ],
    });
    expect(unsupported).toMatchObject({
      findingDetails:
        'The following actions: sts:TagSession are not supported by the condition key cognito-identity.amazonaws.com:aud. The condition will not be evaluated for these actions. We recommend that you move these actions to a different statement without this condition key.',
      issueCode: 'UNSUPPORTED_ACTION_FOR_CONDITION_KEY',
      locations: [
        { span: { start: { column: 16, line: 12, offset: 292 } } },
        { span: { start: { column: 58, line: 16, offset: 443 } } },
      ],
    });
  });

  it('never fills its text from what the policy says', () => {
    const [finding] = validate(policy({ ...allow, Effect: '{element} $1 $&' }));
    expect(finding?.findingDetails).toBe('The effect {element} $1 $& is not valid. Use Allow or Deny.');
  });
});

describe('an error about a document', () => {
  it.each<[string, string, string]>([
    ['{"Version": "2012-10-17",}', 'JSON_SYNTAX_ERROR', 'Fix the JSON syntax error at index 25 line 1 column 25.'],
    ['{\n  "Version" "2012-10-17"}', 'JSON_SYNTAX_ERROR', 'Fix the JSON syntax error at index 14 line 2 column 12.'],
    ['', 'JSON_SYNTAX_ERROR', 'Fix the JSON syntax error at index 0 line 1 column 0.'],
    [`${'['.repeat(100_000)}`, 'JSON_SYNTAX_ERROR', 'Fix the JSON syntax error at index 32 line 1 column 32.'],
    ['[]', 'DATA_TYPE_MISMATCH', 'The text does not match the expected JSON data type Object.'],
    [
      '{"Version":"2012-10-18","Statement":[]}',
      'INVALID_VERSION',
      'The version 2012-10-18 is not valid. Use one of the following versions: [2012-10-17, 2008-10-17]',
    ],
    ['{"Version":"2012-10-17"}', 'MISSING_STATEMENT', 'Add a statement to the policy'],
    [
      '{"Version":"2012-10-17","Statements":[]}',
      'INVALID_POLICY_ELEMENT',
      'The policy element Statements is not valid.',
    ],
  ])('%#: %.40s', (text, code, details) => {
    const [finding] = validate(text);
    expect(finding).toMatchObject({ issueCode: code, findingType: 'ERROR', findingDetails: details });
  });

  it('is none for a missing version, which is a warning', () => {
    expect(validate({ Statement: [allow] })).toMatchObject([
      { issueCode: 'MISSING_VERSION', findingType: 'WARNING', locations: [{ path: [] }] },
    ]);
  });
});

describe('the findings about the elements of a statement', () => {
  it.each<[string, object]>([
    ['MISSING_EFFECT', without('Effect')],
    ['INVALID_EFFECT', policy({ ...allow, Effect: 'allow' })],
    ['MISSING_ACTION', without('Action')],
    ['MISSING_RESOURCE', without('Resource')],
    ['UNSUPPORTED_ELEMENT_COMBINATION', policy({ ...allow, NotAction: 's3:PutObject' })],
    ['UNSUPPORTED_PRINCIPAL', policy({ ...allow, Principal: '*' })],
    ['UNSUPPORTED_SID', policy({ ...allow, Sid: 'a b' })],
    ['UNIQUE_SIDS_REQUIRED', policy({ ...allow, Sid: 'a' }, { ...allow, Sid: 'a', Effect: 'Deny' })],
    ['INVALID_POLICY_ELEMENT', policy({ ...allow, Actions: [] })],
    ['EMPTY_ARRAY_ACTION', policy({ ...allow, Action: [] })],
    ['EMPTY_ARRAY_RESOURCE', policy({ ...allow, Resource: [] })],
    ['EMPTY_OBJECT_CONDITION', policy({ ...allow, Condition: {} })],
    ['REDUNDANT_STATEMENT', policy(allow, { ...allow, Sid: 'again' })],
    ['DATA_TYPE_MISMATCH', policy({ ...allow, Action: [1] })],
  ])('%s', (code, document) => {
    expect(codes(document)).toEqual([code]);
  });
});

describe('the findings about actions', () => {
  it.each<[string, unknown, string]>([
    ['INVALID_ACTION', 'sqs:DeleteMessageBatchX', 'The action sqs:DeleteMessageBatchX does not exist.'],
    ['INVALID_ACTION', 'iam:PassRol', 'The action iam:PassRol does not exist. Did you mean iam:PassRole?'],
    ['INVALID_ACTION', 's3:Nope*', 'The action s3:Nope* does not exist.'],
    [
      'INVALID_SERVICE_IN_ACTION',
      'DOES_NOT_EXIST:*',
      'The service DOES_NOT_EXIST:* specified in the action does not exist.',
    ],
    [
      'WILDCARD_IN_SERVICE_NAME',
      '*code*:Get*',
      'Avoid using wildcards (*, ?) in the service name because it might grant unintended access to other AWS services with similar names.',
    ],
    [
      'REDUNDANT_ACTION',
      ['iam:Get*', 'iam:List*', 'iam:GetCredentialReport'],
      'The 1 action(s) are redundant because they provide similar permissions. Update the policy to remove the redundant action such as: iam:GetCredentialReport.',
    ],
    ['VARIABLE_UNSUPPORTED_IN_ELEMENT', ['s3:*', '${aws:username}'], ''],
  ])('%s for %s', (code, Action, details) => {
    const found = validate(policy({ Effect: 'Deny', Action, Resource: '*' }));
    expect(found.map(({ issueCode }) => issueCode)).toContain(code);
    if (details !== '') expect(found.map(({ findingDetails }) => findingDetails)).toEqual([details]);
  });

  it('do not call redundant what covers something else as well', () => {
    expect(codes(policy({ Effect: 'Deny', Action: ['iam:Get*', 'iam:*CredentialReport'], Resource: '*' }))).toEqual([]);
  });
});

describe('the findings about resources', () => {
  it.each<[string, unknown]>([
    ['INVALID_ARN_PREFIX', 'aws:s3:::b'],
    ['MISSING_ARN_FIELD', 'arn:aws:s3:b'],
    ['INVALID_PARTITION', 'arn:amazon:s3:::b'],
    ['INVALID_ARN_SERVICE_CASE', 'arn:aws:S3:::b'],
    ['WILDCARD_IN_SERVICE_NAME', 'arn:aws:*code*::111122223333:*'],
    ['INVALID_SERVICE', 'arn:aws:nope:us-east-1:111122223333:x'],
    ['INVALID_ARN_ACCOUNT', 'arn:aws:sqs:us-east-1:1234:q'],
    ['INVALID_ARN_REGION', 'arn:aws:sqs:nowhere:111122223333:q'],
    ['INVALID_ARN_RESOURCE', 'arn:aws:iam::111122223333:rol/x'],
    ['ARN_REGION_NOT_ALLOWED', 'arn:aws:iam:us-east-1:111122223333:role/x'],
    ['ARN_ACCOUNT_NOT_ALLOWED', 'arn:aws:s3::111122223333:b'],
    ['MISSING_ARN_REGION', 'arn:aws:sqs::111122223333:q'],
    ['MISSING_ARN_ACCOUNT', 'arn:aws:sqs:us-east-1::q'],
    // The page's own example of "Redundant resource".
    [
      'REDUNDANT_RESOURCE',
      [
        'arn:aws:iam::111122223333:role/jane-admin',
        'arn:aws:iam::111122223333:role/jane-s3only',
        'arn:aws:iam::111122223333:role/jane*',
      ],
    ],
  ])('%s for %s', (code, Resource) => {
    expect(codes(policy({ Effect: 'Deny', Action: '*', Resource }))).toEqual([code]);
  });

  it.each([
    '*',
    'arn:aws:s3:::*',
    'arn:aws:s3:::b/${aws:username}/*',
    'arn:*:sqs:*:*:*',
    'arn:aws:iam::*:role/aws-service-role/*',
    'arn:aws:ssm:*::document/AWS-RunShellScript',
    'arn:aws:ec2:*::image/*',
    'arn:aws:iam::aws:policy/ReadOnlyAccess',
  ])('are none for %s', (Resource) => {
    expect(codes(policy({ Effect: 'Deny', Action: '*', Resource }))).toEqual([]);
  });
});

describe('the findings about roles that may be passed or created', () => {
  const pass = (rest: object) => policy({ Effect: 'Allow', ...rest });

  it.each<[string, object]>([
    ['PASS_ROLE_WITH_STAR_IN_RESOURCE', { Action: 'iam:PassRole', Resource: '*' }],
    ['PASS_ROLE_WITH_STAR_IN_RESOURCE', { Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/*' }],
    ['PASS_ROLE_WITH_NOT_RESOURCE', { Action: 'iam:PassRole', NotResource: 'arn:aws:iam::111122223333:role/x' }],
    ['PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE', { Action: 'iam:Pass*', Resource: '*' }],
    [
      'PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE',
      { Action: 'iam:P*', NotResource: 'arn:aws:iam::111122223333:role/x' },
    ],
    ['CREATE_SLR_WITH_STAR_IN_RESOURCE', { Action: 'iam:CreateServiceLinkedRole', Resource: '*' }],
    ['CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE', { Action: 'iam:Create*', Resource: '*' }],
  ])('%s', (code, rest) => {
    expect(codes(pass(rest))).toEqual([code]);
  });

  it('come in pairs where a statement allows all but some actions', () => {
    expect(codes(pass({ NotAction: 's3:*', Resource: '*' }))).toEqual([
      'PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION',
      'CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION',
    ]);
    // The page lists both for `AdministratorAccess`.
    expect(codes(pass({ Action: '*', Resource: '*' }))).toEqual([
      'PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE',
      'CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE',
    ]);
    expect(codes(pass({ NotAction: 'iam:*', Resource: '*' }))).toEqual([]);
  });

  it('are none where the service is fixed, or the role', () => {
    const Condition = { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } };
    expect(codes(pass({ Action: 'iam:PassRole', Resource: '*', Condition }))).toEqual([]);
    expect(codes(pass({ Action: 'iam:PassRole', Resource: 'arn:aws:iam::*:role/Service*' }))).toEqual([]);
    const ecs = 'arn:aws:iam::*:role/aws-service-role/ecs.amazonaws.com/*';
    expect(codes(pass({ Action: 'iam:CreateServiceLinkedRole', Resource: ecs }))).toEqual([]);
  });
});

describe('the findings about conditions', () => {
  it.each<[string, object]>([
    ['INVALID_CONDITION_OPERATOR', { StringLikes: { 'aws:username': 'x' } }],
    ['NULL_WITH_IF_EXISTS', { NullIfExists: { 'aws:username': 'true' } }],
    ['NULL_WITH_QUALIFIER', { 'ForAllValues:Null': { 'aws:TagKeys': 'true' } }],
    ['DUPLICATE_KEYS_WITH_DIFFERENT_CASE', { StringEquals: { 'aws:username': 'x', 'aws:UserName': 'y' } }],
    ['INVALID_CONDITION_KEY_FORMAT', { StringEquals: { username: 'x' } }],
    ['INVALID_GLOBAL_CONDITION_KEY', { StringEquals: { 'aws:nope': 'x' } }],
    ['INVALID_SERVICE_CONDITION_KEY', { StringEquals: { 's3:nope': 'x' } }],
    ['INVALID_SERVICE', { StringEquals: { 'nope:nope': 'x' } }],
    ['DEPRECATED_GLOBAL_CONDITION_KEY', { ArnEquals: { 'aws:ARN': 'arn:aws:iam::111122223333:user/x' } }],
    ['MISSING_TAG_KEY_IN_CONDITION', { StringEquals: { 'aws:ResourceTag': 'x' } }],
    ['MISSING_QUALIFIER', { StringEquals: { 'aws:TagKeys': 'x' } }],
    ['FORALLVALUES_WITH_SINGLE_VALUED_KEY', { 'ForAllValues:StringEquals': { 'aws:username': 'x' } }],
    ['TYPE_MISMATCH', { NumericEquals: { 'aws:SecureTransport': '1' } }],
    [
      'STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS',
      { StringLike: { 'aws:SourceArn': 'arn:aws:sns:*:111122223333:*' } },
    ],
    ['UNTRUSTWORTHY_CONDITION_KEY', { StringEquals: { 'aws:UserAgent': 'x' } }],
    ['MISSING_PAIRED_CONDITION_KEYS', { IpAddress: { 'aws:VpcSourceIp': '10.0.0.0/16' } }],
    ['WILDCARD_WITHOUT_LIKE_OPERATOR', { StringEquals: { 'aws:PrincipalTag/job-category': 'admin-*' } }],
    ['INVALID_CONDITION_DATA_TYPE', { StringEquals: { 'aws:username': ['x', 1] } }],
    ['INVALID_CONDITION_MULTIPLE_BOOLEAN', { Bool: { 'aws:SecureTransport': ['true', 'false'] } }],
    ['TYPE_MISMATCH_BOOLEAN', { Bool: { 'aws:SecureTransport': 'yes' } }],
    ['TYPE_MISMATCH_NUMBER', { NumericLessThan: { 'aws:MultiFactorAuthAge': 'x' } }],
    ['TYPE_MISMATCH_DATE', { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } }],
    ['INVALID_DATE_VALUE', { DateLessThan: { 'aws:CurrentTime': '1700000000' } }],
    ['TYPE_MISMATCH_IP_RANGE', { IpAddress: { 'aws:SourceIp': '203.0.113.0/33' } }],
    ['IMPROVE_IP_RANGE', { IpAddress: { 'aws:SourceIp': '203.0.113.7/24' } }],
    ['PRIVATE_IP_ADDRESS', { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.168.1.0/24'] } }],
    ['PRIVATE_IP_ADDRESS_SUBSET', { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/24'] } }],
    ['PRIVATE_NOT_IP_ADDRESS', { NotIpAddress: { 'aws:SourceIp': '172.16.0.0/12' } }],
    ['PRIVATE_NOT_IP_ADDRESS_SUBSET', { NotIpAddress: { 'aws:SourceIp': ['172.16.0.0/12', '203.0.113.0/24'] } }],
    ['INVALID_VPC_FORMAT', { StringEquals: { 'aws:SourceVpc': 'vpc-1' } }],
    ['INVALID_VPCE_FORMAT', { StringEquals: { 'aws:SourceVpce': 'vpc-12345678' } }],
    ['INVALID_REGION', { StringEquals: { 'aws:RequestedRegion': 'Ireland' } }],
    // The page's own example of "Redundant condition value num".
    ['REDUNDANT_CONDITION_VALUE_NUM', { NumericLessThan: { 'aws:MultiFactorAuthAge': ['2700', '3600'] } }],
    ['EMPTY_ARRAY_CONDITION', { StringEquals: { 'aws:username': [] } }],
    ['EMPTY_ARRAY_CONDITION_FORALLVALUES', { 'ForAllValues:StringEquals': { 'aws:TagKeys': [] } }],
    ['EMPTY_ARRAY_CONDITION_FORANYVALUE', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': [] } }],
    ['EMPTY_ARRAY_CONDITION_IFEXISTS', { StringEqualsIfExists: { 'aws:username': [] } }],
    ['INVALID_VARIABLE_FOR_OPERATOR', { NumericEquals: { 'aws:MultiFactorAuthAge': '${aws:username}' } }],
    ['MISSING_BRACE_IN_VARIABLE', { StringEquals: { 'aws:username': '${aws:userid' } }],
    ['EMPTY_VARIABLE', { StringEquals: { 'aws:username': '${ }' } }],
    ['UNSUPPORTED_SPACE_IN_VARIABLE', { StringEquals: { 'aws:username': '${aws: userid}' } }],
    ['MISSING_QUOTE_IN_VARIABLE', { StringEquals: { 'aws:username': "${aws:userid, 'x}" } }],
  ])('%s', (code, Condition) => {
    expect(codes(asked(Condition))).toEqual([code]);
  });

  it('tell of variables in versions that have none', () => {
    const statement = { ...allow, Resource: 'arn:aws:s3:::b/${aws:username}' };
    expect(codes({ Version: '2008-10-17', Statement: statement })).toEqual(['VARIABLE_UNSUPPORTED_IN_VERSION']);
  });

  it('tell the actions that a service’s key does not count for', () => {
    const found = validate(asked({ StringLike: { 's3:prefix': 'home/*' } }, ['s3:ListBucket', 's3:GetObject']));
    expect(found).toMatchObject([
      {
        issueCode: 'UNSUPPORTED_ACTION_FOR_CONDITION_KEY',
        locations: [{ path: [{ value: 'Statement' }, { index: 0 }, { value: 'Action' }, { index: 1 }] }, {}],
      },
    ]);
  });

  it('warn of keys that restrict less than it seems', () => {
    const list = (Effect: string, operator: string) =>
      codes(
        policy({
          Effect,
          Action: 's3:ListBucket',
          Resource: 'arn:aws:s3:::b',
          Condition: { [operator]: { 's3:prefix': 'a/' } },
        }),
      );
    expect(list('Deny', 'StringLike')).toEqual(['S3_PREFIX_IN_NEGATIVE_CONTEXT']);
    expect(list('Allow', 'StringNotLike')).toEqual(['S3_PREFIX_IN_NEGATIVE_CONTEXT']);
    expect(list('Allow', 'StringLike')).toEqual([]);
    expect(list('Deny', 'StringNotLike')).toEqual([]);
    const attributes = { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['id'] } };
    const table = {
      Effect: 'Allow',
      Action: 'dynamodb:GetItem',
      Resource: 'arn:aws:dynamodb:us-east-1:111122223333:table/t',
    };
    expect(codes(policy({ ...table, Condition: attributes }))).toEqual(['DYNAMODB_ATTRIBUTES_WITHOUT_SELECT']);
  });
});

describe('the findings about principals', () => {
  const bucket = (rest: object) => codes(policy({ ...allow, ...rest }), 'RESOURCE_POLICY', 'AWS::S3::Bucket');

  it.each<[string, object]>([
    ['MISSING_PRINCIPAL', {}],
    ['INVALID_PRINCIPAL_FORMAT', { Principal: '111122223333' }],
    ['INVALID_PRINCIPAL_KEY', { Principal: { User: 'x' } }],
    ['EMPTY_OBJECT_PRINCIPAL', { Principal: {} }],
    ['EMPTY_ARRAY_PRINCIPAL', { Principal: { AWS: [] } }],
    ['UNSUPPORTED_WILDCARD_IN_PRINCIPAL', { Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } }],
    ['ALLOW_WITH_NOT_PRINCIPAL', { NotPrincipal: { AWS: '111122223333' } }],
    ['INVALID_ROLE_REFERENCE', { Principal: { AWS: 'AROAIOSFODNN7EXAMPLE' } }],
    ['INVALID_USER_REFERENCE', { Principal: { AWS: 'AIDAIOSFODNN7EXAMPLE' } }],
    ['INVALID_SERVICE_PRINCIPAL_FORMAT', { Effect: 'Deny', Principal: { Service: 'lambda' } }],
    ['FEDERATED_PRINCIPAL_NOT_SUPPORTED', { Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/idp' } }],
    ['RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL', { Principal: { Service: 'cloudtrail.amazonaws.com' } }],
    ['UNSUPPORTED_ACTION_IN_POLICY', { Principal: '*', Action: 'kms:Decrypt' }],
    ['UNSUPPORTED_RESOURCE_ARN_IN_POLICY', { Principal: '*', Resource: '*' }],
    [
      'IRRELEVANT_CONDITION_KEY_IN_POLICY',
      { Principal: '*', Condition: { StringEquals: { 's3:ResourceAccount': '111122223333' } } },
    ],
  ])('%s of a bucket policy', (code, rest) => {
    expect(bucket(rest)).toEqual([code]);
  });

  it('are none for a service that says for whom it asks', () => {
    const Condition = { StringEquals: { 'aws:SourceAccount': '111122223333' } };
    expect(bucket({ Principal: { Service: 'cloudtrail.amazonaws.com' }, Condition })).toEqual([]);
  });

  it('take repeated statement ids for a warning in resource-based policies', () => {
    const one = { ...allow, Sid: 'a', Principal: '*' };
    const found = validate(policy(one, { ...one, Effect: 'Deny' }), 'RESOURCE_POLICY', 'AWS::S3::Bucket');
    expect(found).toMatchObject([{ issueCode: 'UNIQUE_SIDS_RECOMMENDED', findingType: 'WARNING' }]);
  });
});

describe('the findings about trust policies', () => {
  const GITHUB = 'token.actions.githubusercontent.com';
  const trust = (rest: object) =>
    codes(policy({ Effect: 'Allow', ...rest }), 'RESOURCE_POLICY', 'AWS::IAM::AssumeRolePolicyDocument');
  const oidc = (Condition?: object) =>
    trust({
      Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${GITHUB}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      ...(Condition && { Condition }),
    });
  const saml = { Federated: 'arn:aws:iam::111122223333:saml-provider/idp' };
  const role = 'arn:aws:iam::111122223333:role/r';

  it.each<[string, object]>([
    [
      'ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL',
      { Effect: 'Deny', NotPrincipal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' },
    ],
    ['ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL', { Principal: '*', Action: 'sts:AssumeRole' }],
    ['ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE', { Principal: { AWS: role }, Action: 'sts:AssumeRole', Resource: '*' }],
    [
      'INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY',
      { Effect: 'Deny', Principal: { Federated: 'idp' }, Action: 'sts:TagSession' },
    ],
    ['MISMATCHED_ACTION_FOR_PRINCIPAL', { Principal: saml, Action: 'sts:AssumeRoleWithWebIdentity' }],
    [
      'MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY',
      { Principal: { Service: 'rolesanywhere.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
    ['UNSUPPORTED_ACTION_IN_POLICY', { Principal: { AWS: role }, Action: 's3:GetObject' }],
    [
      'REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY',
      { Principal: { AWS: [role, 'arn:aws:sts::111122223333:assumed-role/r/session'] }, Action: 'sts:AssumeRole' },
    ],
  ])('%s', (code, rest) => {
    expect(trust(rest)).toEqual([code]);
  });

  it('ask whose tokens are trusted', () => {
    expect(oidc()).toEqual(['MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL']);
    const audience = { [`${GITHUB}:aud`]: 'sts.amazonaws.com' };
    expect(oidc({ StringEquals: audience })).toEqual(['MISSING_GITHUB_REPO_CONDITION_KEY']);
    const any = { StringLike: { [`${GITHUB}:sub`]: 'repo:org/*' } };
    expect(oidc(any)).toEqual(['SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED']);
    expect(oidc({ StringEquals: { ...audience, [`${GITHUB}:sub`]: 'repo:org/r:ref:refs/heads/main' } })).toEqual([]);
    expect(oidc({ 'ForAnyValue:StringEquals': audience, StringEquals: { [`${GITHUB}:sub`]: 'repo:org/r' } })).toEqual([
      'FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE',
    ]);
  });

  it('are none for a service that assumes its role', () => {
    expect(trust({ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' })).toEqual([]);
  });
});

describe('the findings about the policies of organizations', () => {
  const deny = { Effect: 'Deny', Action: 's3:*', Resource: '*' };

  it.each<[string, ValidatedPolicyType, object]>([
    ['SCP_SYNTAX_ERROR_PRINCIPAL', 'SERVICE_CONTROL_POLICY', { ...deny, Principal: '*' }],
    ['RCP_SYNTAX_ERROR_PRINCIPAL', 'RESOURCE_CONTROL_POLICY', { ...deny, Principal: { AWS: '111122223333' } }],
    [
      'RCP_SYNTAX_ERROR_NOTACTION',
      'RESOURCE_CONTROL_POLICY',
      { Effect: 'Deny', NotAction: 's3:*', Resource: '*', Principal: '*' },
    ],
    ['RCP_SYNTAX_ERROR_ACTION', 'RESOURCE_CONTROL_POLICY', { ...deny, Action: 'ec2:*', Principal: '*' }],
    [
      'RCP_SYNTAX_ERROR_ALLOW',
      'RESOURCE_CONTROL_POLICY',
      { ...deny, Effect: 'Allow', Principal: '*', Resource: 'arn:aws:s3:::b' },
    ],
  ])('%s', (code, policyType, statement) => {
    expect(codes(policy(statement), policyType)).toEqual([code]);
  });

  it('are none for what AWS attaches by itself', () => {
    const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
    expect(codes(policy(everything), 'SERVICE_CONTROL_POLICY')).toEqual([]);
    expect(codes(policy({ ...everything, Principal: '*' }), 'RESOURCE_CONTROL_POLICY')).toEqual([]);
  });
});

it.each<[string, ValidatedPolicyType, string | null, number, string]>([
  ['POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA', 'IDENTITY_POLICY', null, 6144, 'WARNING'],
  ['POLICY_SIZE_EXCEEDS_SCP_QUOTA', 'SERVICE_CONTROL_POLICY', null, 10_240, 'ERROR'],
  ['POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA', 'RESOURCE_POLICY', 'AWS::S3::Bucket', 20_480, 'WARNING'],
])(
  '%s: white space counts only in the policies that are kept with it',
  (code, policyType, resourceType, quota, type) => {
    const statement = { ...allow, Sid: 'x'.repeat(quota), ...(resourceType === null ? {} : { Principal: '*' }) };
    expect(validate(policy(statement), policyType, resourceType)).toMatchObject([
      { issueCode: code, findingType: type },
    ]);
    const spaced = JSON.stringify(policy({ ...statement, Sid: 'x' }), null, quota);
    expect(codes(spaced.replaceAll('\n', ' '.repeat(quota)), policyType, resourceType)).toEqual(
      policyType === 'IDENTITY_POLICY' ? [] : [code],
    );
  },
);

it('takes members named like parts of JavaScript for what they are', () => {
  const text = '{"Version":"2012-10-17","__proto__":{"Statement":1},"Statement":{"Effect":"Allow","constructor":1}}';
  expect(codes(text)).toEqual([
    'INVALID_POLICY_ELEMENT',
    'INVALID_POLICY_ELEMENT',
    'MISSING_ACTION',
    'MISSING_RESOURCE',
  ]);
});

// Each took seconds, or grew with the square of its length.
it.each<[string, object]>([
  ['thousands of unknown actions', { Action: Array.from({ length: 5000 }, (_, i) => `ec2:DescribeInstanc${i}`) }],
  ['thousands of unknown services', { Action: Array.from({ length: 5000 }, (_, i) => `dynamod${i}:X`) }],
  ['long patterns', { Resource: Array.from({ length: 1900 }, (_, i) => `arn:aws:ec2:::${'?*'.repeat(200)}${i}`) }],
  ['variables within variables', { Resource: `arn:aws:s3:::${'${'.repeat(100_000)}` }],
])('ends soon for %s', (_what, rest) => {
  const before = process.cpuUsage().user;
  expect(validate(policy({ ...allow, ...rest })).length).toBeGreaterThan(0);
  expect((process.cpuUsage().user - before) / 1e6).toBeLessThan(3);
});
