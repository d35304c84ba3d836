import { z } from 'zod';
import { CATEGORIES, SEVERITIES } from '../finding/check-result.ts';
import { ORGANIZATION_FILES, REPORT_FILES, REPORT_FORMATS } from '../report/report-format.ts';
import { routeTimes } from './route-times.ts';
import { wholeNumber } from './whole-number.ts';

const name = z.string().min(1).max(500);

/** Where a secret is found; it never stands in the configuration itself. */
export const secretReference = z
  .strictObject(
    {
      env: z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable')
        .optional(),
      file: name.optional(),
    },
    {
      error: ({ code }) =>
        code === 'invalid_type'
          ? 'must be `{ env: NAME }` or `{ file: PATH }`: a secret does not stand in this file'
          : undefined,
    },
  )
  .superRefine(({ env, file }, context) => {
    if ((env === undefined) === (file === undefined)) {
      context.addIssue({ code: 'custom', message: 'must have one of `env` and `file`' });
    }
  });

/** Where a secret is found. */
export type SecretReference = z.infer<typeof secretReference>;

const address = z
  .string()
  .regex(
    /^(?:[^<>\r\n"]{1,200} )?<?[^\s<>@,;"]+@[A-Za-z0-9.-]+>?$/,
    'must be a mail address, such as `vigil@example.com`',
  );
const account = z
  .string('must be the 12 digits of an account, in quotes')
  .regex(/^\d{12}$/, 'must be the 12 digits of an account, in quotes');

const common = {
  name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be letters, digits, `-` and `_`, at most 64'),
  severity: z.enum(SEVERITIES).default('high'),
  categories: z.array(z.enum(CATEGORIES)).default([]),
  accounts: z.array(account).default([]),
  owners: z.array(name).default([]),
  gaps: z.boolean().default(true),
  ...routeTimes,
} as const;

const resolved = (told: boolean) => z.boolean().default(told);

const aws = {
  region: z.string().min(1).optional(),
  profile: z.string().min(1).optional(),
  endpointUrl: z.url({ protocol: /^https?$/, error: 'must be a URL, such as `http://127.0.0.1:4566`' }).optional(),
} as const;

const ATTACHABLE = [REPORT_FORMATS, ...Object.values(REPORT_FILES), ...Object.values(ORGANIZATION_FILES)].flat();

const email = z
  .strictObject({
    channel: z.literal('email'),
    ...common,
    resolved: resolved(false),
    host: z.string().regex(/^[A-Za-z0-9.:-]+$/, 'must be the name of an SMTP server, such as `smtp.example.com`'),
    port: z.number().int().min(1).max(65_535).optional(),
    security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
    user: name.optional(),
    password: secretReference.optional(),
    from: address,
    to: z.array(address).min(1).max(50),
    attach: z.array(z.enum(ATTACHABLE)).default([]),
    attachLimitMegabytes: wholeNumber(1, 100).default(10),
  })
  .superRefine(({ user, password, security, attach, accounts, owners }, context) => {
    if (attach.length > 0 && accounts.length + owners.length > 0) {
      const message =
        'would tell the route of all accounts, which `accounts` and `owners` keep from it: leave out either';
      context.addIssue({ code: 'custom', path: ['attach'], message });
    }
    if ((user === undefined) !== (password === undefined)) {
      context.addIssue({ code: 'custom', message: 'must have both `user` and `password`, or neither' });
    }
    if (password !== undefined && security === 'none') {
      const message = 'would send the password in the open: use `starttls` or `tls`';
      context.addIssue({ code: 'custom', path: ['security'], message });
    }
  });

/** One route: a channel with what it needs, and what it is told. */
export const alertRoute = z.discriminatedUnion(
  'channel',
  [
    z.strictObject({ channel: z.literal('slack'), ...common, resolved: resolved(false), url: secretReference }),
    email,
    z.strictObject({
      channel: z.literal('webhook'),
      ...common,
      resolved: resolved(true),
      url: secretReference,
      signingKey: secretReference,
    }),
    z.strictObject({
      channel: z.literal('pagerduty'),
      ...common,
      resolved: resolved(true),
      routingKey: secretReference,
      url: z
        .url({ protocol: /^https?$/, error: 'must be a URL, such as `https://events.eu.pagerduty.com/v2/enqueue`' })
        .default('https://events.pagerduty.com/v2/enqueue'),
    }),
    z.strictObject({
      channel: z.literal('sns'),
      ...common,
      resolved: resolved(false),
      topicArn: z
        .string()
        .regex(
          /^arn:[^:]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_.-]{1,256}$/,
          'must be the ARN of a topic, such as `arn:aws:sns:eu-west-1:111122223333:vigil`',
        ),
      ...aws,
    }),
    z.strictObject({
      channel: z.literal('eventbridge'),
      ...common,
      resolved: resolved(true),
      eventBus: name,
      ...aws,
    }),
  ],
  'must have a `channel`: slack, email, webhook, pagerduty, sns or eventbridge',
);

/** One route: a channel with what it needs, and what it is told. */
export type AlertRoute = z.infer<typeof alertRoute>;
