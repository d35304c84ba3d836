// `npm run bench`: whole processes of the built command, by the CPU time and memory the operating system counted.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RUNS = 7;
const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const program = path('../../dist/cli/vigil.js');
const usageReporter = path('./report-usage.mjs');

interface Usage {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly peakMiB: number;
}

const measure = (args: readonly string[]): Usage => {
  const begin = performance.now();
  const { status, output, stderr } = spawnSync(process.execPath, ['--import', usageReporter, program, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`vigil ${args.join(' ')} exited with ${status}: ${stderr}`);
  const [cpuMs = 0, peakMiB = 0] = (output[3] ?? '').split(' ').map(Number);
  return { cpuMs, peakMiB, wallMs: performance.now() - begin };
};

const median = (values: readonly number[]): string =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]?.toFixed(0) ?? '';

const directory = mkdtempSync(join(tmpdir(), 'vigil-bench-'));
try {
  const snapshot = join(directory, 'snapshot');
  const out = join(directory, 'report');
  measure(['collect', '--emulated', '--out', snapshot]);
  const details = join(snapshot, 'authorization-details.json');
  const scenarios: readonly (readonly [string, readonly string[]])[] = [
    ['vigil --version', ['--version']],
    ['vigil audit --authorization-details (demo)', ['audit', '--authorization-details', details, '--out', out]],
    ['vigil audit --from (demo)', ['audit', '--from', snapshot, '--out', out]],
    ['vigil audit --emulated', ['audit', '--emulated', '--out', out]],
  ];
  console.log(`median of ${RUNS} runs, Node ${process.version}`);
  console.log(`${'command'.padEnd(46)}${'cpu ms'.padStart(8)}${'wall ms'.padStart(9)}${'peak MiB'.padStart(10)}`);
  for (const [name, args] of scenarios) {
    const runs = Array.from({ length: RUNS }, () => measure(args));
    const column = (of: keyof Usage): string => median(runs.map((run) => run[of]));
    console.log(
      `${name.padEnd(46)}${column('cpuMs').padStart(8)}${column('wallMs').padStart(9)}${column('peakMiB').padStart(10)}`,
    );
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
