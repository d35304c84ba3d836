import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../schedule/schedule.ts';
import { Daemon, type DaemonParts, type DaemonSettings } from './daemon.ts';
import type { Group } from './group.ts';
import type { GroupRecord } from './group-record.ts';
import type { RunSurroundings } from './perform-run.ts';
import type { RunResult } from './run-result.ts';
import { type ManualTime, manualTime } from './testing/manual-timers.ts';

const group = (name: string, cron = '30 2 * * *', jitterSeconds = 0): Group => {
  const schedule = parseSchedule(cron, 'UTC');
  if (!schedule.ok) throw new Error(schedule.error);
  return { name, schedule: schedule.value, jitterSeconds, accounts: null };
};

const FAILED: RunResult = { kind: 'failed', messages: ['no credentials'], cause: 'no-audit' };
const done = (auditId: string): RunResult => ({
  kind: 'done',
  auditId,
  accounts: [],
  alerted: true,
  apiCalls: new Map(),
  throttledCalls: new Map(),
  files: [],
});

interface World {
  readonly daemon: Daemon;
  readonly time: ManualTime;
  /** `name@time` of every run that began. */
  readonly began: string[];
  readonly told: string[];
  readonly logged: string[];
  readonly saved: { records: readonly GroupRecord[] };
}

const world = (
  time: ManualTime,
  groups: readonly Group[],
  {
    perform = async () => done('a'),
    records = [],
    settings = {},
    random = () => 0,
    chores = async () => {},
  }: {
    readonly perform?: DaemonParts['perform'];
    readonly records?: readonly GroupRecord[];
    readonly settings?: Partial<DaemonSettings>;
    readonly random?: () => number;
    readonly chores?: () => Promise<void>;
  } = {},
): World => {
  const began: string[] = [];
  const told: string[] = [];
  const logged: string[] = [];
  const saved = { records };
  const log = (message: string, fields = {}): void => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const parts: DaemonParts = {
    clock: time,
    timers: time.timers,
    startTimer: time.startTimer,
    random,
    log: { info: log, warn: log, error: log },
    records: {
      load: () => saved.records,
      save: (next) => {
        saved.records = next;
      },
    },
    perform: (one, run) => {
      began.push(`${one.name}@${time.now()}`);
      return perform(one, run);
    },
    tell: async (message) => void told.push(message),
    chores,
    onEnd: () => {},
  };
  const daemon = new Daemon(parts, {
    groups,
    catchUp: true,
    overdueAfterMinutes: 120,
    deadlineMinutes: 360,
    ...settings,
  });
  return { daemon, time, began, told, logged, saved };
};

/** A run that ends after so many milliseconds. */
const lasting =
  (time: ManualTime, milliseconds: number, result: RunResult = done('a')): DaemonParts['perform'] =>
  () =>
    new Promise((resolve) => void time.timers.after(milliseconds, () => resolve(result)));

const record = (name: string, fields: Partial<GroupRecord>): GroupRecord => ({
  name,
  since: manualTime('2026-12-01T00:00:00Z').now(),
  lastSuccess: null,
  lastFailure: null,
  unfinished: 0,
  overdueTold: null,
  ...fields,
});
const success = (startedAt: string) => ({
  startedAt: manualTime(startedAt).now(),
  finishedAt: manualTime(startedAt).now(),
  auditId: 'a',
});

const MINUTE = 60_000;

describe('runs on schedule', () => {
  it('audits a group each night', async () => {
    const { daemon, time, began } = world(manualTime('2027-01-01T12:00:00Z'), [group('nightly')]);
    daemon.start();
    await time.advanceTo('2027-01-04T12:00:00Z');
    expect(began).toEqual([
      'nightly@2027-01-02T02:30:00Z',
      'nightly@2027-01-03T02:30:00Z',
      'nightly@2027-01-04T02:30:00Z',
    ]);
  });

  it('begins up to its jitter later', async () => {
    const { daemon, time, began } = world(manualTime('2027-01-01T12:00:00Z'), [group('nightly', '30 2 * * *', 300)], {
      random: () => 0.5,
    });
    daemon.start();
    await time.advanceTo('2027-01-02T12:00:00Z');
    expect(began).toEqual(['nightly@2027-01-02T02:32:30Z']);
  });

  it('does run where the jitter is longer than the time between two runs', async () => {
    const { daemon, time, began } = world(manualTime('2027-01-01T12:00:00Z'), [group('often', '* * * * *', 300)], {
      random: () => 0.5,
    });
    daemon.start();
    await time.advanceTo('2027-01-01T12:08:00Z');
    expect(began).toEqual(['often@2027-01-01T12:03:30Z', 'often@2027-01-01T12:06:30Z']);
  });

  it('runs groups that are due together one after the other', async () => {
    const time = manualTime('2027-01-01T12:00:00Z');
    const { daemon, began } = world(time, [group('a'), group('b')], { perform: lasting(time, 10 * MINUTE) });
    daemon.start();
    await time.advanceTo('2027-01-02T12:00:00Z');
    expect(began).toEqual(['a@2027-01-02T02:30:00Z', 'b@2027-01-02T02:40:00Z']);
  });

  it('leaves out a run that comes due while one of its group is under way, and says so', async () => {
    const time = manualTime('2027-01-01T12:00:00Z');
    const { daemon, began, logged } = world(time, [group('often', '*/10 * * * *')], {
      perform: lasting(time, 25 * MINUTE),
    });
    daemon.start();
    await time.advanceTo('2027-01-01T13:05:00Z');
    expect(began).toEqual(['often@2027-01-01T12:10:00Z', 'often@2027-01-01T12:40:00Z']);
    expect(logged.filter((line) => line.startsWith('run left out'))).toHaveLength(4);
  });

  it('goes on after a run that throws, and keeps why', async () => {
    let runs = 0;
    const { daemon, time, began, saved } = world(manualTime('2027-01-01T12:00:00Z'), [group('nightly')], {
      perform: async () => {
        runs += 1;
        if (runs === 1) throw new Error('out of luck');
        return done('b');
      },
    });
    daemon.start();
    await time.advanceTo('2027-01-03T12:00:00Z');
    expect(began).toHaveLength(2);
    expect(saved.records).toMatchObject([{ lastFailure: { reason: 'out of luck' }, lastSuccess: { auditId: 'b' } }]);
  });

  it('says at the start which of its moments the clocks skip or double', () => {
    const berlin = parseSchedule('30 2 * * *', 'Europe/Berlin');
    if (!berlin.ok) throw new Error(berlin.error);
    const { daemon, logged } = world(manualTime('2027-01-01T12:00:00Z'), [
      { ...group('berlin'), schedule: berlin.value },
    ]);
    daemon.start();
    expect(logged.join()).toContain('{"localTime":"2027-03-28T02:30","kind":"skipped"}');
    expect(logged.join()).toContain('{"localTime":"2027-10-31T02:30","kind":"doubled"}');
  });
});

describe('what was missed while no daemon ran', () => {
  const at = '2027-01-03T09:00:00Z';
  const began = async (records: readonly GroupRecord[], settings: Partial<DaemonSettings> = {}) => {
    const { daemon, time, began: runs } = world(manualTime(at), [group('nightly')], { records, settings });
    daemon.start();
    await time.advanceTo('2027-01-03T10:00:00Z');
    return runs;
  };

  it('is made up for once, however much it was', async () => {
    expect(await began([record('nightly', { lastSuccess: success('2026-12-20T02:30:00Z') })])).toEqual([
      `nightly@${at}`,
    ]);
  });
  it('is nothing where the last moment was kept', async () => {
    expect(await began([record('nightly', { lastSuccess: success('2027-01-03T02:30:00Z') })])).toEqual([]);
  });
  it('is nothing where the last moment ended in a failure, which was told', async () => {
    const lastFailure = { ...success('2027-01-03T02:31:00Z'), reason: 'no credentials' };
    expect(await began([record('nightly', { lastFailure })])).toEqual([]);
  });
  it('is nothing where the group was never seen', async () => {
    expect(await began([])).toEqual([]);
  });
  it('is left where the configuration says so', async () => {
    expect(await began([record('nightly', {})], { catchUp: false })).toEqual([]);
  });
  it('is made up for after a run that was cut off', async () => {
    expect(await began([record('nightly', { unfinished: 2 })])).toEqual([`nightly@${at}`]);
  });
  it('is left where three runs ended the process', async () => {
    expect(await began([record('nightly', { unfinished: 3 })])).toEqual([]);
  });
  it('is counted as cut off before the run begins', async () => {
    const time = manualTime(at);
    const { daemon, saved } = world(time, [group('nightly')], {
      records: [record('nightly', {})],
      perform: lasting(time, 1e9),
    });
    daemon.start();
    await time.advanceTo('2027-01-03T09:00:01Z');
    expect(saved.records).toMatchObject([{ unfinished: 1, lastSuccess: null }]);
  });
});

describe('a group that is overdue', () => {
  it('is told once, with the reason, until a run succeeds', async () => {
    let result: RunResult = FAILED;
    const { daemon, time, told } = world(manualTime('2027-01-01T12:00:00Z'), [group('nightly')], {
      perform: async () => result,
    });
    daemon.start();
    await time.advanceTo('2027-01-02T04:30:00Z');
    expect(told).toEqual([]);
    await time.advanceTo('2027-01-02T04:31:00Z');
    const first = 'the audit of group `nightly`, due at 2027-01-02T02:30:00Z, is overdue: no credentials';
    expect(told).toEqual([first]);
    expect(daemon.status()[0]?.overdueSince).toBe('2027-01-02T02:30:00Z');
    await time.advanceTo('2027-01-03T12:00:00Z');
    expect(told).toEqual([first]);
    result = done('a');
    await time.advanceTo('2027-01-04T12:00:00Z');
    expect(daemon.status()[0]?.overdueSince).toBeNull();
    result = FAILED;
    await time.advanceTo('2027-01-05T12:00:00Z');
    expect(told).toEqual([
      first,
      'the audit of group `nightly`, due at 2027-01-05T02:30:00Z, is overdue: no credentials',
    ]);
  });

  it('is told of a run that takes too long', async () => {
    const time = manualTime('2027-01-01T12:00:00Z');
    const { daemon, told } = world(time, [group('nightly')], { perform: lasting(time, 300 * MINUTE) });
    daemon.start();
    await time.advanceTo('2027-01-02T05:00:00Z');
    expect(told).toEqual(['the audit of group `nightly`, due at 2027-01-02T02:30:00Z, is overdue']);
  });

  it('is told again by no daemon that starts later', async () => {
    const told = manualTime('2027-01-02T02:30:00Z').now();
    const {
      daemon,
      time,
      told: messages,
    } = world(manualTime('2027-01-03T00:00:00Z'), [group('nightly')], {
      records: [record('nightly', { overdueTold: told })],
      settings: { catchUp: false },
    });
    daemon.start();
    await time.advanceTo('2027-01-03T02:00:00Z');
    expect(messages).toEqual([]);
  });

  it('does not end the chores, nor do chores that break end the daemon', async () => {
    let chores = 0;
    const { daemon, time, began } = world(manualTime('2027-01-01T12:00:00Z'), [group('nightly')], {
      chores: async () => {
        chores += 1;
        throw new Error('no disk');
      },
    });
    daemon.start();
    await time.advanceTo('2027-01-02T12:00:00Z');
    expect(chores).toBe(2880);
    expect(began).toHaveLength(1);
  });
});

describe('a run that somebody asks for', () => {
  it('begins at once, and shows how far it is', async () => {
    const { daemon, began } = world(manualTime('2027-01-01T12:00:00Z'), [group('nightly')], {
      perform: async (_, { progress }) => {
        progress.phase('collecting', 2);
        progress.step();
        return done('a');
      },
    });
    daemon.start();
    const seen: string[] = [];
    const run = daemon.request('nightly');
    run?.watchers.add({ phase: (name) => void seen.push(name), step: () => void seen.push('step') });
    expect(await run?.ended).toMatchObject({ kind: 'done', auditId: 'a' });
    expect(began).toEqual(['nightly@2027-01-01T12:00:00Z']);
    expect(seen).toEqual(['starting', 'collecting', 'step']);
  });
  it('is the one under way, where there is one', async () => {
    const time = manualTime('2027-01-02T02:00:00Z');
    const { daemon, began } = world(time, [group('nightly')], { perform: lasting(time, 10 * MINUTE) });
    daemon.start();
    await time.advanceTo('2027-01-02T02:31:00Z');
    const run = daemon.request('nightly');
    await time.advanceTo('2027-01-02T02:41:00Z');
    expect(await run?.ended).toMatchObject({ kind: 'done' });
    expect(began).toHaveLength(1);
  });
  it('is none where there is no such group', () => {
    const { daemon } = world(manualTime('2027-01-01T12:00:00Z'), [group('nightly')]);
    expect(daemon.request('__proto__')).toBeNull();
  });
});

describe('new settings', () => {
  it('take the place of the old schedules', async () => {
    const { daemon, time, began } = world(manualTime('2027-01-01T12:00:00Z'), [group('a'), group('b')]);
    daemon.start();
    daemon.reload({
      groups: [group('b', '0 5 * * *'), group('c')],
      catchUp: true,
      overdueAfterMinutes: 120,
      deadlineMinutes: 360,
    });
    await time.advanceTo('2027-01-02T12:00:00Z');
    expect(began).toEqual(['c@2027-01-02T02:30:00Z', 'b@2027-01-02T05:00:00Z']);
    expect(daemon.status().map(({ name }) => name)).toEqual(['b', 'c']);
  });
  it('leave the run under way alone, and drop one that waits for a group that is gone', async () => {
    const time = manualTime('2027-01-02T02:00:00Z');
    const { daemon, began, saved } = world(time, [group('a'), group('b')], { perform: lasting(time, 10 * MINUTE) });
    daemon.start();
    await time.advanceTo('2027-01-02T02:31:00Z');
    daemon.reload({ groups: [group('a')], catchUp: true, overdueAfterMinutes: 120, deadlineMinutes: 360 });
    await time.advanceTo('2027-01-02T03:00:00Z');
    expect(began).toEqual(['a@2027-01-02T02:30:00Z']);
    expect(saved.records).toMatchObject([{ name: 'a', lastSuccess: { auditId: 'a' } }]);
  });
});

describe('a run that takes too long', () => {
  it('fails at its deadline, may write nothing from then on, and lets the next one go', async () => {
    const time = manualTime('2027-01-02T02:00:00Z');
    let hung: RunSurroundings | undefined;
    const { daemon, began, saved, logged } = world(time, [group('a'), group('b')], {
      settings: { deadlineMinutes: 90 },
      perform: (one, run) => {
        if (one.name === 'b') return Promise.resolve(done('b'));
        hung = run;
        return new Promise(() => {});
      },
    });
    daemon.start();
    await time.advanceTo('2027-01-02T03:59:59Z');
    expect(began).toEqual(['a@2027-01-02T02:30:00Z']);
    await time.advanceTo('2027-01-02T04:00:00Z');
    expect(began).toEqual(['a@2027-01-02T02:30:00Z', 'b@2027-01-02T04:00:00Z']);
    expect(hung?.gate.abandoned.aborted).toBe(true);
    expect(hung?.gate.mayWrite()).toBe(false);
    const reason = 'the audit was abandoned, since it was not done within 90 minutes';
    expect(saved.records.find(({ name }) => name === 'a')).toMatchObject({ lastFailure: { reason }, unfinished: 0 });
    expect(logged.join('\n')).toContain('"cause":"deadline"');
  });

  it('is left to finish where it is being written by then', async () => {
    const time = manualTime('2027-01-02T02:00:00Z');
    const { daemon, saved } = world(time, [group('a')], {
      settings: { deadlineMinutes: 90 },
      perform: (one, run) => {
        run.gate.mayWrite();
        return lasting(time, 100 * MINUTE)(one, run);
      },
    });
    daemon.start();
    await time.advanceTo('2027-01-02T04:10:00Z');
    expect(saved.records).toMatchObject([{ lastSuccess: { auditId: 'a' }, lastFailure: null }]);
  });
});

describe('the end', () => {
  const stopping = async (perform: (time: ManualTime) => DaemonParts['perform'], until: string) => {
    const time = manualTime('2027-01-02T02:00:00Z');
    const one = world(time, [group('a'), group('b')], { perform: perform(time) });
    one.daemon.start();
    await time.advanceTo('2027-01-02T02:31:00Z');
    const waiting = one.daemon.request('b');
    const stopped = one.daemon.stop(8000);
    await time.advanceTo(until);
    return { ...one, stopped: await stopped, waiting: await waiting?.ended };
  };

  it('waits for a run that finishes in time, and begins none of those that wait', async () => {
    const { stopped, began, waiting } = await stopping((time) => lasting(time, 65_000), '2027-01-02T02:31:05Z');
    expect(stopped).toBe(true);
    expect(began).toEqual(['a@2027-01-02T02:30:00Z']);
    expect(waiting).toEqual({ kind: 'abandoned' });
  });

  it('abandons a run that does not, which may write nothing from then on and is missed at the next start', async () => {
    let surroundings: RunSurroundings | undefined;
    const { stopped, saved } = await stopping(
      (time) => (one, run) => {
        surroundings = run;
        return lasting(time, 1e9)(one, run);
      },
      '2027-01-02T02:31:08Z',
    );
    expect(stopped).toBe(false);
    expect(surroundings?.gate.mayWrite()).toBe(false);
    expect(saved.records.find(({ name }) => name === 'a')).toMatchObject({ unfinished: 0, lastSuccess: null });
  });

  it('gives a run that has begun to write time to write it all', async () => {
    const { stopped } = await stopping(
      (time) => (one, run) => {
        run.gate.mayWrite();
        return lasting(time, 75_000)(one, run);
      },
      '2027-01-02T02:31:15Z',
    );
    expect(stopped).toBe(true);
  });

  it('begins nothing more', async () => {
    const { daemon, time, began } = world(manualTime('2027-01-01T12:00:00Z'), [group('nightly')]);
    daemon.start();
    expect(await daemon.stop(8000)).toBe(true);
    await time.advanceTo('2027-01-05T12:00:00Z');
    expect(began).toEqual([]);
    expect(daemon.request('nightly')).toBeNull();
  });
});
