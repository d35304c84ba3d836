import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type RunningAccount, runningAccount } from '../emulator/running-account.ts';
import { awsCli } from './aws-cli.ts';

/** What the account file says, read without the code under test. */
interface DemoFile {
  readonly alias: string;
  readonly groups: readonly unknown[];
  readonly users: readonly {
    userName: string;
    groups?: string[];
    password?: object;
    mfa?: object[];
    accessKeys?: object[];
  }[];
  readonly roles: readonly { roleName: string; path?: string }[];
  readonly policies: readonly { policyName: string; document?: unknown }[];
}

const text = readFileSync(new URL('../../config/demo-account.yaml', import.meta.url), 'utf8');
const demo = parse(text) as DemoFile;

const aws = ({ endpoint, credentials }: RunningAccount, ...args: readonly string[]): Promise<string> => {
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = credentials;
  return awsCli(endpoint, { AccessKeyId, SecretAccessKey }).text(...args);
};

const sorted = (names: readonly string[]): string[] => [...names].sort();

describe('the AWS CLI at the demo account', () => {
  it('lists users, groups, roles and policies as the account file has them', async () => {
    const account = await runningAccount(text);
    const list = async (...args: readonly string[]) => sorted(JSON.parse(await aws(account, ...args)) as string[]);
    expect(await list('iam', 'list-users', '--query', 'Users[].UserName')).toEqual(
      sorted(demo.users.map(({ userName }) => userName)),
    );
    expect(await list('iam', 'list-roles', '--page-size', '7', '--query', 'Roles[].RoleName')).toEqual(
      sorted(demo.roles.map(({ roleName }) => roleName)),
    );
    expect(await list('iam', 'list-policies', '--scope', 'Local', '--query', 'Policies[].PolicyName')).toEqual(
      sorted(demo.policies.map(({ policyName }) => policyName)),
    );
    expect(await list('iam', 'list-account-aliases', '--query', 'AccountAliases')).toEqual([demo.alias]);
  });

  it('reads the authorization details, with policy documents as they were written', async () => {
    const account = await runningAccount(text);
    const details = JSON.parse(await aws(account, 'iam', 'get-account-authorization-details')) as {
      UserDetailList: { UserName: string; GroupList: string[] }[];
      Policies: { PolicyName: string; PolicyVersionList: { Document: unknown }[] }[];
    };
    const groups = new Map(details.UserDetailList.map(({ UserName, GroupList }) => [UserName, GroupList]));
    expect(groups).toEqual(new Map(demo.users.map((user) => [user.userName, user.groups ?? []])));
    for (const { policyName, document } of demo.policies.filter((policy) => policy.document !== undefined)) {
      const policy = details.Policies.find(({ PolicyName }) => PolicyName === policyName);
      expect(policy?.PolicyVersionList[0]?.Document).toEqual(document);
    }
  });

  it('fetches the credential report', async () => {
    const account = await runningAccount(text);
    const states: string[] = [];
    while (states.at(-1) !== 'COMPLETE' && states.length < 5) {
      const { State } = JSON.parse(await aws(account, 'iam', 'generate-credential-report')) as { State: string };
      states.push(State);
    }
    expect(states).toEqual(['STARTED', 'INPROGRESS', 'COMPLETE']);
    const { Content } = JSON.parse(await aws(account, 'iam', 'get-credential-report')) as { Content: string };
    const [header = '', ...rows] = Buffer.from(Content, 'base64').toString('utf8').split('\n');
    const column = header.split(',');
    const cells = new Map(
      rows.map((row) => [row.split(',')[0], Object.fromEntries(row.split(',').map((cell, at) => [column[at], cell]))]),
    );
    expect(cells.size).toBe(demo.users.length + 1);
    for (const user of demo.users) {
      expect(cells.get(user.userName)).toMatchObject({
        arn: expect.stringMatching(/^arn:aws:iam::123456789012:user\//) as unknown,
        password_enabled: String(user.password !== undefined),
        mfa_active: String((user.mfa ?? []).length > 0),
        access_key_2_last_rotated:
          (user.accessKeys ?? []).length > 1 ? (expect.stringMatching(/^\d{4}-/) as unknown) : 'N/A',
      });
    }
  });

  it('takes filters, pages of its own, waiters, and the regions of other partitions', async () => {
    const account = await runningAccount(text);
    const json = async (...args: readonly string[]) => JSON.parse(await aws(account, ...args)) as unknown;
    const local = ['iam', 'get-account-authorization-details', '--filter', 'LocalManagedPolicy', 'Role'];
    const counts = '[length(UserDetailList), length(RoleDetailList), length(Policies)]';
    expect(await json(...local, '--query', counts)).toEqual([0, demo.roles.length, demo.policies.length]);

    const names: string[] = [];
    let token: string | undefined;
    do {
      const from = token === undefined ? [] : ['--starting-token', token];
      const page = (await json('iam', 'list-users', '--max-items', '20', '--page-size', '3', ...from)) as {
        Users: { UserName: string }[];
        NextToken?: string;
      };
      names.push(...page.Users.map(({ UserName }) => UserName));
      token = page.NextToken;
    } while (token !== undefined);
    expect(names).toEqual(sorted(demo.users.map(({ userName }) => userName)));

    await aws(account, 'iam', 'wait', 'user-exists', '--user-name', names[0] ?? '');
    await aws(account, 'iam', 'wait', 'instance-profile-exists', '--instance-profile-name', 'bastion');
    const groupsIn = (region: string) => json('--region', region, 'iam', 'list-groups', '--query', 'length(Groups)');
    expect(await Promise.all(['cn-north-1', 'us-gov-west-1'].map(groupsIn))).toEqual([
      demo.groups.length,
      demo.groups.length,
    ]);
    await expect(aws(account, 'organizations', 'describe-organization')).rejects.toMatchObject({
      stderr: expect.stringContaining('(AWSOrganizationsNotInUseException)') as unknown,
    });
  });

  it('says who calls, and why a call is refused', async () => {
    const account = await runningAccount(text);
    expect(JSON.parse(await aws(account, 'sts', 'get-caller-identity'))).toEqual({
      UserId: '123456789012',
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:root',
    });
    await expect(aws(account, 'iam', 'get-user', '--user-name', 'nobody')).rejects.toMatchObject({
      stderr: expect.stringContaining(
        '(NoSuchEntity) when calling the GetUser operation: The user with name nobody cannot be found.',
      ) as unknown,
    });
  });
});
