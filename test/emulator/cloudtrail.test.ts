import { CloudTrailClient, LookupEventsCommand, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { CreateAccessKeyCommand, CreateUserCommand, DeleteUserCommand, GetUserCommand } from '@aws-sdk/client-iam';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { clientOf, type RunningAccount, runningAccount } from './running-account.ts';

/** Looks events up where IAM records them. */
const lookUp = ({ endpoint, credentials }: RunningAccount, input: LookupEventsCommandInput = {}) =>
  new CloudTrailClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 }).send(
    new LookupEventsCommand(input),
  );

it('what was called can be looked up, the newest first, refusals too', async () => {
  const account = await runningAccount(
    '{ users: [{ userName: alice, accessKeys: [{ accessKeyId: AKIA2345ABCDEFGHIJKL, createDate: 1d ago }] }] }',
  );
  await account.iam.send(new CreateUserCommand({ UserName: 'bob' }));
  account.clock.moveTo('2026-01-31T13:00:00Z');
  await account.as('AKIA2345ABCDEFGHIJKL').iam.send(new GetUserCommand({}));
  await account.iam.send(new DeleteUserCommand({ UserName: 'carol' })).catch(() => undefined);
  const { Events = [] } = await lookUp(account);
  expect(Events.map(({ EventName, Username, ReadOnly }) => [EventName, Username, ReadOnly])).toEqual([
    ['DeleteUser', 'root', 'false'],
    ['GetUser', 'alice', 'true'],
    ['CreateUser', 'root', 'false'],
  ]);
  const [refused, read, made] = Events.map(({ CloudTrailEvent = '' }) => JSON.parse(CloudTrailEvent));
  expect(refused).toMatchObject({ errorCode: 'NoSuchEntity', eventSource: 'iam.amazonaws.com' });
  expect(read.userIdentity).toEqual({
    type: 'IAMUser',
    principalId: expect.stringMatching(/^AIDA/),
    arn: 'arn:aws:iam::123456789012:user/alice',
    accountId: '123456789012',
    accessKeyId: 'AKIA2345ABCDEFGHIJKL',
    userName: 'alice',
  });
  expect(made).toMatchObject({
    userIdentity: { type: 'Root' },
    requestParameters: { userName: 'bob' },
    awsRegion: 'us-east-1',
    eventTime: '2026-01-31T12:00:00Z',
  });
  expect(Events[2]?.Resources).toEqual([{ ResourceType: 'AWS::IAM::User', ResourceName: 'bob' }]);
});

it('an attribute, a time and a page narrow what is looked up', async () => {
  const account = await runningAccount('{}');
  for (const UserName of ['a', 'b', 'c']) await account.iam.send(new CreateUserCommand({ UserName }));
  const named = [{ AttributeKey: 'ResourceName' as const, AttributeValue: 'b' }];
  expect((await lookUp(account, { LookupAttributes: named })).Events).toHaveLength(1);
  const StartTime = new Date('2026-02-01T00:00:00Z');
  expect((await lookUp(account, { StartTime })).Events).toEqual([]);
  const created = [{ AttributeKey: 'EventName' as const, AttributeValue: 'CreateUser' }];
  const first = await lookUp(account, { LookupAttributes: created, MaxResults: 2 });
  const second = await lookUp(account, { LookupAttributes: created, MaxResults: 2, NextToken: first.NextToken });
  const namesOf = ({ Events = [] }: typeof first) => Events.map(({ Resources }) => Resources?.[0]?.ResourceName);
  expect([namesOf(first), namesOf(second)]).toEqual([['c', 'b'], ['a']]);
  await expect(lookUp(account, { MaxResults: 51 })).rejects.toMatchObject({ name: 'InvalidMaxResultsException' });
  await expect(lookUp(account, { LookupAttributes: [...named, ...named] })).rejects.toMatchObject({
    name: 'InvalidLookupAttributesException',
  });
  await expect(lookUp(account, { NextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
});

it('events stand in their region, and hold no secrets', async () => {
  const account = await runningAccount('{}');
  const secrets = clientOf(SecretsManagerClient, account);
  await secrets.send(new CreateSecretCommand({ Name: 's', SecretString: 'hunter2' }));
  expect((await lookUp(account)).Events).toEqual([]);
  const { Events } = await clientOf(CloudTrailClient, account).send(new LookupEventsCommand({}));
  expect(Events).toMatchObject([{ EventName: 'CreateSecret', EventSource: 'secretsmanager.amazonaws.com' }]);
  expect(JSON.stringify(Events)).not.toContain('hunter2');
});

it('what was made is named by the event of making it, and by whom', async () => {
  const account = await runningAccount(
    '{ users: [{ userName: alice, accessKeys: [{ accessKeyId: AKIA2345ABCDEFGHIJKL, createDate: 1d ago }] }] }',
  );
  const made = await account.as('AKIA2345ABCDEFGHIJKL').iam.send(new CreateAccessKeyCommand({}));
  const { Events: [event] = [] } = await lookUp(account);
  const record = JSON.parse(event?.CloudTrailEvent ?? '');
  expect(record).toMatchObject({
    eventName: 'CreateAccessKey',
    sourceIPAddress: '127.0.0.1',
    userIdentity: { type: 'IAMUser', userName: 'alice' },
    requestParameters: null,
    responseElements: { accessKey: { userName: 'alice', accessKeyId: made.AccessKey?.AccessKeyId } },
  });
  expect(event?.CloudTrailEvent).not.toContain(made.AccessKey?.SecretAccessKey);
});
