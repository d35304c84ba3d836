import { createHash } from 'node:crypto';

/** The id of a finding's element on the page, the same every night: what a link to the finding names. */
export const findingAnchor = (key: string): string => `f-${digest(key)}`;

/** The id of a principal's element on the page, the same every night. */
export const principalAnchor = (arn: string): string => `p-${digest(arn)}`;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);
