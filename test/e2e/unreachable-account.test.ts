import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AuditReport } from '../../src/finding/audit-report.ts';
import { runVigil } from './run-vigil.ts';

let directory = '';
let server: Server | undefined;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
});
afterEach(() => {
  server?.close();
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const errorBody = (code: string, message: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`;
const identityBody = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/auditor</Arn><UserId>AIDAEXAMPLE</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** Serves an answer to every request, by the request's action. */
const serve = async (answer: (action: string) => { status: number; body: string }): Promise<string> => {
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const { status, body: text } = answer(new URLSearchParams(body).get('Action') ?? '');
      response.writeHead(status, { 'content-type': 'text/xml' }).end(text);
    });
  });
  const listening = server;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
};

const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'do-not-show', AWS_REGION: 'us-east-1' };
const audit = (endpoint: string, environment: Record<string, string>) =>
  runVigil(['audit', '--endpoint-url', endpoint, '--out', 'report'], directory, environment);

describe('an account that cannot be read', () => {
  it('is told in one line with exit code 3 where the endpoint is dead', async () => {
    const endpoint = await serve(() => ({ status: 500, body: '' }));
    await new Promise((resolve) => server?.close(resolve));
    const { exitCode, stdout, stderr } = await audit(endpoint, keys);
    expect({ exitCode, stdout, lines: stderr.trim().split('\n').length }).toEqual({
      exitCode: 3,
      stdout: '',
      lines: 1,
    });
    expect(stderr).toContain(endpoint);
    expect(readdirSync(directory)).not.toContain('report');
  });

  it('is told in one line where the credentials are refused, without the secret', async () => {
    const body = errorBody('InvalidClientTokenId', 'The security token included in the request is invalid.');
    const { exitCode, stderr } = await audit(await serve(() => ({ status: 403, body })), keys);
    expect({ exitCode, lines: stderr.trim().split('\n').length }).toEqual({ exitCode: 3, lines: 1 });
    expect(stderr).toContain('AWS does not know the access key');
    expect(stderr).not.toContain('do-not-show');
  });

  it('is told in one line where there are no credentials at all', async () => {
    const { exitCode, stderr } = await audit(await serve(() => ({ status: 500, body: '' })), {
      AWS_REGION: 'us-east-1',
    });
    expect({ exitCode, lines: stderr.trim().split('\n').length }).toEqual({ exitCode: 3, lines: 1 });
    expect(stderr).toMatch(/credentials/);
  });
});

describe('an account that denies everything', () => {
  it('gives a report full of gaps, where nothing passes', async () => {
    const denied = errorBody('AccessDenied', 'User: auditor is not authorized to perform this');
    const endpoint = await serve((action) =>
      action === 'GetCallerIdentity' ? { status: 200, body: identityBody } : { status: 403, body: denied },
    );
    const { exitCode, stdout } = await audit(endpoint, keys);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Incomplete');
    const report: AuditReport = JSON.parse(readFileSync(join(directory, 'report', 'findings.json'), 'utf8'));
    const [account] = report.accounts;
    expect(account?.complete).toBe(false);
    expect(account?.coverage.filter(({ status }) => status === 'read')).toEqual([]);
    expect(report.findings.every(({ outcome }) => outcome === 'unknown')).toBe(true);
    expect(report.findings.length).toBeGreaterThan(10);
  });
});
