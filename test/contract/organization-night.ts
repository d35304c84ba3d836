import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { startEmulator } from '../../src/emulator/emulator-server.ts';
import { toInstant } from '../../src/kernel/time.ts';

/** The accounts of the organization, by name. */
export const ACCOUNTS = {
  management: '111111111111',
  production: '222222222222',
  payments: '333333333333',
  closed: '444444444444',
  busy: '555555555555',
  sandbox: '666666666666',
} as const;

/** The user whose credentials reach all accounts. */
export const HUB = { accessKeyId: 'AKIA2345ABCDEFGHIJKL', secretAccessKey: 'hub' };

/** What is agreed with every account but `payments`, which was given another. */
export const EXTERNAL_ID = 'vigil-3f2a';

const roleFor = (externalId: string): string => `
    roles:
      - roleName: vigil-audit
        attachedPolicies: [SecurityAudit, IAMReadOnlyAccess]
        assumeRolePolicyDocument:
          Version: "2012-10-17"
          Statement:
            Effect: Allow
            Principal: { AWS: "arn:aws:iam::${ACCOUNTS.management}:root" }
            Action: sts:AssumeRole
            Condition: { StringEquals: { "sts:ExternalId": ${externalId} } }`;

const member = (name: keyof typeof ACCOUNTS, externalId = EXTERNAL_ID): string => `
  - accountId: "${ACCOUNTS[name]}"
    users: [{ userName: operator, attachedPolicies: [AdministratorAccess] }]${roleFor(externalId)}`;

const organizationFile = (members: readonly (keyof typeof ACCOUNTS)[]): string => `
accounts:
  - accountId: "${ACCOUNTS.management}"
    users:
      - userName: vigil
        attachedPolicies: [IAMReadOnlyAccess]
        accessKeys: [{ createDate: 10d ago, accessKeyId: ${HUB.accessKeyId}, secretAccessKey: ${HUB.secretAccessKey} }]
        inlinePolicies:
          - policyName: hub
            document:
              Version: "2012-10-17"
              Statement:
                Effect: Allow
                Action: ["sts:AssumeRole", "organizations:List*", "organizations:Describe*"]
                Resource: "*"
${members.map((name) => member(name, name === 'payments' ? 'another-id' : EXTERNAL_ID)).join('')}
organization:
  organizationId: o-exampleorg1
  rootId: r-ab12
  organizationalUnits:
    - name: workloads
      organizationalUnitId: ou-ab12-11111111
      accounts:
${members
  .filter((name) => name !== 'closed')
  .map((name) => `        - { accountId: "${ACCOUNTS[name]}", name: ${name} }`)
  .join('\n')}
  accounts: [{ accountId: "${ACCOUNTS.closed}", name: closed, status: SUSPENDED }]
`;

/** Serves an organization that checks every call, until the test ends; the answer is its endpoint. */
export const runningOrganization = async (members: readonly (keyof typeof ACCOUNTS)[]): Promise<string> => {
  const started = await startEmulator({
    initial: { kind: 'account-file', name: 'organization.yaml', text: organizationFile(members) },
    // The SDK holds the expiry of sessions against the clock of the machine.
    clock: { now: () => toInstant(Date.now()) },
    enforce: true,
  });
  if (!started.ok) throw new Error(started.error.join('\n'));
  onTestFinished(() => started.value.close());
  return started.value.endpoint;
};

const THROTTLED =
  '<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error><RequestId>r</RequestId></ErrorResponse>';

/**
 * An endpoint before another at which the sessions of one account are told two times out of three that they call too often.
 * `throttled`: how often they were.
 */
export const throttling = async (
  endpoint: string,
  accountId: string,
): Promise<{ readonly endpoint: string; readonly throttled: () => number }> => {
  const keys = new Set<string>();
  let calls = 0;
  let throttled = 0;
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await textOf(incoming);
    const key = /Credential=([A-Z0-9]+)\//.exec(incoming.headers.authorization ?? '')?.[1] ?? '';
    if (keys.has(key) && !body.includes('GetCallerIdentity')) calls += 1;
    if (calls % 3 !== 0 && keys.has(key)) {
      throttled += 1;
      response.writeHead(400, { 'content-type': 'text/xml' }).end(THROTTLED);
      return;
    }
    const { status, text } = await forwarded(endpoint, incoming, body);
    if (body.includes('Action=AssumeRole') && body.includes(accountId)) {
      keys.add(/<AccessKeyId>([A-Z0-9]+)</.exec(text)?.[1] ?? '');
    }
    response.writeHead(status, { 'content-type': 'text/xml' }).end(text);
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
  return { endpoint: `http://127.0.0.1:${port}`, throttled: () => throttled };
};

/** With the headers as they are: the host is signed. */
const forwarded = (endpoint: string, { method, url, headers }: IncomingMessage, body: string) =>
  new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const call = request(`${endpoint}${url ?? '/'}`, { method, headers }, (answer) => {
      textOf(answer).then((text) => resolve({ status: answer.statusCode ?? 500, text }), reject);
    });
    call.on('error', reject).end(body);
  });
