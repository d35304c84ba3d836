import { z } from 'zod';
import { secretReference } from './alert-route.ts';
import { wholeNumber } from './whole-number.ts';

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** The daemon's own web server: health, metrics and reports. Off where no port is given. */
export const httpSection = z
  .strictObject({
    port: wholeNumber(1, 65_535).optional().meta({
      description: 'port at which the daemon serves `/healthz`, `/readyz`, `/metrics` and `/reports/` (default: none)',
      env: 'VIGIL_HTTP_PORT',
      example: 9464,
    }),
    host: z
      .string()
      .regex(/^[A-Za-z0-9.:-]+$/, 'must be an address or a name of this machine, such as `127.0.0.1`')
      .default('127.0.0.1')
      .meta({
        description: 'address to listen at; one that other machines reach needs a `token`',
        env: 'VIGIL_HTTP_HOST',
      }),
    token: secretReference.optional().meta({
      description:
        'what who asks for metrics or reports must know, as a bearer token or as the password of any user: `{ env: NAME }` or `{ file: PATH }`',
      example: { file: '/run/secrets/vigil-http-token' },
    }),
  })
  .superRefine(({ port, host, token }, context) => {
    if (port === undefined || token !== undefined || LOOPBACK.has(host)) return;
    const message = `\`${host}\` may be reached by others: give a \`token\`, or listen at 127.0.0.1`;
    context.addIssue({ code: 'custom', path: ['host'], message });
  });
