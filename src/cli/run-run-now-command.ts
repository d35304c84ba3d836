import type { Config } from '../config/config.ts';
import { askRun, askStatus } from '../http/control-client.ts';
import { type RunEnd, toRunEnd } from '../http/control-messages.ts';
import type { Logger } from '../ports/logger.ts';
import { configOf } from './command-config.ts';
import { type DaemonFiles, daemonFiles } from './daemon-files.ts';
import type { DaemonOptions } from './daemon-options.ts';
import { daemonSettings } from './daemon-settings.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { lineOf, noticeTo } from './notice.ts';
import { openDaemon } from './open-daemon.ts';
import { refuse } from './refuse.ts';
import type { Terminal } from './terminal.ts';

/** Audits a group, or all (null), at once, and waits for it: the daemon does, or this process where none runs. */
export const runRunNowCommand = async (
  group: string | null,
  options: DaemonOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const config = await configOf(options);
  if (!config.ok) return refuse(terminal, config.error, EXIT.usage);
  const files = daemonFiles(options, config.value);
  if (!files.ok) return refuse(terminal, [files.error], EXIT.usage);
  const { socket } = files.value;
  const found = await askStatus(socket);
  if (found.kind === 'forbidden') return refuse(terminal, ['the daemon belongs to another user'], EXIT.usage);
  const known = found.kind === 'daemon' ? found.status.groups : config.value.daemon.groups;
  const names = known.map(({ name }) => name);
  if (group !== null && !names.includes(group)) {
    return refuse(terminal, [`there is no group \`${group}\`: there are ${names.join(', ')}`], EXIT.usage);
  }
  const runHere = found.kind === 'nobody' ? runnerHere(options, files.value, config.value, terminal) : null;
  const codes: ExitCode[] = [];
  for (const name of group === null ? names : [group]) {
    const ended = await (runHere ?? ((one) => askRun(socket, one, terminal.progress)))(name);
    terminal.progress.phase('');
    codes.push(tell(name, ended ?? { kind: 'abandoned' }, terminal));
  }
  return codes.find((code) => code !== EXIT.done) ?? EXIT.done;
};

/** Runs groups in this process, as the daemon would, which sees what they came to when it starts. */
const runnerHere = (
  options: DaemonOptions,
  files: DaemonFiles,
  config: Config,
  terminal: Terminal,
): ((group: string) => Promise<RunEnd | null>) => {
  const { daemon } = openDaemon(
    { options, files, log: logTo(terminal), onNotice: (notice) => terminal.say(lineOf(notice)), onEnd: () => {} },
    { config, settings: daemonSettings(config) },
  );
  return async (group) => {
    const run = daemon.request(group);
    run?.watchers.add(terminal.progress);
    return run === null ? null : toRunEnd(await run.ended);
  };
};

// What a run came to is told by its result.
const logTo = (terminal: Terminal): Logger => {
  const warn: Logger['warn'] = (message, { reason } = {}) => {
    if (reason !== undefined) noticeTo(terminal, message)(`${message}: ${String(reason)}`);
  };
  return { info: () => {}, warn, error: warn };
};

const tell = (group: string, ended: RunEnd, terminal: Terminal): ExitCode => {
  switch (ended.kind) {
    case 'done': {
      const { auditId, accounts, findings, fresh, files, alerted } = ended;
      const of = accounts === 1 ? '1 account' : `${accounts} accounts`;
      terminal.print(`${group}: audit ${auditId} of ${of}: ${findings} findings, ${fresh} of them new or worse`);
      for (const file of files) terminal.print(`  ${file}`);
      return alerted ? EXIT.done : EXIT.notAlerted;
    }
    case 'failed':
      return refuse(
        terminal,
        ended.messages.map((message) => `${group}: ${message}`),
        ended.cause === 'usage' ? EXIT.usage : EXIT.noAudit,
      );
    case 'abandoned':
      return refuse(terminal, [`${group}: the daemon went away before the audit was done`], EXIT.noAudit);
  }
};
