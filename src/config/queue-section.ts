import { z } from 'zod';
import { wholeNumber } from './whole-number.ts';

/** How an audit of many accounts is shared among processes. */
export const queueSection = z.strictObject({
  enabled: z.stringbool().or(z.boolean()).default(false).meta({
    description:
      'the daemon only plans its audits, and `vigil worker` processes, as many as wanted on as many machines, do them account by account; the queue is in the PostgreSQL database of the history',
    env: 'VIGIL_QUEUE_ENABLED',
  }),
  concurrency: wholeNumber(1, 16).default(1).meta({
    description: 'accounts that a worker audits at once, each in a process of its own',
    env: 'VIGIL_QUEUE_CONCURRENCY',
  }),
  accountsAtOnce: wholeNumber(1, 1000).default(16).meta({
    description:
      'accounts of the organization that all workers together audit at once: they share the limits of the management account and of its roles',
    env: 'VIGIL_QUEUE_ACCOUNTS_AT_ONCE',
  }),
  retries: wholeNumber(0, 20).default(3).meta({
    description: 'how often an audit of an account that failed is tried again, before the night goes on without it',
    env: 'VIGIL_QUEUE_RETRIES',
  }),
  retrySeconds: wholeNumber(1, 3600).default(60).meta({
    description: 'how long the first of these tries waits; each further one waits about twice as long',
    env: 'VIGIL_QUEUE_RETRY_SECONDS',
  }),
  heartbeatSeconds: wholeNumber(10, 3600).default(60).meta({
    description: 'what a worker had in hand is given to another when it was not heard of for so long',
    env: 'VIGIL_QUEUE_HEARTBEAT_SECONDS',
  }),
  jobMinutes: wholeNumber(1, 1440).default(120).meta({
    description:
      'how long the audit of an account, or the report of a night, may take before it is ended and tried again',
    env: 'VIGIL_QUEUE_JOB_MINUTES',
  }),
});
