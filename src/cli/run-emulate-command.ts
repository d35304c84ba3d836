import { startAccount } from './embedded-account.ts';
import type { EmulateOptions } from './emulate-options.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { refuse } from './refuse.ts';
import { systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';

/** Serves an emulated account until SIGTERM or SIGINT. */
export const runEmulateCommand = async (
  { account, state, ...options }: EmulateOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const emulator = await startAccount(account, { stateFile: state, clock: systemClock, ...options });
  if (!emulator.ok) return refuse(terminal, emulator.error, EXIT.usage);
  const { endpoint, credentials, close } = emulator.value;
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });
  terminal.print(`endpoint           ${endpoint}`);
  terminal.print(`access key id      ${credentials.accessKeyId}`);
  terminal.print(`secret access key  ${credentials.secretAccessKey}`);
  terminal.say('vigil: the emulated account answers; stop it with Ctrl-C or SIGTERM');
  await stopped;
  await close();
  return EXIT.done;
};
