import { z } from 'zod';
import { alertRoute } from './alert-route.ts';
import { wholeNumber } from './whole-number.ts';

/** Who is told what after an audit, and how. */
export const alertsSection = z.strictObject({
  reportUrl: z
    .url({ protocol: /^https?$/, error: 'must be the http or https address that `report.directory` is served at' })
    .optional()
    .meta({
      description: 'where `report.directory` is served: alerts link to `REPORT-URL/RUN/report.html`',
      env: 'VIGIL_ALERTS_REPORT_URL',
      example: 'https://vigil.example.com/reports',
    }),
  timeoutSeconds: wholeNumber(1, 120).default(10).meta({
    description: 'how long one try to send an alert may take',
    env: 'VIGIL_ALERTS_TIMEOUT_SECONDS',
  }),
  deadAfterDays: wholeNumber(1, 30).default(1).meta({
    description:
      'a route that could not be reached for so many days is dead, and another route is told; of a destination of reports all are',
    env: 'VIGIL_ALERTS_DEAD_AFTER_DAYS',
  }),
  giveUpAfterDays: wholeNumber(1, 365).default(7).meta({
    description:
      'an alert that could not be delivered for so many days is given up, and so are reports for a destination',
    env: 'VIGIL_ALERTS_GIVE_UP_AFTER_DAYS',
  }),
  routes: z
    .array(alertRoute)
    .default([])
    .superRefine((routes, context) => {
      for (const [index, { name }] of routes.entries()) {
        if (routes.findIndex((other) => other.name === name) !== index) {
          const message = `another route is called \`${name}\`: give each a name of its own`;
          context.addIssue({ code: 'custom', path: [index, 'name'], message });
        }
      }
    })
    .meta({
      description:
        'who is told what, and how: see the section on alerts. A secret is the name of an environment variable, `{ env: NAME }`, or of a file, `{ file: PATH }`',
      example: [
        { name: 'security', channel: 'slack', url: { env: 'SLACK_WEBHOOK_URL' }, severity: 'high' },
        {
          name: 'owners',
          channel: 'email',
          host: 'smtp.example.com',
          user: 'vigil',
          password: { file: '/run/secrets/smtp' },
          from: 'vigil@example.com',
          to: ['platform@example.com'],
          owners: ['platform team'],
        },
      ],
    }),
});
