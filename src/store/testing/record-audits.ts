// A process that records audits: FILE ACCOUNT FIRST-NIGHT NIGHTS [KILL-AT]. With KILL-AT it kills itself before that call of
// the database's driver, counted from 1.
import { addDays } from '../../kernel/time.ts';
import { at, auditOf, findingAbout, opened, recordAudit } from './history-example.ts';
import { killAtStep } from './kill-at-step.ts';

const [file = '', accountId = '', firstNight = '', nights = '1', killAt = '0'] = process.argv.slice(2);

const { steps } = killAtStep(Number(killAt));
const history = await opened(file);
for (let night = 0; night < Number(nights); night += 1) {
  const startedAt = addDays(at(firstNight), night);
  const files = new Map([['account.json', startedAt]]);
  const findings = ['A', 'B'].map((name) => findingAbout(`${name}${accountId}`, { accountId }));
  await recordAudit(history, auditOf(startedAt, findings, { accountId, files }));
}
await history.close();
process.stdout.write(String(steps()));
