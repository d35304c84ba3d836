import type { IAMClient } from '@aws-sdk/client-iam';
import pLimit from 'p-limit';
import type { Instant } from '../../kernel/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Progress } from '../../ports/progress.ts';
import type { CollectionGap, SourceName } from '../../snapshot/collected.ts';
import type { SnapshotDocuments } from '../../snapshot/snapshot-documents.ts';
import { COLLECTED_ACTIONS, type SourceAction } from './actions.ts';
import { isDenied, toCallError } from './error-text.ts';

/** Documents that were read; what is absent is a gap. */
export type ReadDocuments = Partial<Omit<SnapshotDocuments, 'account'>>;

/** Makes calls, and keeps account of what was read and what was not. */
export interface Reader {
  readonly iam: IAMClient;
  /** Does work whose calls are `action`'s, one step of progress; null where it failed, a gap about the subject. */
  read<T>(action: SourceAction, work: () => Promise<T>, subject?: string): Promise<T | null>;
  /**
   * Does the same work for each item, in the items' order, one step of progress each. An item that failed is null and
   * a gap about `subjectOf` it; where all failed the result is null, and the gap one about all.
   */
  readEach<Item, T>(
    action: SourceAction,
    items: readonly Item[],
    subjectOf: (item: Item) => string,
    work: (item: Item) => Promise<T>,
  ): Promise<readonly (T | null)[] | null>;
  /** Notes something that could not be read. */
  note(gap: Omit<CollectionGap, 'source'> & { readonly action: SourceAction }): void;
  /** Notes that a source was read, as of a time. */
  noteSource(source: SourceName, time: Instant): void;
  /** What was read, wholly or in part, by name. */
  sources(): readonly { readonly name: SourceName; readonly time: Instant }[];
  /** What could not be read, by source, action and subject. */
  gaps(): readonly CollectionGap[];
}

/** So many refusals, and not one answer: whoever asks lacks the permission, not one resource's. */
const REFUSALS_ARE_ENOUGH = 20;
/** Each failure has been retried many times before it counts. */
const FAILURES_ARE_ENOUGH = 5;

/** A reader over a client. `concurrency`: how many items of `readEach` are worked on at once. */
export const createReader = (iam: IAMClient, clock: Clock, progress: Progress, concurrency: number): Reader => {
  const gaps: CollectionGap[] = [];
  const sources = new Map<SourceName, Instant>();
  const note: Reader['note'] = (gap) => gaps.push({ source: COLLECTED_ACTIONS[gap.action], ...gap });
  const noteSource: Reader['noteSource'] = (source, time) => sources.set(source, time);
  const noteRead = (action: SourceAction) => noteSource(COLLECTED_ACTIONS[action], clock.now());

  return {
    iam,
    note,
    noteSource,
    async read(action, work, subject) {
      const attempt = await attemptTo(work);
      progress.step();
      if (attempt.ok) noteRead(action);
      else note({ action, subject: subject ?? null, ...attempt.failure });
      return attempt.ok ? attempt.value : null;
    },
    async readEach(action, items, subjectOf, work) {
      const attempts = await attemptEach(items, work, concurrency, progress);
      const failures = items.flatMap((item, index) => {
        const attempt = attempts[index];
        return attempt === undefined || attempt.ok ? [] : [{ subject: subjectOf(item), ...attempt.failure }];
      });
      const [first] = failures;
      const allFailed = first !== undefined && failures.length === items.length;
      if (!allFailed) noteRead(action);
      for (const failure of allFailed ? [{ ...first, subject: null }] : failures) note({ action, ...failure });
      return allFailed ? null : attempts.map((attempt) => (attempt.ok ? attempt.value : null));
    },
    sources: () => [...sources].map(([name, time]) => ({ name, time })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    gaps: () => gaps.toSorted((a, b) => (gapOrder(a) < gapOrder(b) ? -1 : 1)),
  };
};

type Failure = Pick<CollectionGap, 'reason' | 'detail'>;
type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

const attemptTo = async <T>(work: () => Promise<T>): Promise<Attempt<T>> => {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    return { ok: false, failure: toFailure(thrown) };
  }
};

/** So many at once, in any order; what stands to fail like the others is not tried any more. */
const attemptEach = async <Item, T>(
  items: readonly Item[],
  work: (item: Item) => Promise<T>,
  concurrency: number,
  progress: Progress,
): Promise<readonly Attempt<T>[]> => {
  const inFlight = pLimit(concurrency);
  const watch = createWatch();
  return inFlight.map(items, async (item) => {
    const attempt = watch.givenUp() ?? watch.see(await attemptTo(() => work(item)));
    progress.step();
    return attempt;
  });
};

/** What a thrown value says as a gap. */
export const toFailure = (thrown: unknown): Failure => {
  const error = toCallError(thrown);
  const detail = [error.name === 'Error' ? (error.code ?? '') : error.name, error.message].filter(Boolean).join(': ');
  return { reason: isDenied(error) ? 'denied' : 'failed', detail };
};

/** Watches the attempts of many like calls, and says when the rest would only fail too. */
const createWatch = () => {
  let answers = 0;
  let refusals = 0;
  let failuresInARow = 0;
  let last: Failure | null = null;
  return {
    see<T>(attempt: Attempt<T>): Attempt<T> {
      if (attempt.ok || attempt.failure.detail.startsWith('NoSuchEntity')) {
        answers += 1;
        failuresInARow = 0;
      } else {
        last = attempt.failure;
        if (last.reason === 'denied') refusals += 1;
        else failuresInARow += 1;
      }
      return attempt;
    },
    givenUp(): { readonly ok: false; readonly failure: Failure } | null {
      const enough = (answers === 0 && refusals >= REFUSALS_ARE_ENOUGH) || failuresInARow >= FAILURES_ARE_ENOUGH;
      if (!enough || last === null) return null;
      return { ok: false, failure: { reason: last.reason, detail: `not asked, after others failed: ${last.detail}` } };
    },
  };
};

const gapOrder = ({ source, action, subject }: CollectionGap): string => `${source} ${action} ${subject ?? ''}`;
