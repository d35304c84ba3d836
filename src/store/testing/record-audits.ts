// A process that records audits: FILE ACCOUNT FIRST-NIGHT NIGHTS [KILL-AT]. With KILL-AT it kills itself before that call of
// the database's driver, counted from 1.
import { DatabaseSync } from 'node:sqlite';
import { addDays } from '../../kernel/time.ts';
import { at, auditOf, findingAbout, opened, recordAudit } from './history-example.ts';

const [file = '', accountId = '', firstNight = '', nights = '1', killAt = '0'] = process.argv.slice(2);

let calls = 0;
const countCall = (): void => {
  calls += 1;
  if (calls === Number(killAt)) process.kill(process.pid, 'SIGKILL');
};
const { prepare, exec } = DatabaseSync.prototype;
DatabaseSync.prototype.prepare = function (...args) {
  countCall();
  return prepare.apply(this, args);
};
DatabaseSync.prototype.exec = function (...args) {
  countCall();
  exec.apply(this, args);
};

const history = await opened(file);
for (let night = 0; night < Number(nights); night += 1) {
  const startedAt = addDays(at(firstNight), night);
  const files = new Map([['account.json', startedAt]]);
  const findings = ['A', 'B'].map((name) => findingAbout(`${name}${accountId}`, { accountId }));
  await recordAudit(history, auditOf(startedAt, findings, { accountId, files }));
}
await history.close();
process.stdout.write(String(calls));
