import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { runVigil } from './run-vigil.ts';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('the command line', () => {
  it('tells its version', async () => {
    expect(await runVigil(['--version'], directory)).toEqual({
      exitCode: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });

  it.each([['--help'], ['audit --help'], ['collect --help'], ['decide --help'], ['emulate --help'], ['policy --help']])(
    'explains itself with `%s`',
    async (line) => {
      const { exitCode, stdout, stderr } = await runVigil(line.split(' '), directory);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toMatch(/^Usage: vigil/);
    },
  );

  it.each([
    ['audti', 'audti'],
    ['audit --emulate', '--emulate'],
    ['audit --fail-on urgent', 'urgent'],
    ['audit --now yesterday', 'yesterday'],
    ['audit --format pdf', 'pdf'],
    ['audit --emulated --from somewhere', '--from'],
    ['audit --config missing.yaml', 'missing.yaml'],
    ['audit --credential-report report.csv', '--authorization-details'],
    ['collect', '--out'],
    ['emulate --port 99999', '99999'],
    ['emulate --host 0.0.0.0', '0.0.0.0'],
    ['emulate --account missing.yaml', 'missing.yaml'],
  ])('refuses `%s` with one line and exit code 2', async (line, named) => {
    const { exitCode, stdout, stderr } = await runVigil(line.split(' '), directory);
    expect({ exitCode, stdout, lines: stderr.trim().split('\n').length }).toEqual({
      exitCode: 2,
      stdout: '',
      lines: 1,
    });
    expect(stderr).toContain(named);
  });
});
