import { describe, expect, it } from 'vitest';
import { createPolicyCompiler } from '../../policy/compile-policy.ts';
import { loadServiceReference } from '../../reference/service-reference.ts';
import { policyDocument } from '../../snapshot/testing/policy-builder.ts';
import { createTargetFinder } from './action-targets.ts';

const reference = await loadServiceReference();
const find = createTargetFinder(reference);
const compile = createPolicyCompiler(reference);
const BUCKET = 'arn:aws:s3:::amzn-s3-demo-bucket';
const OWN = '123456789012';

/** What is asked of a resource whose policy allows everybody an action: `action arn`. */
const targets = (arn: string, Action: unknown, Resource: unknown = '*') =>
  find(
    arn,
    compile(
      policyDocument({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action, Resource } }),
    ),
  ).map(({ action, level, arn: asked }) => `${action} (${level}) ${asked}`);

describe('what is asked of a resource with a policy', () => {
  it('is asked of the resource or its parts, as the action works on such', () => {
    expect(targets(BUCKET, ['s3:GetObject', 's3:ListBucket'])).toEqual([
      `s3:GetObject (Read) ${BUCKET}/anything`,
      `s3:ListBucket (List) ${BUCKET}`,
    ]);
  });

  it('is asked of the parts that the policy speaks of', () => {
    expect(targets(BUCKET, 's3:GetObject', `${BUCKET}/site/*`)).toContain(
      `s3:GetObject (Read) ${BUCKET}/site/anything`,
    );
    expect(targets(BUCKET, 's3:GetObject', 'arn:aws:s3:::another/site/*')).toEqual([
      `s3:GetObject (Read) ${BUCKET}/anything`,
    ]);
  });

  it('is asked of names that hold slashes', () => {
    const secret = `arn:aws:secretsmanager:us-east-1:${OWN}:secret:prod/db-a1b2c3`;
    expect(targets(secret, 'secretsmanager:GetSecretValue')).toContain(
      `secretsmanager:GetSecretValue (Read) ${secret}`,
    );
    const repository = `arn:aws:ecr:us-east-1:${OWN}:repository/team/app`;
    expect(targets(repository, 'ecr:BatchGetImage')).toContain(`ecr:BatchGetImage (Read) ${repository}`);
  });

  it('is nothing of what no statement allows, of other services and of actions without a resource', () => {
    expect(targets(BUCKET, ['sqs:SendMessage', 's3:ListAllMyBuckets', 'ecr:GetAuthorizationToken'])).toEqual([]);
  });
});
