import { type DestinationStream, destination, pino, stdTimeFunctions } from 'pino';
import type { Logger } from '../ports/logger.ts';

// What nobody may read, should it ever stand in a field under its name. Values of the class `Secret` redact themselves.
const SECRET_FIELDS = [
  'password',
  'token',
  'secret',
  'authorization',
  'secretAccessKey',
  'sessionToken',
  'routingKey',
  'signingKey',
];

/** A log of one JSON object a line, on standard error where no other stream is given; each line is written before the call returns. */
export const jsonLogger = (stream: DestinationStream = destination({ dest: 2, sync: true })): Logger => {
  const log = pino(
    {
      base: null,
      messageKey: 'message',
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      redact: { paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    },
    stream,
  );
  return {
    info: (message, fields = {}) => log.info(fields, message),
    warn: (message, fields = {}) => log.warn(fields, message),
    error: (message, fields = {}) => log.error(fields, message),
  };
};
