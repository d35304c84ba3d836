import type { TranscriptEntry } from '../../../finding/check-result.ts';

/** What the replay of a path on a copy of the account showed. */
export interface Proof {
  /**
   * `proven`: every request was carried out. `derived`: a service would act that the emulated account does not have; it
   * refused nothing. `refused`: it refused a request, or what the path promises did not come true. `not-replayed`: nobody
   * tried.
   */
  readonly kind: 'proven' | 'derived' | 'refused' | 'not-replayed';
  /** Why it is not `proven`, in words; null: it is. */
  readonly reason: string | null;
  readonly transcript: readonly TranscriptEntry[];
}
