import type { Severity } from '../finding/check-result.ts';
import type { Told } from '../finding/told.ts';
import { epochMillis, type Instant } from '../kernel/time.ts';
import type { RouteFilter } from './told-item.ts';

/** A route with what it is told again, and when it is told that all is well. */
export interface NewsRoute extends RouteFilter {
  /** After how many days a finding of each severity that is still open is told again. */
  readonly remindAfterDays?: Readonly<Partial<Record<Severity, number | undefined>>> | undefined;
  readonly heartbeat?: 'weekly' | undefined;
}

/** A route, what it was told before, and the audit that there may be news of. */
export interface RouteMemory {
  readonly route: NewsRoute;
  /** What it was told last, by key. */
  readonly known: ReadonlyMap<string, Told>;
  /** When the audit began. */
  readonly startedAt: Instant;
  /** The time by the clock that delivers. */
  readonly at: Instant;
}

/** What the route was told of something; a later audit knows better than this one where it is `outdated`. */
export const recall = ({ known, startedAt }: RouteMemory, key: string): Told | 'outdated' | null => {
  const before = known.get(key);
  if (before === undefined) return null;
  return before.asOf > startedAt ? 'outdated' : before;
};

/** What the route knows once it is told. */
export const toldNow = (
  { route, startedAt, at }: RouteMemory,
  what: Pick<Told, 'accountId' | 'key' | 'stance'>,
): Told => ({ ...what, route: route.name, asOf: startedAt, toldAt: at });

/** What the route would know if it were told: how it stands is kept, and that nothing was said. */
export const keptQuiet = ({ startedAt }: RouteMemory, before: Told, stance: string): Told => ({
  ...before,
  stance,
  asOf: startedAt,
});

const DAY_MS = 86_400_000;

/** Whether so many days have passed; an audit that comes up to half a day early is no reason to wait for the next. */
export const hasBeen = (days: number, since: Instant, now: Instant): boolean =>
  epochMillis(now) - epochMillis(since) >= (days - 0.5) * DAY_MS;
