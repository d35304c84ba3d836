import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type MalformedRequest, malformedRequests, signedFor } from './malformed-requests.ts';
import { ANY_POLICY, type RunningAccount, runningAccount } from './running-account.ts';

const account = `
policies: [{ policyName: p, document: ${ANY_POLICY} }]
groups: [{ groupName: g }]
users:
  - userName: u
    groups: [g]
    password: {}
    accessKeys: [{ accessKeyId: AKIA2345ABCDEFGHIJKL, createDate: 1d ago }]
    inlinePolicies:
      - policyName: i
        document:
          Version: "2012-10-17"
          Statement:
            - { Effect: Allow, NotAction: "iam:*Login*", Resource: "*" }
            - Effect: Deny
              Action: "*"
              Resource: "*"
              Condition: { StringLike: { "aws:RequestTag/x": "*", "iam:PolicyARN": "*x*" } }
roles: [{ roleName: r, assumeRolePolicyDocument: ${ANY_POLICY} }]
`;

interface Answer {
  readonly status: number;
  readonly text: string;
}

const send = (endpoint: string, agent: Agent, { method, path, headers, body }: MalformedRequest): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(endpoint);
    const sent = request(
      { hostname, port, agent, method, path, headers: { ...headers, 'content-length': body.length } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

/** An answer of AWS: what was asked for, or an error that says what was wrong; 501 is S3's for what it does not know. */
const isAnswerOfAws = ({ status, text }: Answer): boolean =>
  ((status >= 200 && status < 500) || status === 501) &&
  (status < 400 || /<Code>\w|"__type":"\w|"[Mm]essage":|"error":|^$/.test(text));

/** Sends them, some at once, and fails where one is not answered as AWS answers. Gives the error codes of the answers. */
const answered = async (endpoint: string, requests: readonly MalformedRequest[]): Promise<ReadonlySet<string>> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const left = requests.values();
  const codes = new Set<string>();
  const misanswered: string[] = [];
  const worker = async () => {
    for (const each of left) {
      const answer = await send(endpoint, agent, each).catch((error: unknown) => ({ status: 0, text: String(error) }));
      codes.add(/<Code>(\w+)/.exec(answer.text)?.[1] ?? '');
      if (isAnswerOfAws(answer)) continue;
      const told = each.body.toString().slice(0, 300);
      misanswered.push(`${each.method} ${each.path} ${told} gave ${JSON.stringify(answer).slice(0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  agent.destroy();
  expect(misanswered).toEqual([]);
  return codes;
};

const listUsers = { 'content-type': 'application/x-www-form-urlencoded', authorization: signedFor('iam') };

const stillAnswers = async ({ endpoint }: RunningAccount) => {
  const body = 'Action=ListUsers&Version=2010-05-08';
  expect((await fetch(endpoint, { method: 'POST', headers: listUsers, body })).status).toBe(200);
};

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The request with a signature by a secret, where it asks for nothing but `/`. Source: "Signature Version 4", IAM User Guide. */
const signed = (each: MalformedRequest, host: string, secret: string): MalformedRequest => {
  const [, scope = ''] =
    /Credential=AKIA2345ABCDEFGHIJKL\/([\w/-]+), SignedHeaders=host, /.exec(each.headers['authorization'] ?? '') ?? [];
  const [day = '', region = '', service = '', end = ''] = scope.split('/');
  if (end === '' || each.path !== '/') return each;
  const date = '20260131T120000Z';
  const names = 'host;x-amz-date';
  const canonical = `${each.method}\n/\n\nhost:${host}\nx-amz-date:${date}\n\n${names}\n${sha256(each.body)}`;
  const key = [day, region, service, end].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIA2345ABCDEFGHIJKL/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...each, headers: { ...each.headers, 'x-amz-date': date, authorization } };
};

describe('two thousand malformed requests', () => {
  it('are answered as AWS does', { timeout: 120_000 }, async () => {
    const running = await runningAccount(account);
    const requests = await malformedRequests(20260131);
    expect(requests.length).toBeGreaterThan(2000);
    const codes = await answered(running.endpoint, requests);
    expect(codes.has('MissingAuthenticationToken') && codes.has('ValidationError')).toBe(true);
    expect((await fetch(`${running.endpoint}/_vigil/state`)).status).toBe(200);
    await stillAnswers(running);
  });

  it('are answered so where each call is verified and authorized', { timeout: 120_000 }, async () => {
    const { endpoint } = await runningAccount(account, { enforce: true });
    const { host } = new URL(endpoint);
    const codes = await answered(
      endpoint,
      (await malformedRequests(9001)).map((each, index) => signed(each, host, index % 20 === 0 ? 'wrong' : 'emulated')),
    );
    for (const code of ['SignatureDoesNotMatch', 'AccessDenied', 'ValidationError', 'NoSuchEntity'])
      expect(codes).toContain(code);
  });
});

describe('a connection that is no good', () => {
  it('is closed, and the server goes on', async () => {
    const running = await runningAccount(account);
    const port = Number(new URL(running.endpoint).port);
    const head = `POST / HTTP/1.1\r\nHost: x\r\nAuthorization: ${listUsers.authorization}\r\n`;
    const starts = [
      'GET',
      `${head}Content-Length: 5000\r\n\r\nAction=Li`,
      `${head}Transfer-Encoding: chunked\r\n\r\nffffffffff\r\nx`,
      `${head}Transfer-Encoding: chunked\r\n\r\n5\r\nAct`,
      `${head}Content-Length: -1\r\n\r\n`,
      `${head}X: ${'x'.repeat(100_000)}\r\n\r\n`,
      `POST / HTTP/9.9\r\n\r\n`,
      `\u0016\u0003\u0001\u0002\u0000`,
    ];
    await Promise.all(Array.from({ length: 80 }, (_, index) => cutOff(port, starts[index % starts.length] ?? '')));
    await stillAnswers(running);
  });

  it('that sends without end is stopped, and its bytes are not kept', async () => {
    const running = await runningAccount('{}');
    const port = Number(new URL(running.endpoint).port);
    const before = heapMiB();
    const head = `POST / HTTP/1.1\r\nHost: x\r\nAuthorization: ${listUsers.authorization}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    await Promise.all(Array.from({ length: 2 }, () => flood(port, head, 40)));
    expect(heapMiB() - before).toBeLessThan(32);
    await stillAnswers(running);
  });
});

/** Sends the beginning of a request and hangs up. */
const cutOff = (port: number, text: string): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, () => socket.destroy()));
    socket.on('close', () => resolve()).on('error', () => resolve());
  });

/** Sends so many chunks of one MiB, or as many as are taken before there is an answer. */
const flood = (port: number, head: string, mebibytes: number): Promise<void> =>
  new Promise((resolve) => {
    const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
    let left = mebibytes;
    const socket = connect(port, '127.0.0.1', () => socket.write(head, next));
    const next = (error?: Error | null): void => {
      left -= 1;
      if (left < 0 || error) socket.destroy();
      else socket.write(chunk, next);
    };
    socket.on('close', () => resolve()).on('error', () => resolve());
    socket.once('data', () => socket.destroy());
  });

/** The heap and the buffers in use after a garbage collection. */
const heapMiB = (): number => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1024 / 1024;
};
