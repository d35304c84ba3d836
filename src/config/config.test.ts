import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

const file = (text: string) => ({ name: 'vigil.yaml', text });

describe('loadConfig', () => {
  it('gives every option its default where there is no file', () => {
    expect(loadConfig(null, {})).toEqual({
      ok: true,
      value: {
        aws: { maxConcurrency: 8 },
        accounts: { list: [], maxConcurrency: 4 },
        collect: {
          regions: [],
          resources: true,
          organization: true,
          identityCenter: true,
          accessAnalyzer: true,
          lastAccessed: true,
          cacheHours: 24,
          cloudTrail: [],
          cloudTrailDays: 0,
          attribution: true,
        },
        audit: { failOnNew: false, requireComplete: false },
        escalation: { crownJewels: [] },
        propose: { keep: [] },
        history: { maxAgeDays: 400, maxRuns: 1000 },
        suppressions: { files: [], maxDays: { critical: 30, high: 90, medium: 180, low: 365, info: 365 } },
        owners: { rules: [] },
        alerts: { timeoutSeconds: 10, deadAfterDays: 1, giveUpAfterDays: 7, routes: [] },
        daemon: {
          groups: [{ name: 'nightly', cron: '30 2 * * *', timeZone: 'UTC', jitterSeconds: 0 }],
          catchUp: true,
          overdueAfterMinutes: 120,
          deadlineMinutes: 360,
          stopSeconds: 8,
        },
        queue: {
          enabled: false,
          concurrency: 1,
          accountsAtOnce: 16,
          retries: 3,
          retrySeconds: 60,
          heartbeatSeconds: 60,
          jobMinutes: 120,
        },
        http: { host: '127.0.0.1' },
        report: {
          directory: 'reports',
          formats: ['html', 'csv', 'json'],
          destinations: [],
          evidence: false,
          maxRuns: 0,
        },
        checks: { disabled: [], options: {}, trustedAccounts: [] },
      },
    });
  });

  it('lets the environment override the file', () => {
    const result = loadConfig(file('aws: { region: eu-west-1, maxConcurrency: 4 }\n'), {
      VIGIL_AWS_REGION: 'us-east-1',
      VIGIL_REPORT_FORMATS: 'json, csv',
      VIGIL_AUDIT_REQUIRE_COMPLETE: 'true',
    });
    expect(result).toMatchObject({
      ok: true,
      value: {
        aws: { region: 'us-east-1', maxConcurrency: 4 },
        report: { formats: ['json', 'csv'] },
        audit: { requireComplete: true },
      },
    });
  });

  it.each([
    ['an unknown section', 'awss: {}', 'vigil.yaml:1:1: the file: unknown key `awss`'],
    ['an unknown option', 'aws:\n  regoin: x', 'vigil.yaml:2:3: aws: unknown key `regoin`'],
    ['a wrong type', 'report:\n  directory: [1]', 'vigil.yaml:2:14: report.directory: must be text'],
    ['a severity that does not exist', 'audit: { failOn: urgent }', 'vigil.yaml:1:18: audit.failOn: '],
    ['a role ARN that is none', 'aws: { roleArn: vigil }', 'vigil.yaml:1:17: aws.roleArn: must be the ARN of a role'],
    ['a concurrency of none', 'aws: { maxConcurrency: 0 }', 'vigil.yaml:1:24: aws.maxConcurrency: '],
    [
      'an account id that is none',
      'checks: { trustedAccounts: [{ id: "1", name: x }] }',
      'checks.trustedAccounts.0.id: must be',
    ],
    ['a limit of no day', 'suppressions: { maxDays: { high: 0 } }', 'vigil.yaml:1:34: suppressions.maxDays.high: '],
    [
      'a severity without limit',
      'suppressions: { maxDays: { urgent: 1 } }',
      'suppressions.maxDays: unknown key `urgent`',
    ],
    ['an owner of nothing', 'owners: { rules: [{ owner: a }] }', 'vigil.yaml:1:19: owners.rules.0: must have one of'],
    ['an owner of two things', 'owners: { rules: [{ tag: a, path: /b/ }] }', 'owners.rules.0: must have one of'],
    ['a path without owner', 'owners: { rules: [{ path: /b/ }] }', 'owners.rules.0: must say who the `owner` is'],
    [
      'a tag with an owner',
      'owners: { rules: [{ tag: a, owner: b }] }',
      'vigil.yaml:1:36: owners.rules.0.owner: must not name an `owner`',
    ],
    [
      'a path that is none',
      'owners: { rules: [{ path: b, owner: a }] }',
      'vigil.yaml:1:27: owners.rules.0.path: must be',
    ],
    [
      'a pattern of names',
      'owners: { rules: [{ pattern: b*, owner: a }] }',
      'owners.rules.0.pattern: must be a pattern',
    ],
    ['text that is no YAML', 'aws: {', 'vigil.yaml:1:7: not YAML: '],
  ])('refuses %s, naming file, line and place', (_, text, message) => {
    const result = loadConfig(file(text), {});
    expect(result.ok ? [] : result.error.join('\n')).toContain(message);
  });

  it('names the environment variable whose value does not fit', () => {
    const result = loadConfig(null, { VIGIL_AWS_MAX_CONCURRENCY: 'lots', VIGIL_AUDIT_FAIL_ON: 'x' });
    expect(result.ok ? [] : result.error.map((line) => line.split(':', 1)[0])).toEqual([
      'VIGIL_AWS_MAX_CONCURRENCY',
      'VIGIL_AUDIT_FAIL_ON',
    ]);
  });

  it('freezes what it gives', () => {
    const result = loadConfig(null, {});
    expect(result.ok && Object.isFrozen(result.value.report.formats)).toBe(true);
  });
});
