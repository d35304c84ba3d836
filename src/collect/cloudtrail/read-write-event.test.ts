import { describe, expect, it } from 'vitest';
import { readWriteEvent } from './read-write-event.ts';

const BOB = { type: 'IAMUser', principalId: 'AIDABOB', arn: 'arn:aws:iam::123456789012:user/bob', userName: 'bob' };

/** An event as CloudTrail records one. Source: "Logging IAM and AWS STS API calls with AWS CloudTrail", IAM User Guide. */
const record = (parts: Readonly<Record<string, unknown>> = {}) => ({
  eventVersion: '1.08',
  userIdentity: BOB,
  eventTime: '2026-01-02T03:04:05Z',
  eventSource: 'iam.amazonaws.com',
  eventName: 'AttachUserPolicy',
  awsRegion: 'us-east-1',
  sourceIPAddress: '203.0.113.9',
  userAgent: 'aws-cli/2.17.0',
  requestParameters: { userName: 'alice', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  responseElements: null,
  requestID: '0a1b2c3d-0000-4000-8000-000000000001',
  eventID: '0a1b2c3d-0000-4000-8000-000000000002',
  readOnly: false,
  eventType: 'AwsApiCall',
  managementEvent: true,
  recipientAccountId: '123456789012',
  eventCategory: 'Management',
  ...parts,
});

const read = (parts?: Readonly<Record<string, unknown>>) => readWriteEvent(JSON.stringify(record(parts)));
const written = (parts?: Readonly<Record<string, unknown>>) => {
  const reading = read(parts);
  if (reading.kind !== 'write') throw new Error(`the event is ${reading.kind}`);
  return reading.event;
};

describe('an event of a request that changes something', () => {
  it('tells who made it, when, from where, and what it names', () => {
    expect(written()).toEqual({
      id: '0a1b2c3d-0000-4000-8000-000000000002',
      accountId: '123456789012',
      region: 'us-east-1',
      actor: {
        arn: 'arn:aws:iam::123456789012:user/bob',
        at: '2026-01-02T03:04:05Z',
        request: 'iam:AttachUserPolicy',
        sourceIp: '203.0.113.9',
      },
      parameters: new Map([
        ['userName', 'alice'],
        ['policyArn', 'arn:aws:iam::aws:policy/AdministratorAccess'],
      ]),
    });
  });

  it.each<[string, Readonly<Record<string, unknown>>, Readonly<Record<string, string>>]>([
    [
      'a session, with its name and the role with its path',
      {
        type: 'AssumedRole',
        principalId: 'AROADEPLOY:run-7',
        arn: 'arn:aws:sts::123456789012:assumed-role/deploy/run-7',
        sessionContext: {
          sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::123456789012:role/ci/deploy', userName: 'deploy' },
        },
      },
      {
        arn: 'arn:aws:sts::123456789012:assumed-role/deploy/run-7',
        role: 'arn:aws:iam::123456789012:role/ci/deploy',
      },
    ],
    [
      'the root user',
      { type: 'Root', arn: 'arn:aws:iam::123456789012:root' },
      { arn: 'arn:aws:iam::123456789012:root' },
    ],
    [
      'a federated user',
      { type: 'FederatedUser', arn: 'arn:aws:sts::123456789012:federated-user/carol' },
      { arn: 'arn:aws:sts::123456789012:federated-user/carol' },
    ],
    [
      'an AWS service, by its name',
      { type: 'AWSService', invokedBy: 'sso.amazonaws.com' },
      { arn: 'sso.amazonaws.com' },
    ],
    [
      'somebody in another account, by its id where no ARN is told',
      { type: 'AWSAccount', principalId: 'AIDAOTHER', accountId: '999999999999' },
      { arn: '999999999999' },
    ],
  ])('names %s', (_, userIdentity, who) => {
    expect(written({ userIdentity }).actor).toEqual({
      ...who,
      at: '2026-01-02T03:04:05Z',
      request: 'iam:AttachUserPolicy',
      sourceIp: '203.0.113.9',
    });
  });

  it('names what was made by what the answer tells', () => {
    const accessKey = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', status: 'Active', userName: 'alice' };
    const { parameters } = written({
      eventName: 'CreateAccessKey',
      requestParameters: null,
      responseElements: { accessKey },
    });
    expect(Object.fromEntries(parameters)).toEqual({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', userName: 'alice' });
  });

  it('is read out of an answer of LookupEvents, and without the version that Lambda puts behind a name', () => {
    const lambda = record({
      eventSource: 'lambda.amazonaws.com',
      eventName: 'AddPermission20150331v2',
      requestParameters: { functionName: 'pay', policy: 'x'.repeat(10) },
    });
    const reading = readWriteEvent(JSON.stringify({ EventId: '1', CloudTrailEvent: JSON.stringify(lambda) }));
    expect(reading).toMatchObject({ kind: 'write', event: { actor: { request: 'lambda:AddPermission' } } });
  });

  it('is made in China too', () => {
    expect(written({ eventSource: 'iam.amazonaws.com.cn' }).actor.request).toBe('iam:AttachUserPolicy');
  });
});

describe('an event that changed nothing we ask for', () => {
  it.each([
    ['was refused', { errorCode: 'AccessDenied' }],
    ['failed', { errorCode: 'NoSuchEntityException' }],
    ['only read', { readOnly: true }],
    ['was of another request', { eventName: 'GenerateCredentialReport' }],
    ['was of another service', { eventSource: 'iot.amazonaws.com', eventName: 'AttachPolicy' }],
  ])('%s', (_, parts) => {
    expect(read(parts)).toEqual({ kind: 'other' });
  });
});

describe('an event that nobody can trust', () => {
  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['nothing inside', '{"CloudTrailEvent":"null"}'],
    ['a time that is none', JSON.stringify(record({ eventTime: 'yesterday' }))],
    ['a source that is none of AWS', JSON.stringify(record({ eventSource: 'iam.evil.example' }))],
    ['nobody who did it', JSON.stringify(record({ userIdentity: null }))],
    ['an account that is none', JSON.stringify(record({ recipientAccountId: '1', userIdentity: {} }))],
  ])('has %s', (_, text) => {
    expect(readWriteEvent(text)).toEqual({ kind: 'unreadable' });
  });

  it('gets no words of its own into a report', () => {
    const { actor } = written({
      userIdentity: { ...BOB, arn: 'arn:aws:iam::123456789012:user/bob\n<script>', accountId: '123456789012' },
      sourceIPAddress: '203.0.113.9\nEverything is fine',
    });
    expect(actor).toMatchObject({ arn: '123456789012', sourceIp: null });
  });

  it('is read where it is huge, and where its names are those of every object', () => {
    const text = JSON.stringify(
      record({
        requestParameters: {
          userName: 'alice',
          policyName: 'x'.repeat(100_000),
          ...Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`n${at}Name`, 'x'])),
        },
      }),
    ).replace('"userName":"alice"', '"userName":"alice","__proto__":{"userName":"mallory"},"constructorName":"x"');
    const reading = readWriteEvent(text);
    if (reading.kind !== 'write') throw new Error(reading.kind);
    expect(reading.event.parameters.get('userName')).toBe('alice');
    expect(reading.event.parameters.has('policyName')).toBe(false);
    expect(reading.event.parameters.size).toBe(60);
  });
});
