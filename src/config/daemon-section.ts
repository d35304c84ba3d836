import { z } from 'zod';
import { toInstant } from '../kernel/time.ts';
import { nextDue } from '../schedule/due-instants.ts';
import { parseSchedule } from '../schedule/schedule.ts';
import { wholeNumber } from './whole-number.ts';

const group = z
  .strictObject({
    name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be letters, digits, `-` and `_`, at most 64'),
    cron: z.string().max(200),
    timeZone: z.string().max(100).default('UTC'),
    jitterSeconds: z.number().int().min(0).max(21_600).default(0),
    accounts: z.array(z.string().min(1).max(200)).min(1).optional(),
  })
  .superRefine(({ cron, timeZone }, context) => {
    const schedule = parseSchedule(cron, timeZone);
    const problem = schedule.ok ? null : schedule.error;
    const isNever = schedule.ok && nextDue(schedule.value, toInstant(0)) === null;
    if (problem === null && !isNever) return;
    const path = [problem?.includes('is not a time zone') === true ? 'timeZone' : 'cron'];
    context.addIssue({ code: 'custom', path, message: problem ?? `\`${cron}\` never comes` });
  });

/** When `vigil daemon` audits what, and how patient it is. */
export const daemonSection = z.strictObject({
  groups: z
    .array(group)
    .min(1)
    .default([{ name: 'nightly', cron: '30 2 * * *', timeZone: 'UTC', jitterSeconds: 0 }])
    .superRefine((groups, context) => {
      for (const [index, { name }] of groups.entries()) {
        if (groups.findIndex((other) => other.name === name) !== index) {
          const message = `another group is called \`${name}\`: give each a name of its own`;
          context.addIssue({ code: 'custom', path: [index, 'name'], message });
        }
      }
    })
    .meta({
      description:
        'what is audited together, and when: `cron` is minute, hour, day of month, month, day of week (a day must fit both); `accounts` names entries of the configuration (default: all)',
      example: [
        { name: 'production', cron: '30 2 * * *', timeZone: 'Europe/Berlin', jitterSeconds: 300 },
        { name: 'sandbox', cron: '0 4 * * 1', accounts: ['sandbox'] },
      ],
    }),
  catchUp: z.stringbool().or(z.boolean()).default(true).meta({
    description: 'make up at the start for an audit that was missed while no daemon ran',
    env: 'VIGIL_DAEMON_CATCH_UP',
  }),
  overdueAfterMinutes: wholeNumber(1, 10_080).default(120).meta({
    description: 'a group is overdue, and the routes are told, when its audit is not done so long after it was due',
    env: 'VIGIL_DAEMON_OVERDUE_AFTER_MINUTES',
  }),
  deadlineMinutes: wholeNumber(1, 10_080).default(360).meta({
    description: 'an audit that is not about to be written so long after its begin is abandoned and counts as failed',
    env: 'VIGIL_DAEMON_DEADLINE_MINUTES',
  }),
  stopSeconds: wholeNumber(0, 3600).default(8).meta({
    description: 'how long an audit under way may take to finish after SIGTERM, before it is abandoned',
    env: 'VIGIL_DAEMON_STOP_SECONDS',
  }),
});
