import type { Instant } from '../kernel/time.ts';

/**
 * The id of an audit by the time that it began: `20261123T023000Z`. What begins in the same second, or belongs to the audit of a
 * whole organization, has more after it: `20261123T023000Z-2`, `20261123T023000Z-nightly-111122223333`. Ids sort by time.
 */
export const runIdAt = (startedAt: Instant): string => startedAt.replaceAll(/[-:]/g, '');

/** Whether a name is the id of an audit. */
export const isRunId = (name: string): boolean => /^\d{8}T\d{6}Z(-[A-Za-z0-9_-]{1,150})?$/.test(name);
