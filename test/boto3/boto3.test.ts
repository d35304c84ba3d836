import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/cli/system-clock.ts';
import { startEmulator } from '../../src/emulator/emulator-server.ts';

const run = promisify(execFile);

/** Debian's, with its package `python3-boto3`; `npm test` installs both. */
const program = '/usr/bin/python3';

/** Runs one file of Python tests against an account of its own; what failed stands in the error. */
const runTests = async (file: string): Promise<void> => {
  const initial = { kind: 'account-file', name: 'account.yaml', text: '{}' } as const;
  const emulator = await startEmulator({ initial, clock: systemClock });
  if (!emulator.ok) throw new Error(emulator.error.join('\n'));
  onTestFinished(() => emulator.value.close());
  // The clients are thrown away with their connections open, which Python warns of.
  await run(program, ['-B', '-W', 'ignore::ResourceWarning', '-m', 'unittest', '--quiet', file], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: {
      PATH: '/usr/bin:/bin',
      HOME: '/nonexistent',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
      VIGIL_ENDPOINT: emulator.value.endpoint,
    },
  });
};

describe('Python’s boto3 at the emulated account', () => {
  it.each(['test_session.py', 'test_entities.py', 'test_policies.py', 'test_services.py'])(
    'finds what it finds at AWS: %s',
    runTests,
    120_000,
  );
});
