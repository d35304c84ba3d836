// The process of an emulator that is measured from outside: says where it listens, and on each message what it used.
import { startEmulator } from '../../src/emulator/emulator-server.ts';
import { toInstant } from '../../src/kernel/time.ts';
import { ACCOUNT_FILE, DETAILS_FILE } from '../../src/snapshot/snapshot-files.ts';
import { type AccountSize, generatedAccount } from './generated-account.ts';

const [size = '{}', enforce = 'false', stateFile = ''] = process.argv.slice(2);
const { account, authorizationDetails } = generatedAccount(JSON.parse(size) as AccountSize);
const files = { [ACCOUNT_FILE]: JSON.stringify(account), [DETAILS_FILE]: JSON.stringify(authorizationDetails) };
const started = await startEmulator({
  initial: { kind: 'snapshot', name: 'generated', files },
  clock: { now: () => toInstant(Date.now()) },
  enforce: enforce === 'true',
  stateFile: stateFile === '' ? undefined : stateFile,
});
if (!started.ok) throw new Error(started.error.slice(0, 5).join('\n'));

process.on('message', (what) => {
  if (what === 'memory') globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ cpuMs: (user + system) / 1000, rssMiB: rss / 1024 / 1024, heapMiB: heapUsed / 1024 / 1024 });
});
process.on('disconnect', () => process.exit(0));
process.send?.(started.value.endpoint);
