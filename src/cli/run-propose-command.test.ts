import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { printSnapshotFiles } from '../snapshot/snapshot-directory.ts';
import { documents, roleDetail } from '../snapshot/testing/documents-builder.ts';
import { allow } from '../snapshot/testing/policy-builder.ts';
import { EXIT } from './exit-codes.ts';
import type { ProposeOptions } from './propose-options.ts';
import { runProposeCommand } from './run-propose-command.ts';
import type { Terminal } from './terminal.ts';

const APP = 'arn:aws:iam::123456789012:role/app';
const SMALLER = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['*'] }] };

let directory: string;
let work: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-propose-'));
  work = mkdtempSync(join(tmpdir(), 'vigil-proposed-'));
  const saved = documents({
    details: {
      RoleDetailList: [
        roleDetail('app', {
          RolePolicyList: [{ PolicyName: 'app', PolicyDocument: allow(['s3:GetObject', 'sqs:SendMessage']) }],
        }),
        roleDetail('unasked', { RolePolicyList: [{ PolicyName: 'own', PolicyDocument: allow('s3:GetObject') }] }),
      ],
    },
    lastAccessed: {
      [APP]: [{ ServiceNamespace: 's3', LastAuthenticated: '2025-12-31T00:00:00Z' }, { ServiceNamespace: 'sqs' }],
    },
  });
  for (const [file, text] of printSnapshotFiles(saved)) writeFileSync(join(directory, file), text);
});

afterEach(() => {
  rmSync(directory, { recursive: true });
  rmSync(work, { recursive: true });
});

const run = async (name: string, options: Partial<ProposeOptions> = {}) => {
  const printed: string[] = [];
  const said: string[] = [];
  const terminal: Terminal = {
    print: (line) => void printed.push(line),
    say: (line) => void said.push(line),
    progress: { phase: () => {}, step: () => {} },
    style: (_, text) => text,
  };
  const exitCode = await runProposeCommand(name, { from: directory, unusedDays: 90, ...options }, terminal);
  return { exitCode, printed, said: said.join('\n') };
};

describe('vigil propose', () => {
  it('prints nothing but the policy, and says beside it what would change', async () => {
    const { exitCode, printed, said } = await run('role/app');
    expect(exitCode).toBe(EXIT.done);
    expect(JSON.parse(printed.join('\n'))).toEqual(SMALLER);
    expect(said).toContain(`${APP}#inline/app /Statement/0\n    - sqs:SendMessage`);
    expect(said).toContain('verified: nothing used or kept is lost, nothing unused is left');
  });

  it('writes the policy to a file, and touches nothing beside it', async () => {
    writeFileSync(join(work, 'notes.txt'), 'mine');
    const { exitCode, printed } = await run(APP, { out: join(work, 'app.json') });
    expect(exitCode).toBe(EXIT.done);
    expect(JSON.parse(readFileSync(join(work, 'app.json'), 'utf8'))).toEqual(SMALLER);
    expect(printed.join('\n')).toContain('- sqs:SendMessage');
    expect(readdirSync(work).sort()).toEqual(['app.json', 'notes.txt']);
  });

  it('prints the policy, the changes and the verification as one object for programs', async () => {
    const { printed } = await run('app', { json: true, keep: ['sqs:Send*'] });
    expect(printed).toHaveLength(1);
    expect(JSON.parse(printed[0] ?? '')).toMatchObject({
      principal: APP,
      changes: [],
      removed: [],
      verification: { lost: [], left: [] },
    });
  });

  it('keeps what the configuration says beside what the option says', async () => {
    const config = join(work, 'vigil.yaml');
    writeFileSync(config, "propose:\n  keep: ['sqs:Send*']\n");
    const { printed } = await run('app', { json: true, config, keep: ['s3:Get*'] });
    expect(JSON.parse(printed[0] ?? '')).toMatchObject({ changes: [], removed: [] });
  });

  it('counts what CloudTrail shows as used, and tells on which resources', async () => {
    const event = {
      eventTime: '2025-12-30T00:00:00Z',
      eventSource: 'sqs.amazonaws.com',
      eventName: 'SendMessageBatch',
      userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::123456789012:assumed-role/app/i-1' },
      resources: [{ ARN: 'arn:aws:sqs:eu-central-1:123456789012:orders' }],
    };
    writeFileSync(join(work, 'log.json'), JSON.stringify({ Records: [event] }));
    const { printed, said } = await run('role/app', { cloudtrail: [work] });
    expect(JSON.parse(printed.join('\n'))).toMatchObject({
      Statement: [{ Action: ['s3:GetObject', 'sqs:SendMessage'] }],
    });
    expect(said).toContain('  CloudTrail shows sqs:SendMessage on arn:aws:sqs:eu-central-1:123456789012:orders');
    const json = await run('role/app', { cloudtrail: [work], json: true });
    expect(JSON.parse(json.printed[0] ?? '')).toMatchObject({
      seen: [{ service: 'sqs', action: 'SendMessage', lastUsed: '2025-12-30T00:00:00Z' }],
    });
  });

  it('proposes nothing for somebody whose use is not known, or who is nobody', async () => {
    const unasked = await run('unasked');
    expect([unasked.exitCode, unasked.printed]).toEqual([EXIT.noAudit, []]);
    expect(unasked.said).toContain('is not known');
    expect((await run('nobody')).exitCode).toBe(EXIT.usage);
    expect((await run('root')).exitCode).toBe(EXIT.usage);
  });
});
