import { createHash } from 'node:crypto';

/** The id of a finding's element on the page, the same every night: what a link to the finding names. */
export const findingAnchor = (key: string): string =>
  `f-${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
