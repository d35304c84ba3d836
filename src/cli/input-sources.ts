import { openAuthorizationDetails, openSnapshotDirectory, withFurtherFiles } from '../collect/files-source.ts';
import type { SavedFile } from '../collect/saved-file.ts';
import type { Config } from '../config/config.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { AccountSource } from '../ports/account-source.ts';
import type { Clock } from '../ports/clock.ts';
import type { InputOptions } from './input-options.ts';
import { openLiveAccount } from './live-account.ts';
import { withLogFiles } from './log-files.ts';
import { noticeTo } from './notice.ts';
import { fixedClock, systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

/** The accounts to read, the clock (null: when they were collected), and what to end when they are read. */
export interface InputSources {
  readonly sources: readonly AccountSource[];
  readonly clock: Clock | null;
  close(): Promise<void>;
}

/** The accounts that the options name. */
export const openInputSources = async (
  options: InputOptions,
  config: Config,
  terminal: Terminal,
): Promise<Result<InputSources, readonly string[]>> => {
  const opened = await openAccounts(options, config, terminal);
  if (!opened.ok) return opened;
  const given = await withFurtherFiles(opened.value.sources, furtherFiles(options));
  const sources = given.ok ? await withLogFiles(given.value, options, config, terminal.progress) : given;
  if (sources.ok) return ok({ ...opened.value, sources: sources.value });
  await opened.value.close();
  return err([sources.error.message]);
};

const openAccounts = async (
  options: InputOptions,
  config: Config,
  terminal: Terminal,
): Promise<Result<InputSources, readonly string[]>> => {
  const { from, authorizationDetails, credentialReport, now } = options;
  const given = now === undefined ? null : fixedClock(now);
  const clock = given ?? systemClock;
  if (from !== undefined) {
    const sources = await openSnapshotDirectory(from, clock);
    return sources.ok ? ok({ sources: sources.value, clock: given, close: nothing }) : err([sources.error.message]);
  }
  if (authorizationDetails !== undefined) {
    const sources = await openAuthorizationDetails({ authorizationDetails, credentialReport }, clock);
    return sources.ok ? ok({ sources: sources.value, clock, close: nothing }) : err([sources.error.message]);
  }
  if (credentialReport !== undefined) return err(['--credential-report goes with --authorization-details']);
  const account = await openLiveAccount(options, config, { clock, warn: noticeTo(terminal, 'reading hampered') });
  return account.ok ? ok({ sources: [account.value.source], clock, close: account.value.close }) : account;
};

const furtherFiles = (options: InputOptions): readonly SavedFile[] => {
  const { organization, identityCenter, resources, lastAccessed, accessAnalyzer } = options;
  return [
    { file: 'organization.json', path: organization },
    { file: 'identity-center.json', path: identityCenter },
    { file: 'resources.json', path: resources },
    { file: 'last-accessed.json', path: lastAccessed },
    { file: 'access-analyzer.json', path: accessAnalyzer },
  ].flatMap(({ file, path }) => (path === undefined ? [] : [{ file, path }]));
};

const nothing = async (): Promise<void> => {};
