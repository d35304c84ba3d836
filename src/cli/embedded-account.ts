import { readTextFile } from '../collect/read-text-file.ts';
import { type RunningEmulator, startEmulator } from '../emulator/emulator-server.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Clock } from '../ports/clock.ts';
import { packageFile } from './package-files.ts';

const DEMO_ACCOUNT = 'config/demo-account.yaml';

/** Where an emulated account listens. */
export interface ListenOn {
  readonly host: string;
  readonly port: number;
  /** Whether signatures are verified and each call is authorized. */
  readonly enforce?: boolean;
}

/** Starts the emulated account that a file defines, or the built-in demo account where no file is given. */
export const startAccount = async (
  file: string | undefined,
  clock: Clock,
  listenOn: ListenOn,
): Promise<Result<RunningEmulator, readonly string[]>> => {
  const text = file === undefined ? ok(packageFile(DEMO_ACCOUNT)) : await readTextFile(file);
  if (!text.ok) return err([text.error.message]);
  return startEmulator({ accountFileText: text.value, fileName: file ?? DEMO_ACCOUNT, ...listenOn, clock });
};
