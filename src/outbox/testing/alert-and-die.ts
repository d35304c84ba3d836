// A process that audits a night and delivers what is new of it to two webhooks: FILE URL NIGHT [KILL-AT]. With KILL-AT it kills
// itself before that step, counted from 1: a call of the database's driver, or one before or after an alert is sent.
import type { AlertChannel } from '../../ports/alert-channel.ts';
import { at, opened } from '../../store/testing/history-example.ts';
import { killAtStep } from '../../store/testing/kill-at-step.ts';
import { nightInOutbox, routeTold } from './night-in-outbox.ts';
import { drain, hookAt } from './tested-outbox.ts';

const [file = '', url = '', night = '', killAt = '0'] = process.argv.slice(2);

const { step, steps } = killAtStep(Number(killAt));
const now = at(night);
const clock = { now: () => now };
const afterSending: number[] = [];
const channelTo = (name: string): AlertChannel => {
  const { send } = hookAt(`${url}/${name}`, clock);
  return {
    send: async (alert) => {
      step();
      const sent = await send(alert);
      step();
      afterSending.push(steps());
      return sent;
    },
  };
};

const names = ['chat', 'pager'];
const history = await opened(file);
await nightInOutbox(history, now, { users: ['A', 'B'], routes: names.map((name) => routeTold(name)) });
const routes = names.map((name) => ({ name, channel: channelTo(name) }));
const { sent } = await drain(history.outbox, routes, clock, String(process.pid));
await history.close();
process.stdout.write(JSON.stringify({ steps: steps(), sent, afterSending }));
