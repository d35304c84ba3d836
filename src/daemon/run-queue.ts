import type { RunResult } from './run-result.ts';

/** Why a run began. */
export type Trigger = 'schedule' | 'catch-up' | 'request';

/** Whoever waits for a run and wants to see how far it is. */
export interface Watcher {
  phase(name: string, total?: number): void;
  step(): void;
}

/** A run that waits or is under way. */
export interface QueuedRun {
  readonly group: string;
  readonly trigger: Trigger;
  readonly watchers: Set<Watcher>;
  /** Settles when the run has ended, however it did. */
  readonly ended: Promise<RunResult>;
}

/** Runs one after the other, none of a group twice. */
export interface RunQueue {
  /** The run under way; null: none. */
  current(): QueuedRun | null;
  waiting(): readonly QueuedRun[];
  /** Adds a run of a group; null where one of that group waits or is under way already. */
  add(group: string, trigger: Trigger): QueuedRun | null;
  /** Drops the runs that wait for which `keep` is false: they end as abandoned. */
  drop(keep: (run: QueuedRun) => boolean): void;
  /** Settles when nothing is under way and nothing waits. */
  idle(): Promise<void>;
}

type Perform = (run: QueuedRun) => Promise<RunResult>;

interface Entry {
  readonly run: QueuedRun;
  readonly end: (result: RunResult) => void;
}

/** A queue of runs; `perform` must not throw. */
export const createRunQueue = (perform: Perform): RunQueue => {
  let current: QueuedRun | null = null;
  let waiting: readonly Entry[] = [];
  let working: Promise<void> = Promise.resolve();

  const work = async (): Promise<void> => {
    for (let entry = waiting[0]; entry !== undefined; entry = waiting[0]) {
      waiting = waiting.slice(1);
      current = entry.run;
      const result = await perform(entry.run);
      current = null;
      entry.end(result);
    }
  };

  return {
    current: () => current,
    waiting: () => waiting.map(({ run }) => run),
    add: (group, trigger) => {
      if (current?.group === group || waiting.some(({ run }) => run.group === group)) return null;
      let end: Entry['end'] = () => {};
      const ended = new Promise<RunResult>((resolve) => {
        end = resolve;
      });
      const run = { group, trigger, watchers: new Set<Watcher>(), ended };
      waiting = [...waiting, { run, end }];
      if (current === null && waiting.length === 1) working = working.then(work);
      return run;
    },
    drop: (keep) => {
      const dropped = waiting.filter(({ run }) => !keep(run));
      waiting = waiting.filter(({ run }) => keep(run));
      for (const { end } of dropped) end({ kind: 'abandoned' });
    },
    idle: () => working,
  };
};
