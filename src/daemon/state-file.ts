import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Logger } from '../ports/logger.ts';
import type { GroupRecord } from './group-record.ts';
import { instantText } from './instant-text.ts';
import { reasonOf } from './reason-of.ts';
import type { RecordStore } from './record-keeper.ts';

const run = z.object({ startedAt: instantText, finishedAt: instantText });

const stateSchema = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      since: instantText,
      lastSuccess: run.extend({ auditId: z.string() }).nullable(),
      lastFailure: run.extend({ reason: z.string() }).nullable(),
      unfinished: z.number(),
      overdueTold: instantText.nullable(),
    }),
  ),
});

/** The records in a file, replaced as one with each change (0600). Where it cannot be read the groups begin anew, and the log says so. */
export const recordFile = (file: string, log: Pick<Logger, 'warn'>): RecordStore => ({
  load: () => {
    const read = readRecords(file);
    if (read.problem !== null) log.warn('what was known of the groups is lost', { file, reason: read.problem });
    return read.records;
  },
  save: (groups) => {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const written = `${file}.new`;
    const handle = openSync(written, 'w', 0o600);
    try {
      writeSync(handle, `${JSON.stringify({ groups }, null, 2)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(written, file);
  },
});

/** The records in a file; none where there is no file. */
const readRecords = (file: string): { readonly records: readonly GroupRecord[]; readonly problem: string | null } => {
  try {
    return { records: stateSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).groups, problem: null };
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { records: [], problem: isAbsent ? null : reasonOf(error) };
  }
};
