// What `npm start`, `npm test` and their kin do before the program can run: continue on a newer Node where this one is
// too old, install what is missing, build. Plain JavaScript without dependencies, for it runs in a bare clone.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MINIMUM_NODE = [22, 20];
const NODE_FROM_NPM = 24;
const root = fileURLToPath(new URL('.', import.meta.url));
const say = (text) => process.stderr.write(`vigil: ${text}\n`);

const run = (command, args, options = {}) => {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) say(`cannot run \`${command}\`: ${error.message}`);
  return error ? 1 : (status ?? 1);
};
const must = (command, args, options) => {
  const status = run(command, args, options);
  if (status !== 0) process.exit(status);
};
const bin = (name) => `node_modules/.bin/${name}`;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const isOld = major < MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor < MINIMUM_NODE[1]);

/** Runs this very command again on a Node from the npm registry: its platform package holds the binary itself. */
const continueOnNewerNode = () => {
  if (process.env.VIGIL_BOOTSTRAPPED) {
    say(
      `Node ${process.version} is too old, and the one from npm did not come first on the PATH; install Node ${NODE_FROM_NPM}`,
    );
    return 1;
  }
  say(`Node ${process.version} is older than ${MINIMUM_NODE.join('.')}: continuing on Node ${NODE_FROM_NPM} from npm`);
  const nodePackage = `node-${process.platform}-${process.arch}@${NODE_FROM_NPM}`;
  return run('npx', ['--yes', '--package', nodePackage, '--', 'node', '.bootstrap.mjs', ...process.argv.slice(2)], {
    env: { ...process.env, VIGIL_BOOTSTRAPPED: '1', npm_config_update_notifier: 'false' },
  });
};

const modified = (path) => (existsSync(`${root}${path}`) ? statSync(`${root}${path}`).mtimeMs : 0);

const install = () => {
  if (modified('node_modules/.package-lock.json') >= modified('package-lock.json')) return;
  say('installing dependencies (npm ci)');
  must('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
};

const build = () => {
  say('building');
  must(bin('tsc'), ['-p', 'tsconfig.build.json']);
  chmodSync(`${root}dist/cli/vigil.js`, 0o755);
};

/**
 * The report tests need a browser, the emulator's tests the AWS CLI and Python's boto3, those of the history and of the workers
 * PostgreSQL's programs; all are Debian packages.
 */
const installTestPrograms = () => {
  const missing = [
    ['chromium', existsSync('/usr/bin/chromium')],
    ['awscli', existsSync('/usr/bin/aws')],
    ['python3-boto3', existsSync('/usr/lib/python3/dist-packages/boto3/__init__.py')],
    ['postgresql', hasPostgres()],
  ].flatMap(([name, isThere]) => (isThere ? [] : [name]));
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    say(`the tests need ${missing.join(' and ')}: install with \`apt-get install ${missing.join(' ')}\` as root`);
    process.exit(1);
  }
  say(`installing ${missing.join(' and ')} (apt-get)`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (missing.includes('postgresql')) withoutServer();
  must('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  must('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
};

/** Whether a server of some version is there: its client and what versions share come alone, and stay where a server is removed. */
const hasPostgres = () => {
  const programs = '/usr/lib/postgresql';
  const versions = existsSync(programs) ? readdirSync(programs) : [];
  return versions.some((version) => existsSync(`${programs}/${version}/bin/initdb`));
};

/** Debian's package makes and starts a server of its own, which no test asks for. */
const withoutServer = () => {
  mkdirSync('/etc/postgresql-common/createcluster.d', { recursive: true });
  writeFileSync('/etc/postgresql-common/createcluster.d/vigil-tests.conf', 'create_main_cluster = false\n');
};

const CHECKS = [
  ['types', 'tsc', ['--noEmit', '-p', '.']],
  ['lint', 'biome', ['ci', '.']],
  ['lint with types', 'eslint', ['src', 'test']],
  ['layers', 'depcruise', ['--config', '.dependency-cruiser.mjs', 'src']],
  ['dead code', 'knip', []],
  ['dead code in production', 'knip', ['--production']],
];

// Where processes are killed at every step, not at some, and workers of 200 accounts instead of 12.
const KILLED = [
  'test/nights/killed-night',
  'test/nights/organization-workers',
  'src/store/several-processes',
  'src/outbox/killed-delivery',
];

const commands = {
  // From nothing, since what is packed must hold no output of a source that is gone.
  build: () => {
    install();
    rmSync(`${root}dist`, { recursive: true, force: true });
    build();
    return 0;
  },
  start: (args) => {
    install();
    build();
    say('auditing the embedded demo account');
    return run(process.execPath, ['dist/cli/vigil.js', 'audit', '--emulated', ...args]);
  },
  test: (args) => {
    install();
    installTestPrograms();
    build();
    say('running the tests');
    return run(bin('vitest'), ['run', ...args]);
  },
  'test:long': (args) => {
    install();
    say('comparing the engine with the naive evaluator at length');
    const runs = { VIGIL_PROPERTY_RUNS: '100000', VIGIL_SOAK_RUNS: '200', VIGIL_ORGANIZATION_ACCOUNTS: '200' };
    const env = { ...process.env, ...runs, VIGIL_KILL_STRIDE: '1' };
    const compared = run(bin('vitest'), ['run', 'test/property', '--testTimeout=3600000', ...args], { env });
    if (compared !== 0 || args.length > 0) return compared;
    build();
    say('having a daemon audit 200 times, and nights killed at every step');
    return run(bin('vitest'), ['run', 'test/soak', ...KILLED], { env });
  },
  check: () => {
    install();
    const failed = CHECKS.filter(([what, program, args]) => {
      say(`checking ${what}`);
      return run(bin(program), args) !== 0;
    }).map(([what]) => what);
    say('checking generated tables');
    if (run(process.execPath, ['test/docs/generate-docs.ts', '--check']) !== 0) failed.push('generated tables');
    say(failed.length === 0 ? 'all checks passed' : `failed: ${failed.join(', ')}`);
    return failed.length === 0 ? 0 : 1;
  },
  quality: () => {
    install();
    return run(process.execPath, ['test/quality/run.ts']);
  },
  bench: (args) => {
    install();
    build();
    const commands = run(process.execPath, ['test/bench/commands.ts', ...args]);
    const engine = commands || run(process.execPath, ['--expose-gc', 'test/bench/engine.ts']);
    const escalation = engine || run(process.execPath, ['--expose-gc', 'test/bench/escalation.ts']);
    const changes = escalation || run(process.execPath, ['test/bench/changes.ts']);
    const emulator = changes || run(process.execPath, ['test/bench/emulator.ts']);
    return emulator || run(process.execPath, ['test/bench/organization.ts']);
  },
};

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  say(`usage: node .bootstrap.mjs ${Object.keys(commands).join('|')}`);
  process.exit(2);
}
process.exit(isOld ? continueOnNewerNode() : command(args));
