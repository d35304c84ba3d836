import type { Config } from '../config/config.ts';
import type { AccountSource } from '../ports/account-source.ts';
import type { Progress } from '../ports/progress.ts';
import { publishReport } from '../publish/publish-report.ts';
import { printSnapshotFiles } from '../snapshot/snapshot-directory.ts';
import { SNAPSHOT_FILES } from '../snapshot/snapshot-files.ts';
import type { CollectOptions } from './collect-options.ts';
import { configOf } from './command-config.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type LiveAccount, openLiveAccount } from './live-account.ts';
import { withLogFiles } from './log-files.ts';
import { noticeTo } from './notice.ts';
import { refuse } from './refuse.ts';
import { fixedClock, systemClock } from './system-clock.ts';
import { printable, type Terminal } from './terminal.ts';

/** No file of a snapshot: what is not collected now must not be left from an earlier collection. */
const emptySnapshot = SNAPSHOT_FILES.map(({ file }) => [file, null] as const);

/** Reads an account into a snapshot directory, written as one. */
export const runCollectCommand = async (options: CollectOptions, terminal: Terminal): Promise<ExitCode> => {
  const config = await configOf(options);
  if (!config.ok) return refuse(terminal, config.error, EXIT.usage);
  const account = await openLiveAccount(options, config.value, {
    // The embedded account is as old as it says at the moment that it is read.
    clock: options.emulated === undefined ? systemClock : fixedClock(systemClock.now()),
    warn: noticeTo(terminal, 'reading hampered'),
  });
  if (!account.ok) return refuse(terminal, account.error, EXIT.usage);
  const collected = await collect(account.value, options, config.value, terminal.progress).finally(() =>
    account.value.close(),
  );
  terminal.progress.phase('');
  if (!collected.ok) {
    const { kind, message } = collected.error;
    return refuse(terminal, [message], kind === 'input' ? EXIT.usage : EXIT.noAudit);
  }
  const { documents, apiCalls } = collected.value;
  const files = printSnapshotFiles(documents);
  const published = await publishReport(options.out, new Map<string, string | null>([...emptySnapshot, ...files]));
  if (!published.ok) return refuse(terminal, [published.error], EXIT.usage);
  const calls = [...apiCalls.values()].reduce((sum, count) => sum + count, 0);
  terminal.print(`Account ${documents.account.accountId}: ${files.size} files in ${options.out}, ${calls} API calls`);
  for (const { source, action, reason, detail } of documents.account.gaps) {
    terminal.print(`  not read: ${source} (${action} ${reason}: ${printable(detail)})`);
  }
  return EXIT.done;
};

const collect = async (
  { source }: LiveAccount,
  options: CollectOptions,
  config: Config,
  progress: Progress,
): ReturnType<AccountSource['collect']> => {
  const sources = await withLogFiles([source], options, config, progress);
  return sources.ok ? (sources.value[0] ?? source).collect(progress) : sources;
};
