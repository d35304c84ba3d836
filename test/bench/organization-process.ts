// The process of an emulated organization: says where it listens, and on each message which calls it answered.
import { writeFileSync } from 'node:fs';
import { accountSchema } from '../../src/account/account-file.ts';
import { cloudWithOrganization } from '../../src/account/file/organization.ts';
import { organizationSchema } from '../../src/account/file/organization-schema.ts';
import { moment } from '../../src/account/file/values.ts';
import { startEmulator } from '../../src/emulator/emulator-server.ts';
import { journalStart } from '../../src/emulator/journal.ts';
import { toInstant } from '../../src/kernel/time.ts';
import { generatedOrganization } from './generated-organization.ts';

const [count = '10', open = 'false', stateFile = ''] = process.argv.slice(2);
const now = toInstant(Date.now());
const { accounts, organization } = generatedOrganization(Number(count), open === 'true');
const [main, ...members] = accounts.map((account) => accountSchema({ now }).parse(account).main);
if (main === undefined) throw new Error('an organization has an account');
const cloud = cloudWithOrganization(
  [main, ...members],
  organizationSchema(moment(now)).parse(organization),
  now,
  (path, message) => {
    throw new Error(`${path.join('.')}: ${message}`);
  },
);
// A file of all accounts would take the YAML parser minutes: the emulator goes on where another one stopped.
const initial = { kind: 'account-file', name: 'first.yaml', text: `accountId: "${main.accountId}"` } as const;
writeFileSync(stateFile, journalStart({ startedAt: now, initial, saved: { cloud, isInitial: true, events: [] } }));
const started = await startEmulator({
  initial,
  // The SDK holds the expiry of sessions against the clock of the machine.
  clock: { now: () => toInstant(Date.now()) },
  stateFile,
});
if (!started.ok) throw new Error(started.error.slice(0, 5).join('\n'));

process.on('message', () => process.send?.(Object.fromEntries(started.value.requests)));
process.on('disconnect', () => process.exit(0));
process.send?.(started.value.endpoint);
