import { type Activity, type GroupStatus, groupStatus } from './daemon-status.ts';
import type { Group } from './group.ts';
import { missedRun } from './group-record.ts';
import { type GroupTimerParts, startGroupTimer } from './group-timers.ts';
import { performRun, type Running, type RunParts } from './perform-run.ts';
import { reasonOf } from './reason-of.ts';
import { keepRecords, type RecordStore } from './record-keeper.ts';
import { RunGate } from './run-gate.ts';
import { createRunQueue, type QueuedRun, type RunQueue, type Trigger } from './run-queue.ts';
import { keepDoing, settlesWithin } from './timers.ts';
import { watchOverdue } from './watch-overdue.ts';

/** What a daemon stands on. */
export interface DaemonParts extends GroupTimerParts, RunParts {
  readonly records: RecordStore;
  /** Tells people that something is wrong with the daemon's work. */
  readonly tell: (message: string) => Promise<void>;
  /** What is to be done now and then beside the runs. */
  readonly chores: () => Promise<void>;
}

/** What is audited, and how patient the daemon is. */
export interface DaemonSettings {
  readonly groups: readonly Group[];
  readonly catchUp: boolean;
  readonly overdueAfterMinutes: number;
  /** How long a run may take before it is written. */
  readonly deadlineMinutes: number;
}

const TICK_MS = 30_000;
/** What is being written when the time to finish is over is written to its end, which takes moments. */
const WRITE_MS = 10_000;

/** Groups that are audited on their schedules, one after the other. */
export class Daemon {
  readonly #parts: DaemonParts;
  readonly #records;
  readonly #queue: RunQueue;
  #settings: DaemonSettings;
  #stops: readonly (() => void)[] = [];
  #running: Running | null = null;
  /** Of the run under way. */
  #gate = new RunGate();
  #isStopping = false;

  constructor(parts: DaemonParts, settings: DaemonSettings) {
    this.#parts = parts;
    this.#settings = settings;
    this.#records = keepRecords(parts.records, parts.clock, parts.log);
    this.#queue = createRunQueue(async (run) => {
      const group = this.#groupOf(run.group);
      if (group === null) return { kind: 'abandoned' };
      this.#gate = new RunGate();
      return performRun({ ...run, group }, parts, {
        records: this.#records,
        gate: this.#gate,
        deadlineMinutes: this.#settings.deadlineMinutes,
        note: (running) => {
          this.#running = running;
        },
      });
    });
  }

  /** Begins, and makes up for what was missed. */
  start(): void {
    this.#arm();
    const { clock, log } = this.#parts;
    for (const group of this.#settings.groups) {
      const due = missedRun(this.#records.of(group.name), group, clock.now());
      if (due === null) continue;
      const { catchUp } = this.#settings;
      log.warn('run missed', { group: group.name, due, catchUp });
      if (catchUp) this.#begin(group, 'catch-up');
    }
  }

  /** Takes new settings; the run under way goes on by the old ones. */
  reload(settings: DaemonSettings): void {
    this.#disarm();
    this.#settings = settings;
    this.#queue.drop(({ group }) => this.#groupOf(group) !== null);
    this.#arm();
  }

  /** A run of the group: that which waits or is under way, else a new one. Null: there is no such group. */
  request(name: string): QueuedRun | null {
    if (this.#isStopping || this.#groupOf(name) === null) return null;
    const pending = [this.#queue.current(), ...this.#queue.waiting()].find((run) => run?.group === name);
    return pending ?? this.#queue.add(name, 'request');
  }

  /** How each group fares. */
  status(): readonly GroupStatus[] {
    return this.#settings.groups.map((group) =>
      groupStatus(group, this.#records.of(group.name), {
        now: this.#parts.clock.now(),
        graceMinutes: this.#settings.overdueAfterMinutes,
        activity: this.#activityOf(group.name),
      }),
    );
  }

  /** Begins nothing more, gives the run under way so long to finish, and then abandons it. Whether it had finished. */
  async stop(graceMilliseconds: number): Promise<boolean> {
    this.#isStopping = true;
    this.#disarm();
    this.#queue.drop(() => false);
    const { timers } = this.#parts;
    if (await settlesWithin(timers, graceMilliseconds, this.#queue.idle())) return true;
    if (!this.#gate.abandon()) return settlesWithin(timers, WRITE_MS, this.#queue.idle());
    const under = this.#queue.current();
    // It did not end the process, so that it is missed, and made up for, at the next start.
    if (under !== null) this.#records.put({ ...this.#records.of(under.group), unfinished: 0 });
    return false;
  }

  #groupOf(name: string): Group | null {
    return this.#settings.groups.find((group) => group.name === name) ?? null;
  }

  #activityOf(name: string): Activity {
    if (this.#queue.current()?.group === name && this.#running !== null) return this.#running;
    return { kind: this.#queue.waiting().some(({ group }) => group === name) ? 'queued' : 'idle' };
  }

  #begin({ name }: Group, trigger: Trigger): void {
    if (this.#queue.add(name, trigger) === null)
      this.#parts.log.warn('run left out, since one of its group waits or is under way', { group: name, trigger });
  }

  #arm(): void {
    const { groups } = this.#settings;
    this.#records.keepOnly(new Set(groups.map(({ name }) => name)));
    this.#stops = [
      ...groups.map((group) => startGroupTimer(group, this.#parts, () => this.#begin(group, 'schedule'))),
      keepDoing(this.#parts.timers, TICK_MS, () => this.#tick()),
    ];
  }

  #disarm(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  async #tick(): Promise<void> {
    const { clock, log, tell, chores } = this.#parts;
    const graceMinutes = this.#settings.overdueAfterMinutes;
    try {
      for (const group of this.#settings.groups) {
        await watchOverdue(group, { records: this.#records, graceMinutes, clock, log, tell });
      }
      await chores();
    } catch (error) {
      log.error('chores failed', { reason: reasonOf(error) });
    }
  }
}
