import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { type GroupRecord, newRecord } from './group-record.ts';
import { reasonOf } from './reason-of.ts';

/** Where the records of the groups are kept. */
export interface RecordStore {
  load(): readonly GroupRecord[];
  save(records: readonly GroupRecord[]): void;
}

/** The records of the groups, saved with every change. */
export interface RecordKeeper {
  /** What is known of a group; one that was never seen begins now. */
  of(name: string): GroupRecord;
  put(record: GroupRecord): void;
  /** Knows these groups, from now on, and no others. */
  keepOnly(names: ReadonlySet<string>): void;
}

/** The records that a store holds. Where it cannot be written, the log says so and the daemon goes on. */
export const keepRecords = (store: RecordStore, clock: Clock, log: Logger): RecordKeeper => {
  const records = new Map(store.load().map((record) => [record.name, record]));
  const save = (): void => {
    try {
      store.save([...records.values()]);
    } catch (error) {
      log.error('what is known of the groups could not be saved', { reason: reasonOf(error) });
    }
  };
  const of = (name: string): GroupRecord => records.get(name) ?? newRecord(name, clock.now());
  return {
    of,
    put: (record) => {
      records.set(record.name, record);
      save();
    },
    keepOnly: (names) => {
      for (const name of records.keys()) if (!names.has(name)) records.delete(name);
      for (const name of names) records.set(name, of(name));
      save();
    },
  };
};
