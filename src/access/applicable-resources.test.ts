import { describe, expect, it } from 'vitest';
import { serviceReference } from '../reference/service-reference.ts';
import { mayApply } from './applicable-resources.ts';

const applies = (action: string, ...patterns: readonly string[]): boolean => {
  const description = serviceReference().describeAction(action);
  if (description === null) throw new Error(`${action} is not known`);
  return mayApply({ kind: 'resource', patterns }, '2012-10-17', description);
};

describe('mayApply', () => {
  it('knows the types of resource that an action works on', () => {
    expect(applies('s3:GetObject', 'arn:aws:s3:::b/*')).toBe(true);
    expect(applies('s3:GetObject', 'arn:aws:s3:::b')).toBe(false);
    expect(applies('s3:ListBucket', 'arn:aws:s3:::b/*')).toBe(false);
    expect(applies('iam:PassRole', 'arn:aws:iam::123456789012:role/*')).toBe(true);
    expect(applies('iam:PassRole', 'arn:aws:iam::123456789012:user/*')).toBe(false);
    expect(applies('kms:Decrypt', 'arn:aws:kms:eu-west-1:123456789012:alias/app')).toBe(false);
    expect(applies('dynamodb:Query', 'arn:aws:dynamodb:*:*:table/t/index/*')).toBe(true);
    expect(applies('logs:PutLogEvents', 'arn:aws:logs:eu-west-1:123456789012:log-group:/app:*')).toBe(true);
  });

  it('asks whether one of several patterns fits', () => {
    expect(applies('s3:ListBucket', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b')).toBe(true);
  });

  it('leaves actions that take no resource to `*`, and to what is all of a service', () => {
    expect(applies('ec2:DescribeInstances', 'arn:aws:ec2:eu-west-1:123456789012:instance/*')).toBe(false);
    expect(applies('ec2:DescribeInstances', '*')).toBe(true);
    expect(applies('s3:ListAllMyBuckets', 'arn:aws:s3:::*')).toBe(true);
  });

  it('takes a variable for any text, slashes included where it is the name of a bucket', () => {
    expect(applies('s3:ListBucket', 'arn:aws:s3:::home-${aws:PrincipalTag/team}')).toBe(true);
    expect(applies('s3:GetObject', 'arn:aws:s3:::${aws:username}')).toBe(true);
  });

  it('says nothing of what `NotResource` leaves', () => {
    const description = serviceReference().describeAction('s3:GetObject');
    if (description === null) throw new Error('s3:GetObject is not known');
    expect(mayApply({ kind: 'notResource', patterns: ['arn:aws:s3:::b/*'] }, '2012-10-17', description)).toBe(true);
  });
});
