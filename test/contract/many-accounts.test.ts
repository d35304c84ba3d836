import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuditOptions } from '../../src/cli/audit-options.ts';
import { EXIT } from '../../src/cli/exit-codes.ts';
import { runAuditCommand } from '../../src/cli/run-audit-command.ts';
import { runRunsCommand } from '../../src/cli/run-runs-command.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { ACCOUNTS, EXTERNAL_ID, HUB, runningOrganization } from './organization-night.ts';

let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-many-'));
  vi.stubEnv('AWS_ACCESS_KEY_ID', HUB.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', HUB.secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  vi.stubEnv('AWS_PROFILE', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true });
});

const withTerminal = async (command: (terminal: Terminal) => Promise<number>) => {
  const lines: string[] = [];
  const exitCode = await command({
    print: (line) => void lines.push(line),
    say: (line) => void lines.push(line),
    progress: { phase: () => {}, step: () => {} },
    style: (_, text) => text,
  });
  return { exitCode, said: lines.join('\n') };
};

const configure = (endpoint: string, accounts: string): string => {
  const file = join(directory, 'vigil.yaml');
  const iamAlone =
    'resources: false, organization: false, identityCenter: false, accessAnalyzer: false, lastAccessed: false';
  writeFileSync(file, `aws: { endpointUrl: "${endpoint}" }\ncollect: { ${iamAlone} }\naccounts: ${accounts}\n`);
  return file;
};

const audit = (config: string, options: Partial<AuditOptions> = {}) =>
  withTerminal((terminal) =>
    runAuditCommand(
      { config, out: join(directory, 'report'), history: join(directory, 'history.sqlite'), ...options },
      terminal,
    ),
  );

const ORGANIZATION = `{ organization: { roleName: vigil-audit, externalId: ${EXTERNAL_ID} } }`;

describe('vigil audit of many accounts', () => {
  it('tells in every place which were expected and not read, and is not complete', { timeout: 60_000 }, async () => {
    const config = configure(await runningOrganization(['production', 'payments']), ORGANIZATION);
    const { exitCode, said } = await audit(config);
    expect(exitCode).toBe(EXIT.done);
    expect(said).toContain('Accounts: 2 of 4 accounts read, 1 suspended');
    expect(said).toContain('  payments 333333333333: failed: role `arn:aws:iam::333333333333:role/vigil-audit` cannot');
    const report = (file: string): string => readFileSync(join(directory, 'report', file), 'utf8');
    expect(report('report.html')).toContain('Not every account could be audited: 2 of 4 accounts read');
    expect(
      report('accounts.csv')
        .split('\r\n')
        .map((row) => row.split(',').slice(0, 4)),
    ).toMatchObject([
      ['account_id', 'account_alias', 'name', 'status'],
      [ACCOUNTS.management, '', expect.any(String), 'collected'],
      [ACCOUNTS.production, '', 'production', 'collected'],
      [ACCOUNTS.payments, '', 'payments', 'failed'],
      [ACCOUNTS.closed, '', 'closed', 'suspended'],
      [''],
    ]);
    expect(JSON.parse(report('findings.json'))).toMatchObject({
      expected: expect.arrayContaining([expect.objectContaining({ name: 'payments', status: 'failed' })]),
    });
    const runs = await withTerminal((terminal) =>
      runRunsCommand({ config, history: join(directory, 'history.sqlite') }, terminal),
    );
    expect(runs.said).toContain('(not read: 1 failed, 1 suspended)');
    expect(await audit(config, { requireComplete: true })).toMatchObject({ exitCode: EXIT.incomplete });
  });

  it('audits those alone that are asked for by name', { timeout: 60_000 }, async () => {
    const config = configure(await runningOrganization(['production', 'payments']), ORGANIZATION);
    const { exitCode, said } = await audit(config, { accounts: ['production'], requireComplete: true });
    expect(exitCode).toBe(EXIT.done);
    expect(said.match(/^Account \d+/gm)).toEqual([`Account ${ACCOUNTS.production}`]);
    expect(await audit(config, { accounts: ['elsewhere'] })).toEqual({
      exitCode: EXIT.usage,
      said: 'vigil: no account is called `elsewhere`: see `accounts` of the configuration',
    });
  });

  it('ends with 3 where not one account can be read, and says why of each', { timeout: 60_000 }, async () => {
    const endpoint = await runningOrganization(['payments']);
    const role = `{ name: payments, roleArn: "arn:aws:iam::${ACCOUNTS.payments}:role/vigil-audit" }`;
    const config = configure(endpoint, `{ list: [${role}, { name: nowhere, id: "999999999999" }] }`);
    const { exitCode, said } = await audit(config);
    expect(exitCode).toBe(EXIT.noAudit);
    expect(said.split('\n').map((line) => line.slice(0, 50))).toEqual([
      'vigil: account 333333333333 (payments): role `arn:',
      'vigil: account 999999999999 (nowhere): the credent',
    ]);
  });

  it('refuses options about one account', async () => {
    const config = configure('http://127.0.0.1:1', '{ list: [{ id: "111122223333" }] }');
    expect(await audit(config, { organization: 'organization.json' })).toEqual({
      exitCode: EXIT.usage,
      said: 'vigil: --organization is about one account; give it with the account’s own options',
    });
  });
});
