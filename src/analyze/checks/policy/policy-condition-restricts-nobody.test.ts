import { expect } from 'vitest';
import { managedPolicy, role, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { policyConditionRestrictsNobody } from './policy-condition-restricts-nobody.ts';

const document = (Condition: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition, ...more }],
});
const when = (Condition: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) =>
  snapshot({ managedPolicies: [managedPolicy('app', document(Condition, more))] });
const found = (reason: string) => ({ conditions: [expect.objectContaining({ statement: 0, reason })] });
const ORG = 'o-abcde12345/*';

describeCheck(policyConditionRestrictsNobody, '2026-01-01T00:00:00Z', {
  fail: [
    ['any principal', when({ StringLike: { 'aws:PrincipalArn': '*' } }), found('any-value')],
    ['any tag or none', when({ StringLikeIfExists: { 'aws:PrincipalTag/team': ['a', '*'] } }), found('any-value')],
    ['with or without TLS', when({ Bool: { 'aws:SecureTransport': ['true', 'false'] } }), found('any-value')],
    ['all addresses', when({ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '0.0.0.0/0'] } }), found('any-address')],
    [
      'all paths in an organization, of which there may be none',
      when({ 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': ORG } }),
      found('absent-key-passes'),
    ],
    [
      'all values of a key with one, which may be absent',
      when({ 'ForAllValues:StringEquals': { 'aws:SourceVpce': 'vpce-1' } }),
      found('absent-key-passes'),
    ],
    [
      'a key of another service, if it is there',
      when({ StringEqualsIfExists: { 'iam:PassedToService': 'ec2.amazonaws.com' } }),
      found('key-never-sent'),
    ],
    [
      'in a role',
      snapshot({
        roles: [role('app', { inlinePolicies: { p: document({ StringLike: { 'aws:PrincipalArn': '*' } }) } })],
      }),
    ],
  ],
  pass: [
    ['TLS', when({ Bool: { 'aws:SecureTransport': 'true' } })],
    ['any tag, but one', when({ StringLike: { 'aws:PrincipalTag/team': '*' } })],
    ['an office', when({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })],
    ['only some tags, or none', when({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage'] } })],
    [
      'all paths in an organization, and there is one',
      when({ 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': ORG }, Null: { 'aws:PrincipalOrgPaths': 'false' } }),
    ],
    ['one of the paths', when({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ORG } })],
    [
      'an instance type, where there is one',
      when({ StringEqualsIfExists: { 'ec2:InstanceType': 't3.micro' } }, { Action: 'ec2:*' }),
    ],
    ['a key of the service', when({ StringEqualsIfExists: { 's3:TlsVersion': '1.3' } })],
    [
      'a key of one of the actions',
      when({ StringEqualsIfExists: { 'iam:PassedToService': 'x' } }, { Action: ['s3:*', 'iam:PassRole'] }),
    ],
    ['a Deny', when({ StringLike: { 'aws:PrincipalArn': '*' } }, { Effect: 'Deny' })],
    [
      'in a policy of AWS',
      snapshot({
        managedPolicies: [
          managedPolicy('AWSThing', document({ StringLike: { 'aws:userid': '*' } }), { awsManaged: true }),
        ],
      }),
    ],
  ],
  unknown: [
    ['a policy that cannot be read', snapshot({ managedPolicies: [managedPolicy('garbled', '{"Statement": [')] })],
  ],
});
