import { expect, it } from 'vitest';
import { createPolicyCompiler } from '../policy/compile-policy.ts';
import { parsePolicyDocument } from '../policy/parse-policy-document.ts';
import { serviceReference } from '../reference/service-reference.ts';
import { publicStatements } from './public-policy.ts';

const compile = createPolicyCompiler(serviceReference());

const statement = (Condition?: object, Principal: unknown = '*') => ({
  Effect: 'Allow',
  ...(Principal === null ? { NotPrincipal: { AWS: '111122223333' } } : { Principal }),
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::b/*',
  ...(Condition && { Condition }),
});

const indexes = (...statements: readonly object[]): readonly number[] =>
  publicStatements(compile(parsePolicyDocument({ Version: '2012-10-17', Statement: statements }))).map(
    (each) => each.statement.index,
  );

// "The meaning of public", Amazon S3 User Guide:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
it.each<[string, object]>([
  ['no condition', statement()],
  ['everybody as an AWS principal', statement(undefined, { AWS: '*' })],
  ['all principals but one', statement(undefined, null)],
  ['a wildcard in the VPC', statement({ StringLike: { 'aws:SourceVpc': 'vpc-*' } })],
  ['a policy variable', statement({ StringEquals: { 'aws:SourceVpc': '${aws:SourceVpc}' } })],
  ['a range as broad as half the internet', statement({ IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } })],
  ['a range of IPv6 that is too broad', statement({ IpAddress: { 'aws:SourceIp': '2001::/16' } })],
  ['one of two ranges too broad', statement({ IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '0.0.0.0/0'] } })],
  ['a key that need not be there', statement({ StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-91237329' } })],
  ['a negated operator', statement({ StringNotEquals: { 'aws:SourceVpc': 'vpc-91237329' } })],
  ['a key that fixes nobody', statement({ StringEquals: { 'aws:UserAgent': 'x' } })],
  [
    'an access point of any account',
    statement({ StringLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:*:accesspoint/a' } }),
  ],
])('a policy with %s is public', (_what, given) => {
  expect(indexes(given)).toEqual([0]);
});

it.each<[string, object]>([
  ['a principal', statement(undefined, { AWS: 'arn:aws:iam::111122223333:root' })],
  ['a service', statement(undefined, { Service: 'cloudfront.amazonaws.com' })],
  ['a VPC', statement({ StringEquals: { 'aws:SourceVpc': 'vpc-91237329' } })],
  ['a VPC by pattern matching without a pattern', statement({ StringLike: { 'aws:SourceVpc': 'vpc-91237329' } })],
  ['an organization', statement({ StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } })],
  ['ranges of addresses', statement({ IpAddress: { 'aws:SourceIp': ['192.0.2.0/24', '10.0.0.0/8'] } })],
  [
    'an access point with a wildcard in its name',
    statement({ ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:us-east-1:123456789012:accesspoint/*' } }),
  ],
  [
    'a KMS key',
    statement({
      StringEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:us-east-1:111122223333:key/k' },
    }),
  ],
])('a policy for %s is not public', (_what, given) => {
  expect(indexes(given)).toEqual([]);
});

it('one public statement makes a policy public, whatever others deny', () => {
  const denied = { ...statement(), Effect: 'Deny' };
  expect(indexes(statement({ StringEquals: { 'aws:SourceVpc': 'vpc-91237329' } }), denied, statement())).toEqual([2]);
});
