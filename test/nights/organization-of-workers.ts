import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as later } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { startEmulator } from '../../src/emulator/emulator-server.ts';
import { toInstant } from '../../src/kernel/time.ts';

/** The id of the account of a number; the first is the management account. */
const accountIdOf = (index: number): string => String(100_000_000_000 + index);

/** The accounts that are not like the others. */
export const ODD = {
  /** Lets nobody in. */
  denied: accountIdOf(1),
  /** Answers slowly, and each call only when it is asked again. */
  crawling: accountIdOf(2),
  /** Does not answer for as long as it is held. */
  stuck: accountIdOf(3),
  /** Has left the organization by the second night. */
  vanished: accountIdOf(4),
  /** One of its users walks into the next account as administrator. */
  walking: accountIdOf(5),
  walkedInto: accountIdOf(6),
} as const;

/** The user whose credentials reach all accounts. */
export const HUB = { accessKeyId: 'AKIA2345ABCDEFGHIJKL', secretAccessKey: 'hub', externalId: 'vigil-3f2a' } as const;

const statement = (parts: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...parts }] });
const trusting = (accountId: string, condition = {}) =>
  statement({ Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'sts:AssumeRole', ...condition });
const inline = (document: object) => [{ policyName: 'own', document }];
const ADMINISTRATOR = { attachedPolicies: ['AdministratorAccess'] };
const INTO = `arn:aws:iam::${ODD.walkedInto}:role/onward`;

const member = (accountId: string, night: 1 | 2) => {
  const externalId = accountId === ODD.denied ? 'another-id' : HUB.externalId;
  return {
    accountId,
    users: [
      { userName: 'operator', ...ADMINISTRATOR },
      ...(night === 2 ? [{ userName: 'added', ...ADMINISTRATOR }] : []),
      ...(accountId === ODD.walking
        ? [{ userName: 'walker', inlinePolicies: inline(statement({ Action: 'sts:AssumeRole', Resource: INTO })) }]
        : []),
    ],
    roles: [
      {
        roleName: 'vigil-audit',
        attachedPolicies: ['SecurityAudit', 'IAMReadOnlyAccess'],
        assumeRolePolicyDocument: trusting(accountIdOf(0), {
          Condition: { StringEquals: { 'sts:ExternalId': externalId } },
        }),
      },
      ...(accountId === ODD.walkedInto && night === 2
        ? [{ roleName: 'onward', ...ADMINISTRATOR, assumeRolePolicyDocument: trusting(ODD.walking) }]
        : []),
    ],
  };
};

const hub = {
  accountId: accountIdOf(0),
  users: [
    {
      userName: 'vigil',
      attachedPolicies: ['IAMReadOnlyAccess'],
      accessKeys: [{ createDate: '10d ago', accessKeyId: HUB.accessKeyId, secretAccessKey: HUB.secretAccessKey }],
      inlinePolicies: inline(
        statement({ Action: ['sts:AssumeRole', 'organizations:List*', 'organizations:Describe*'], Resource: '*' }),
      ),
    },
  ],
};

/** The accounts of an organization of so many in a night, without the one that has left. */
export const accountIds = (count: number, night: 1 | 2): readonly string[] =>
  Array.from({ length: count }, (_, index) => accountIdOf(index)).filter((id) => night === 1 || id !== ODD.vanished);

const serveNight = async (count: number, night: 1 | 2): Promise<string> => {
  const [, ...ids] = accountIds(count, night);
  const organization = {
    organizationId: 'o-exampleorg1',
    rootId: 'r-ab12',
    organizationalUnits: [
      { name: 'workloads', accounts: ids.map((accountId) => ({ accountId, name: `account-${accountId.slice(-3)}` })) },
    ],
  };
  const text = JSON.stringify({ accounts: [hub, ...ids.map((id) => member(id, night))], organization });
  const started = await startEmulator({
    initial: { kind: 'account-file', name: 'organization.yaml', text },
    // The SDK holds the expiry of sessions against the clock of the machine.
    clock: { now: () => toInstant(Date.now()) },
    enforce: true,
  });
  if (!started.ok) throw new Error(started.error.join('\n'));
  onTestFinished(() => started.value.close());
  return started.value.endpoint;
};

/** An organization behind an endpoint that stays the same, at which calls to some accounts fare badly. */
export interface WorkedOrganization {
  readonly endpoint: string;
  /** Is as it is the night after. */
  secondNight(): Promise<void>;
  /** From now on the account that gets stuck does not answer. */
  hold(): void;
  /** Whether somebody waits for its answer. */
  isAwaited(): boolean;
  /** It answers, also what it was asked meanwhile. */
  release(): void;
  /** Called with each call of the collectors, before it is answered. */
  onCall: (accountId: string) => void;
}

/** Serves an organization of so many accounts until the test ends. */
export const workedOrganization = async (count: number): Promise<WorkedOrganization> => {
  let target = await serveNight(count, 1);
  let held: Promise<void> | null = null;
  let release = (): void => {};
  const accountOf = new Map<string, string>();
  const crawled = new Set<string>();
  const awaited = new Set<ServerResponse>();
  const organization: WorkedOrganization = {
    endpoint: '',
    secondNight: async () => {
      target = await serveNight(count, 2);
    },
    hold: () => {
      held = new Promise((resolve) => {
        release = resolve;
      });
    },
    isAwaited: () => awaited.size > 0,
    release: () => {
      held = null;
      release();
    },
    onCall: () => {},
  };
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await textOf(incoming);
    const key = /Credential=([A-Z0-9]+)\//.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
    const accountId = accountOf.get(key) ?? accountIdOf(0);
    organization.onCall(accountId);
    if (accountId === ODD.stuck && held !== null) {
      awaited.add(response);
      response.once('close', () => awaited.delete(response));
      await held;
    }
    if (accountId === ODD.crawling) {
      await later(50);
      const call = `${key} ${incoming.url ?? ''} ${body}`;
      if (!crawled.has(call)) {
        crawled.add(call);
        response.writeHead(400, { 'content-type': 'text/xml' }).end(THROTTLED);
        return;
      }
    }
    const { status, text, type } = await forwarded(target, incoming, body);
    const session = /<AccessKeyId>([A-Z0-9]+)</.exec(text)?.[1];
    const role = /RoleArn=arn%3Aaws%3Aiam%3A%3A(\d{12})/.exec(body)?.[1];
    if (session !== undefined && role !== undefined) accountOf.set(session, role);
    response.writeHead(status, { 'content-type': type }).end(text);
  };
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(organization, { endpoint: `http://127.0.0.1:${String(port)}` });
};

const THROTTLED =
  '<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>';

/** With the headers as they are: the host is signed. */
const forwarded = (endpoint: string, { method, url, headers }: IncomingMessage, body: string) =>
  new Promise<{ readonly status: number; readonly text: string; readonly type: string }>((resolve, reject) => {
    const call = request(`${endpoint}${url ?? '/'}`, { method, headers }, (answer) => {
      textOf(answer).then(
        (text) =>
          resolve({ status: answer.statusCode ?? 500, text, type: answer.headers['content-type'] ?? 'text/xml' }),
        reject,
      );
    });
    call.on('error', reject).end(body);
  });
