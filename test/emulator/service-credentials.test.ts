import {
  CreateServiceSpecificCredentialCommand,
  type CreateServiceSpecificCredentialCommandInput,
  DeleteServiceSpecificCredentialCommand,
  ListServiceSpecificCredentialsCommand,
  ResetServiceSpecificCredentialCommand,
  UpdateServiceSpecificCredentialCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { type RunningAccount, runningAccount } from './running-account.ts';

const account = '{ users: [{ userName: Bob }, { userName: Ann }] }';
const codecommit = { UserName: 'Bob', ServiceName: 'codecommit.amazonaws.com' };
const bedrock = { UserName: 'Bob', ServiceName: 'bedrock.amazonaws.com' };

const create = async ({ iam }: RunningAccount, input: CreateServiceSpecificCredentialCommandInput) =>
  (await iam.send(new CreateServiceSpecificCredentialCommand(input))).ServiceSpecificCredential;

describe('service-specific credentials', () => {
  it('are a user name and a password, which is shown once', async () => {
    const running = await runningAccount(account);
    const made = await create(running, codecommit);
    expect(made).toEqual({
      UserName: 'Bob',
      ServiceName: 'codecommit.amazonaws.com',
      ServiceSpecificCredentialId: expect.stringMatching(/^ACCA[A-Z2-7]{17}$/) as unknown,
      ServiceUserName: 'Bob-at-123456789012',
      ServicePassword: expect.stringMatching(/^[A-Za-z0-9+/=]{44}$/) as unknown,
      Status: 'Active',
      CreateDate: new Date('2026-01-31T12:00:00Z'),
    });
    const listed = await running.iam.send(new ListServiceSpecificCredentialsCommand({ UserName: 'bob' }));
    const { ServicePassword, ...rest } = made ?? {};
    expect(listed.ServiceSpecificCredentials).toEqual([rest]);
    expect(await (await fetch(`${running.endpoint}/_vigil/state`)).text()).not.toContain(ServicePassword);
  });

  it('are API keys for Bedrock and CloudWatch Logs, which may end', async () => {
    const running = await runningAccount(account);
    const made = await create(running, { ...bedrock, CredentialAgeDays: 30 });
    expect(made).toMatchObject({
      ServiceCredentialAlias: 'Bob-at-123456789012',
      ServiceCredentialSecret: expect.stringMatching(/^ABSK/) as unknown,
      ExpirationDate: new Date('2026-03-02T12:00:00Z'),
      Status: 'Active',
    });
    expect(made).not.toHaveProperty('ServicePassword');
    expect(made).not.toHaveProperty('ServiceUserName');
    const endless = await create(running, { ...bedrock, ServiceName: 'logs.amazonaws.com' });
    expect(endless).not.toHaveProperty('ExpirationDate');
    running.clock.moveTo('2026-03-02T12:00:00Z');
    const { ServiceSpecificCredentials } = await running.iam.send(
      new ListServiceSpecificCredentialsCommand({ UserName: 'Bob' }),
    );
    const statusOf = new Map(ServiceSpecificCredentials?.map((each) => [each.ServiceName, each.Status]));
    expect(Object.fromEntries(statusOf)).toEqual({
      'bedrock.amazonaws.com': 'Expired',
      'logs.amazonaws.com': 'Active',
    });
  });

  it('are two a user and service, with names of their own', async () => {
    const running = await runningAccount(account);
    await create(running, codecommit);
    expect((await create(running, codecommit))?.ServiceUserName).toBe('Bob+1-at-123456789012');
    await expect(create(running, codecommit)).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2',
    });
    await create(running, { ...codecommit, ServiceName: 'cassandra.amazonaws.com' });
  });

  it('are for some services only, and age for those with API keys only', async () => {
    const running = await runningAccount(account);
    await expect(create(running, { ...codecommit, ServiceName: 's3.amazonaws.com' })).rejects.toMatchObject({
      name: 'ServiceNotSupportedException',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(create(running, { ...codecommit, CredentialAgeDays: 1 })).rejects.toMatchObject({
      name: 'ValidationError',
    });
    await expect(create(running, { ...bedrock, CredentialAgeDays: 36_601 })).rejects.toMatchObject({
      name: 'ValidationError',
    });
    await expect(create(running, { ...codecommit, UserName: 'Nobody' })).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  it('get another password, another status, and are deleted', async () => {
    const running = await runningAccount(account);
    const { iam } = running;
    const made = await create(running, codecommit);
    const one = { UserName: 'Bob', ServiceSpecificCredentialId: made?.ServiceSpecificCredentialId };
    const reset = (await iam.send(new ResetServiceSpecificCredentialCommand(one))).ServiceSpecificCredential;
    expect(reset).toEqual({ ...made, ServicePassword: expect.any(String) as unknown });
    expect(reset?.ServicePassword).not.toBe(made?.ServicePassword);
    await iam.send(new UpdateServiceSpecificCredentialCommand({ ...one, Status: 'Inactive' }));
    const listed = await iam.send(new ListServiceSpecificCredentialsCommand({ UserName: 'Bob' }));
    expect(listed.ServiceSpecificCredentials?.[0]?.Status).toBe('Inactive');
    await expect(
      iam.send(new DeleteServiceSpecificCredentialCommand({ ...one, UserName: 'Ann' })),
    ).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    await iam.send(new DeleteServiceSpecificCredentialCommand(one));
    await expect(iam.send(new DeleteServiceSpecificCredentialCommand(one))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  it('are listed of all users, page by page', async () => {
    const running = await runningAccount(account);
    for (const input of [codecommit, bedrock, { ...codecommit, UserName: 'Ann' }]) await create(running, input);
    const list = async (input: object) => {
      const names: unknown[] = [];
      let Marker: string | undefined;
      do {
        const command = new ListServiceSpecificCredentialsCommand({
          AllUsers: true,
          MaxItems: 1,
          ...(Marker === undefined ? {} : { Marker }),
          ...input,
        });
        const answer = await running.iam.send(command);
        names.push(...(answer.ServiceSpecificCredentials ?? []).map(({ UserName }) => UserName));
        Marker = answer.Marker;
      } while (Marker !== undefined);
      return names;
    };
    expect(await list({})).toEqual(['Ann', 'Bob', 'Bob']);
    expect(await list({ ServiceName: 'codecommit.amazonaws.com' })).toEqual(['Ann', 'Bob']);
    await expect(list({ UserName: 'Bob' })).rejects.toMatchObject({ name: 'ValidationError' });
    const own = await running.iam.send(new ListServiceSpecificCredentialsCommand({}));
    expect(own.ServiceSpecificCredentials).toEqual([]);
  });
});
