import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Instant, toInstant } from '../kernel/time.ts';
import { startCronTimer } from './cron-timer.ts';
import { nextDue } from './due-instants.ts';
import { parseSchedule, type Schedule } from './schedule.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const schedule = (cron: string, timeZone: string): Schedule => {
  const parsed = parseSchedule(cron, timeZone);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

/** What the timer told from a moment on, over so many days. */
const told = async (one: Schedule, from: string, days: number): Promise<readonly Instant[]> => {
  vi.setSystemTime(from);
  const due: Instant[] = [];
  const stop = startCronTimer(one, (instant) => due.push(instant));
  await vi.advanceTimersByTimeAsync(days * 86_400_000);
  stop();
  await vi.advanceTimersByTimeAsync(2 * 86_400_000);
  return due;
};

const reckoned = (one: Schedule, from: string, days: number): readonly Instant[] => {
  const end = toInstant(Date.parse(from) + days * 86_400_000);
  const due: Instant[] = [];
  for (let at = nextDue(one, toInstant(Date.parse(from))); at !== null && at <= end; at = nextDue(one, at))
    due.push(at);
  return due;
};

describe('the timer fires at exactly the moments that are reckoned', () => {
  it.each([
    ['30 2 * * *', 'Europe/Berlin', '2027-03-26T12:00:00Z'],
    ['30 2 * * *', 'Europe/Berlin', '2027-10-29T12:00:00Z'],
    ['30 1,2 * * *', 'America/New_York', '2027-03-12T12:00:00Z'],
    ['30 1,2 * * *', 'America/New_York', '2027-11-05T12:00:00Z'],
    ['*/20 * * * *', 'Europe/Berlin', '2027-10-29T12:00:00Z'],
    ['0 0 * * *', 'America/Havana', '2027-03-12T12:00:00Z'],
    ['45 1 * * *', 'Australia/Lord_Howe', '2027-04-02T12:00:00Z'],
    ['15 2 * * *', 'Australia/Lord_Howe', '2027-10-01T12:00:00Z'],
    ['15 3 1,30 * 1-6', 'Asia/Kolkata', '2027-10-28T12:00:00Z'],
  ])('%s in %s from %s', async (cron, zone, from) => {
    const one = schedule(cron, zone);
    expect(await told(one, from, 5)).toEqual(reckoned(one, from, 5));
  });
});

describe('a moment that passes while the process cannot look', () => {
  it('is told when it looks again', async () => {
    vi.setSystemTime('2027-01-01T02:29:00Z');
    const due: Instant[] = [];
    const stop = startCronTimer(schedule('30 2 * * *', 'UTC'), (instant) => due.push(instant));
    vi.setSystemTime('2027-01-01T02:40:00Z');
    await vi.advanceTimersByTimeAsync(120_000);
    stop();
    expect(due).toEqual(['2027-01-01T02:30:00Z']);
  });
  it('is told after days asleep, each moment of them', async () => {
    vi.setSystemTime('2027-01-01T02:29:00Z');
    const due: Instant[] = [];
    const stop = startCronTimer(schedule('30 2 * * *', 'UTC'), (instant) => due.push(instant));
    vi.setSystemTime('2027-01-03T12:00:00Z');
    await vi.advanceTimersByTimeAsync(120_000);
    stop();
    expect(due).toEqual(['2027-01-01T02:30:00Z', '2027-01-02T02:30:00Z', '2027-01-03T02:30:00Z']);
  });
});
