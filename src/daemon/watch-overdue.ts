import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Group } from './group.ts';
import { overdueSince } from './group-record.ts';
import type { RecordKeeper } from './record-keeper.ts';

/** Says that a group is overdue, if it is and nobody was told yet: a success ends it. */
export const watchOverdue = async (
  group: Group,
  {
    records,
    graceMinutes,
    clock,
    log,
    tell,
  }: {
    readonly records: RecordKeeper;
    readonly graceMinutes: number;
    readonly clock: Clock;
    readonly log: Logger;
    readonly tell: (message: string) => Promise<void>;
  },
): Promise<void> => {
  const record = records.of(group.name);
  const due = overdueSince(record, group, { now: clock.now(), graceMinutes });
  if (due === null || record.overdueTold !== null) return;
  records.put({ ...record, overdueTold: due });
  const { lastFailure } = record;
  const reason = lastFailure !== null && lastFailure.startedAt >= due ? lastFailure.reason : null;
  log.error('group overdue', { group: group.name, due, reason });
  await tell(`the audit of group \`${group.name}\`, due at ${due}, is overdue${reason === null ? '' : `: ${reason}`}`);
};
