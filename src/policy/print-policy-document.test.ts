import { expect, it } from 'vitest';
import { parsePolicyDocument } from './parse-policy-document.ts';
import { printPolicyDocument } from './print-policy-document.ts';

it.each([
  { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } },
  {
    Statement: [{ Sid: 'A', Effect: 'Deny', NotAction: ['iam:*'], NotResource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] }],
  },
  {
    Version: '2012-10-17',
    Id: 'trust',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: ['123456789012'], Service: 'ec2.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'sts:ExternalId': ['a', 'b'], 'aws:PrincipalTag/team': 'red' },
          Bool: { 'aws:MultiFactorAuthPresent': true },
        },
      },
      { Effect: 'Deny', NotPrincipal: { AWS: '*' }, Action: 'sts:*', Condition: { Null: { __proto__x: 'true' } } },
    ],
  },
])('prints a document whose parsing gives it back (%#)', (raw) => {
  const { hash: _hash, ...document } = parsePolicyDocument(raw);
  const { hash: _again, ...printed } = parsePolicyDocument(printPolicyDocument(parsePolicyDocument(raw)));
  const unplaced = ({ statements, ...rest }: typeof document) => ({
    ...rest,
    statements: statements.map(({ pointer: _pointer, ...statement }) => statement),
  });
  expect(unplaced(printed)).toEqual(unplaced(document));
});
