import type { AskedRequest, WriteEvent } from '../finding/write-event.ts';
import type { Instant } from '../kernel/time.ts';
import type { CollectionGap } from '../snapshot/collected.ts';

/** Somewhere it can be looked up who changed what in an account. */
export interface ActivitySource {
  /** The requests asked for that were answered in a time, in no order, and what of them could not be read. Never throws. */
  writes(question: ActivityQuestion): Promise<Activity>;
}

/** Which requests to look up. */
export interface ActivityQuestion {
  readonly accountId: string;
  readonly partition: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly requests: readonly AskedRequest[];
}

/** What was looked up. */
export interface Activity {
  readonly events: readonly WriteEvent[];
  readonly gaps: readonly ActivityGap[];
}

/** Events that could not be read, and why. */
export type ActivityGap = Pick<CollectionGap, 'reason' | 'detail'>;
