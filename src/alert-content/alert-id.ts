import { createHash } from 'node:crypto';

/** The id of an alert with such parts: the same for the same. */
export const alertId = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
