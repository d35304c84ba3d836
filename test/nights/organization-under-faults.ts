import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { startEmulator } from '../../src/emulator/emulator-server.ts';
import { toInstant } from '../../src/kernel/time.ts';

/** The accounts of the organization, by name. */
export const ACCOUNTS = { management: '111111111111', production: '222222222222', sandbox: '333333333333' } as const;

/** An account of the organization. */
export type AccountName = keyof typeof ACCOUNTS;

/** The access keys of those who change things, each an administrator of one account, and of the one who audits. */
export const KEYS = {
  vigil: 'AKIA2345ABCDEFGHIVIG',
  opal: 'AKIA2345ABCDEFGHIOPA',
  dora: 'AKIA2345ABCDEFGHIDOR',
  sam: 'AKIA2345ABCDEFGHISAM',
} as const;

const OLD_KEY = 'AKIA2345ABCDEFGHIOLD';

/** The secret of all keys. */
export const SECRET = 'emulated';

const administrator = (name: 'opal' | 'dora' | 'sam'): string => `
      - { userName: ${name}, groups: [admins], accessKeys: [{ createDate: 10d ago, accessKeyId: ${KEYS[name]}, secretAccessKey: ${SECRET} }] }`;

const ADMINS = '[{ groupName: admins, attachedPolicies: [AdministratorAccess] }]';
const STRONG_PASSWORDS =
  '{ minimumPasswordLength: 14, requireSymbols: true, requireNumbers: true, requireUppercaseCharacters: true, requireLowercaseCharacters: true, maxPasswordAge: 90, passwordReusePrevention: 24 }';

const audited = `
      - roleName: vigil-audit
        attachedPolicies: [SecurityAudit, IAMReadOnlyAccess]
        assumeRolePolicyDocument: { Version: "2012-10-17", Statement: { Effect: Allow, Principal: { AWS: "arn:aws:iam::${ACCOUNTS.management}:root" }, Action: "sts:AssumeRole", Condition: { StringEquals: { "sts:ExternalId": vigil-3f2a } } } }`;

const allow = (action: string, resource: string): string =>
  `{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "${action}", Resource: "${resource}" } }`;
const inline = (document: string): string => `[{ policyName: own, document: ${document} }]`;
const trusting = (principal: string, condition = ''): string =>
  `{ Version: "2012-10-17", Statement: { Effect: Allow, Principal: ${principal}, Action: "sts:AssumeRole"${condition} } }`;

const MID = `arn:aws:iam::${ACCOUNTS.sandbox}:role/mid`;

const ORGANIZATION = `
accounts:
  - accountId: "${ACCOUNTS.management}"
    alias: acme
    passwordPolicy: ${STRONG_PASSWORDS}
    groups: ${ADMINS}
    users:${administrator('opal')}
      - userName: vigil
        attachedPolicies: []
        accessKeys: [{ createDate: 10d ago, accessKeyId: ${KEYS.vigil}, secretAccessKey: ${SECRET} }]
        inlinePolicies: ${inline(allow('sts:AssumeRole', 'arn:aws:iam::*:role/vigil-audit'))}
  - accountId: "${ACCOUNTS.production}"
    alias: acme-production
    passwordPolicy: ${STRONG_PASSWORDS}
    policies:
      - policyName: ops
        versions:
          - { versionId: v1, isDefaultVersion: true, document: ${allow('s3:ListAllMyBuckets', '*')} }
          - { versionId: v2, document: ${allow('*', '*')} }
    groups:
      - { groupName: admins, attachedPolicies: [AdministratorAccess] }
      - { groupName: devs, attachedPolicies: [ops] }
      - { groupName: qa }
    users:${administrator('dora')}
      - userName: alice
        tags: { owner: team-a }
        password: { createDate: 20d ago, lastUsed: 1d ago }
        mfa: [{ kind: hardware, serialNumber: GAHT12345678, enableDate: 20d ago }]
      - { userName: bob, groups: [devs] }
      - userName: carl
        permissionsBoundary: ReadOnlyAccess
        inlinePolicies: ${inline(allow('iam:*', '*'))}
    roles:${audited}
      - { roleName: deploy, assumeRolePolicyDocument: ${trusting('{ Service: ec2.amazonaws.com }')} }
      - roleName: partner
        assumeRolePolicyDocument: ${trusting('{ AWS: "*" }', ', Condition: { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }')}
    analyzers: [{ analyzerName: outside, region: us-east-1 }]
  - accountId: "${ACCOUNTS.sandbox}"
    alias: acme-sandbox
    groups: ${ADMINS}
    users:${administrator('sam')}
      - userName: old
        tags: { owner: team-a }
        attachedPolicies: [ReadOnlyAccess]
        accessKeys: [{ createDate: 10d ago, accessKeyId: ${OLD_KEY} }]
      - { userName: eve, inlinePolicies: ${inline(allow('sts:AssumeRole', MID))} }
    roles:${audited}
      - roleName: mid
        assumeRolePolicyDocument: ${trusting(`{ AWS: "arn:aws:iam::${ACCOUNTS.sandbox}:user/eve" }`)}
        inlinePolicies: ${inline(allow('iam:AttachRolePolicy', MID))}
organization:
  organizationId: o-exampleorg1
  rootId: r-ab12
  policies:
    - policyName: lockdown
      policyId: p-lockdown1
      document: { Version: "2012-10-17", Statement: { Effect: Deny, Action: "iam:*", Resource: "*" } }
  organizationalUnits:
    - { name: workloads, organizationalUnitId: ou-ab12-11111111, accounts: [{ accountId: "${ACCOUNTS.production}", name: production }] }
  accounts: [{ accountId: "${ACCOUNTS.sandbox}", name: sandbox }]
  delegatedAdministrators: [{ accountId: "${ACCOUNTS.production}", servicePrincipal: access-analyzer.amazonaws.com }]
`;

/** What goes wrong with the calls of the collector to one account. */
export interface Fault {
  readonly account: AccountName;
  /** Which operations; null: any. */
  readonly operation: RegExp | null;
  /** `denied`; or `throttled`: the first two tries of each call. */
  readonly how: 'denied' | 'throttled';
}

/** An organization whose accounts can be reached directly, and each through an endpoint at which its calls may fail. */
export interface FaultyOrganization {
  readonly endpoint: string;
  readonly endpointOf: Readonly<Record<AccountName, string>>;
  /** What fails from now on. */
  setFaults(faults: readonly Fault[]): void;
  /** How many calls failed by a fault since it was set. */
  readonly failed: () => number;
}

/** Serves the organization by the clock of the process until the test ends. */
export const faultyOrganization = async (): Promise<FaultyOrganization> => {
  const started = await startEmulator({
    initial: { kind: 'account-file', name: 'organization.yaml', text: ORGANIZATION },
    clock: { now: () => toInstant(Date.now()) },
  });
  if (!started.ok) throw new Error(started.error.join('\n'));
  onTestFinished(() => started.value.close());
  const { endpoint } = started.value;
  let faults: readonly Fault[] = [];
  const tries = new Map<string, number>();
  let failed = 0;
  const answerOf = (account: AccountName, operation: string, body: string): Answer | null => {
    const fault = faults.find((one) => one.account === account && one.operation?.test(operation) !== false);
    if (fault === undefined) return null;
    const key = `${account} ${body}`;
    tries.set(key, (tries.get(key) ?? 0) + 1);
    if (fault.how === 'throttled' && (tries.get(key) ?? 0) % 3 === 0) return null;
    failed += 1;
    const code = fault.how === 'throttled' ? 'Throttling' : 'AccessDenied';
    const status = fault.how === 'throttled' ? 400 : 403;
    const text = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>by a fault</Message></Error></ErrorResponse>`;
    // Clients set their clocks by the date of an answer.
    return { status, text, headers: { 'content-type': 'text/xml', date: new Date().toUTCString() } };
  };
  const before = (account: AccountName) =>
    serve(async (incoming) => {
      const body = await textOf(incoming);
      return answerOf(account, operationOf(incoming, body), body) ?? forwarded(endpoint, incoming, body);
    });
  return {
    endpoint,
    endpointOf: {
      management: await before('management'),
      production: await before('production'),
      sandbox: await before('sandbox'),
    },
    setFaults: (set) => {
      faults = set;
      failed = 0;
    },
    failed: () => failed,
  };
};

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

const operationOf = ({ headers }: IncomingMessage, body: string): string =>
  /(?:^|&)Action=(\w+)/.exec(body)?.[1] ??
  String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1) ??
  '';

const serve = async (answer: (incoming: IncomingMessage) => Promise<Answer>): Promise<string> => {
  const respond = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, text, headers } = await answer(incoming);
    response.writeHead(status, headers).end(text);
  };
  const server = createServer((incoming, response) => {
    respond(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
};

/** With the headers as they are: the host is signed. */
const forwarded = (endpoint: string, { method, url, headers }: IncomingMessage, body: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const call = request(`${endpoint}${url ?? '/'}`, { method, headers }, (answer) => {
      textOf(answer).then((text) => {
        const { 'content-length': _, 'transfer-encoding': __, ...kept } = answer.headers;
        resolve({ status: answer.statusCode ?? 500, text, headers: kept });
      }, reject);
    });
    call.on('error', reject).end(body);
  });
