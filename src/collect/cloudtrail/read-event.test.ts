import { beforeAll, describe, expect, it } from 'vitest';
import { loadServiceReference, type ServiceReference } from '../../reference/service-reference.ts';
import { readEvent } from './read-event.ts';

let reference: ServiceReference;
beforeAll(async () => {
  reference = await loadServiceReference();
});

const USER = 'arn:aws:iam::123456789012:user/staff/ann';
const ROLE = 'arn:aws:iam::123456789012:role/team/app';

const session = (issuer?: Readonly<Record<string, unknown>>) => ({
  type: 'AssumedRole',
  arn: 'arn:aws:sts::123456789012:assumed-role/app/i-0123',
  ...(issuer && { sessionContext: { sessionIssuer: issuer } }),
});

const event = (parts: Readonly<Record<string, unknown>> = {}) => ({
  eventTime: '2026-01-01T00:00:00Z',
  eventSource: 'sqs.amazonaws.com',
  eventName: 'CreateQueue',
  userIdentity: { type: 'IAMUser', arn: USER },
  ...parts,
});

const read = (parts: Readonly<Record<string, unknown>>) => readEvent(JSON.stringify(event(parts)), reference);
const principal = (userIdentity: unknown) => {
  const reading = read({ userIdentity });
  return reading.kind === 'use' ? reading.event.principal : reading.kind;
};
const kindOf = (parts: Readonly<Record<string, unknown>>) => read(parts).kind;

describe('an event is a use', () => {
  it('of the user who made the call', () => {
    expect(read({})).toEqual({
      kind: 'use',
      event: {
        principal: USER,
        time: '2026-01-01T00:00:00Z',
        service: 'sqs',
        actions: ['CreateQueue'],
        resources: [],
      },
    });
  });

  it('of the role whose session made it, with its path where the event tells', () => {
    expect(principal(session({ type: 'Role', arn: ROLE }))).toBe(ROLE);
    expect(principal(session())).toBe('arn:aws:iam::123456789012:role/app');
  });

  it('of the user who made the federated session', () => {
    const federated = { type: 'FederatedUser', arn: 'arn:aws:sts::123456789012:federated-user/x' };
    const sessionContext = { sessionIssuer: { type: 'IAMUser', arn: USER } };
    expect(principal({ ...federated, sessionContext })).toBe(USER);
    expect(principal(federated)).toBe('other');
  });

  it('of sts:AssumeRole on the next role, in a chain of roles', () => {
    const reading = read({
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      userIdentity: session({ type: 'Role', arn: ROLE }),
      requestParameters: { roleArn: 'arn:aws:iam::444455556666:role/next' },
    });
    expect(reading).toMatchObject({
      event: {
        principal: ROLE,
        service: 'sts',
        actions: ['AssumeRole'],
        resources: ['arn:aws:iam::444455556666:role/next'],
      },
    });
  });

  it('on the objects of a bucket as one, without the bucket beside them', () => {
    const resources = [
      { type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::data/2026/one.csv' },
      { type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::data' },
      { type: 'AWS::S3::Bucket', ARN: 'no arn' },
    ];
    const reading = read({ eventSource: 's3.amazonaws.com', eventName: 'HeadObject', resources });
    expect(reading).toMatchObject({ event: { actions: ['GetObject'], resources: ['arn:aws:s3:::data/*'] } });
    expect(
      read({ eventSource: 's3.amazonaws.com', eventName: 'ListObjects', resources: [resources[1]] }),
    ).toMatchObject({
      event: { actions: ['ListBucket'], resources: ['arn:aws:s3:::data'] },
    });
  });

  it('of a version where the request names one', () => {
    const requestParameters = { bucketName: 'data', key: 'k', versionId: 'v1' };
    expect(read({ eventSource: 's3.amazonaws.com', eventName: 'GetObject', requestParameters })).toMatchObject({
      event: { actions: ['GetObjectVersion'] },
    });
  });

  it('as LookupEvents answers it', () => {
    const text = JSON.stringify({ EventName: 'CreateQueue', CloudTrailEvent: JSON.stringify(event()) });
    expect(readEvent(text, reference).kind).toBe('use');
  });

  it('where it failed for another reason than a lack of permission', () => {
    expect(kindOf({ errorCode: 'QueueNameExists' })).toBe('use');
  });
});

describe('an event is no use', () => {
  it.each([
    'AccessDenied',
    'AccessDeniedException',
    'Client.UnauthorizedOperation',
    'UnauthorizedOperation',
    'AuthorizationError',
    'ExpiredTokenException',
  ])('where the call was refused with %s', (errorCode) => {
    expect(kindOf({ errorCode })).toBe('other');
  });

  it.each([
    ['a service', { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' }],
    ['the root user', { type: 'Root', arn: 'arn:aws:iam::123456789012:root' }],
    ['another account', { type: 'AWSAccount', accountId: '444455556666' }],
    ['somebody with a token', { type: 'WebIdentityUser', userName: 'repo:x' }],
    ['nobody', undefined],
    ['something that is no principal', { type: 'IAMUser', arn: 'arn:aws:iam::123456789012:user/<script>' }],
  ])('of %s', (_, identity) => {
    expect(principal(identity)).toBe('other');
  });

  it.each(['AwsServiceEvent', 'AwsConsoleSignIn', 'AwsCloudTrailInsight'])('of type %s', (eventType) => {
    expect(kindOf({ eventType })).toBe('other');
  });
});

describe('an event is unreadable', () => {
  it.each([
    ['that is no JSON', '{"eventTime":'],
    ['that is no object', '[]'],
    ['that holds no event', '{"CloudTrailEvent":"{"}'],
    ['without a time', JSON.stringify({ ...event(), eventTime: 'yesterday' })],
    ['without a source', JSON.stringify({ ...event(), eventSource: 7 })],
    ['from a source that is none of AWS', JSON.stringify({ ...event(), eventSource: 'evil.example.com' })],
    ['that is deeper than anybody nests', `${'['.repeat(500_000)}`],
  ])('%s', (_, text) => {
    expect(readEvent(text, reference).kind).toBe('unreadable');
  });

  it('but members that every object has are none of its own', () => {
    const text = `{"__proto__":{"eventTime":"x"},${JSON.stringify(event()).slice(1)}`;
    expect(readEvent(text, reference).kind).toBe('use');
  });
});
