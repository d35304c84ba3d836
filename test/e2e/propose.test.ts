import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/cli/system-clock.ts';
import { startEmulator } from '../../src/emulator/emulator-server.ts';
import { runVigil } from './run-vigil.ts';

const ACCOUNT = 'arn:aws:iam::123456789012';
const APP = `${ACCOUNT}:role/app`;
const TODAY = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Data', Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: 'arn:aws:s3:::data*' },
    { Sid: 'Queues', Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
    { Sid: 'Topics', Effect: 'Allow', Action: ['sns:Publish', 'iam:PassRole'], Resource: '*' },
  ],
};
const details = {
  UserDetailList: [],
  GroupDetailList: [],
  RoleDetailList: [
    {
      Path: '/',
      Arn: APP,
      RoleName: 'app',
      RoleId: 'AROAAPPAPPAPPAPPAPP01',
      CreateDate: '2024-01-01T00:00:00Z',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
      },
      RolePolicyList: [{ PolicyName: 'work', PolicyDocument: TODAY }],
    },
  ],
  Policies: [],
};
const lastAccessed = {
  [APP]: [
    { ServiceNamespace: 's3', LastAuthenticated: '2025-12-31T00:00:00Z' },
    { ServiceNamespace: 'sqs' },
    { ServiceNamespace: 'sns' },
    { ServiceNamespace: 'iam' },
  ],
};

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
  writeFileSync(join(directory, 'details.json'), JSON.stringify(details));
  writeFileSync(join(directory, 'last.json'), JSON.stringify(lastAccessed));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const ASK = [
  '--authorization-details',
  'details.json',
  '--last-accessed',
  'last.json',
  '--now',
  '2026-01-01T00:00:00Z',
];
const propose = (...words: string[]) => runVigil(['propose', 'role/app', ...ASK, ...words], directory);

describe('vigil propose', () => {
  it('prints the policy that keeps what was used, and beside it the difference', async () => {
    const { exitCode, stdout, stderr } = await propose('--keep', 'sqs:SendMessage');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Data', Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: ['arn:aws:s3:::data*'] },
        { Sid: 'Queues', Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: ['*'] },
        { Sid: 'Topics', Effect: 'Allow', Action: ['iam:PassRole'], Resource: ['*'] },
      ],
    });
    expect(stderr).toContain(`${APP}#inline/work /Statement/1\n    - sqs:*\n    + sqs:SendMessage`);
    expect(stderr).toContain(`${APP}#inline/work /Statement/2\n    - sns:Publish`);
    expect(stderr).toContain('by what IAM tells of 400 days');
  });

  it('keeps what CloudTrail shows, and writes a file that nobody else can read and nothing but it', async () => {
    const call = {
      eventTime: '2025-12-30T10:00:00Z',
      eventSource: 'sns.amazonaws.com',
      eventName: 'Publish',
      userIdentity: {
        type: 'AssumedRole',
        arn: 'arn:aws:sts::123456789012:assumed-role/app/i-1',
        sessionContext: { sessionIssuer: { type: 'Role', arn: APP } },
      },
      resources: [{ ARN: 'arn:aws:sns:eu-central-1:123456789012:news' }],
    };
    const refused = { ...call, eventSource: 'sqs.amazonaws.com', eventName: 'SendMessage', errorCode: 'AccessDenied' };
    const logs = join(directory, 'AWSLogs/123456789012/CloudTrail/eu-central-1/2025/12/30');
    mkdirSync(logs, { recursive: true });
    writeFileSync(join(logs, 'log.json.gz'), gzipSync(JSON.stringify({ Records: [call, refused] })));
    const { exitCode, stdout } = await propose('--cloudtrail', 'AWSLogs', '--out', 'new/app.json');
    expect(exitCode).toBe(0);
    expect(readdirSync(join(directory, 'new'))).toEqual(['app.json']);
    expect(statSync(join(directory, 'new/app.json')).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(join(directory, 'new/app.json'), 'utf8'))).toMatchObject({
      Statement: [{ Sid: 'Data' }, { Sid: 'Topics', Action: ['sns:Publish', 'iam:PassRole'] }],
    });
    expect(stdout).toContain('CloudTrail shows sns:Publish on arn:aws:sns:eu-central-1:123456789012:news');
  });

  it('asks a live account with reads alone, and the second time for no job again', async () => {
    const uses = '{ "s3:PutObject": 2d ago }';
    const trust = details.RoleDetailList[0]?.AssumeRolePolicyDocument;
    const started = await startEmulator({
      clock: systemClock,
      initial: {
        kind: 'account-file',
        name: 'account.yaml',
        text: `{ roles: [{ roleName: live, createDate: 2y ago, inlinePolicies: [{ policyName: p, document: ${JSON.stringify(TODAY)} }],
          uses: ${uses}, assumeRolePolicyDocument: ${JSON.stringify(trust)} }] }`,
      },
    });
    if (!started.ok) throw new Error(started.error.join('\n'));
    const { endpoint, credentials, requests } = started.value;
    const ask = () =>
      runVigil(['propose', 'live', '--endpoint-url', endpoint, '--region', 'us-east-1', '--json'], directory, {
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      });
    try {
      const first = await ask();
      expect(first.stderr).toBe('');
      expect(JSON.parse(first.stdout)).toMatchObject({
        document: { Statement: [{ Sid: 'Data' }, { Sid: 'Topics', Action: ['iam:PassRole'] }] },
        verification: { lost: [], left: [] },
      });
      const jobs = 'iam:GenerateServiceLastAccessedDetails';
      expect(requests.get(jobs)).toBe(1);
      expect((await ask()).stdout).toBe(first.stdout);
      expect(requests.get(jobs)).toBe(1);
      expect([...requests.keys()].filter((action) => !/:(Get|List|Describe|Generate)/.test(action))).toEqual([]);
      const cache = join(directory, '.cache/iam-vigil');
      expect(statSync(cache).mode & 0o777).toBe(0o700);
      for (const file of readdirSync(cache)) expect(statSync(join(cache, file)).mode & 0o777).toBe(0o600);
    } finally {
      await started.value.close();
    }
  });

  it('refuses log files that are none, with the path', async () => {
    const { exitCode, stderr } = await propose('--cloudtrail', 'details.json');
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/^vigil: details\.json: holds no CloudTrail events.*\n$/),
    ]);
    expect((await propose('--cloudtrail', 'absent')).exitCode).toBe(2);
  });
});
