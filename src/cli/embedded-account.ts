import { readFileSync } from 'node:fs';
import { type RunningEmulator, startEmulator } from '../emulator/emulator-server.ts';
import { err, type Result } from '../kernel/result.ts';
import type { Clock } from '../ports/clock.ts';
import { packageFile } from './package-files.ts';
import { readableReason } from './readable-reason.ts';

const DEMO_ACCOUNT = 'config/demo-account.yaml';

/** Where an emulated account listens. */
export interface ListenOn {
  readonly host: string;
  readonly port: number;
}

/** Starts the emulated account that a file defines, or the built-in demo account where no file is given. */
export const startAccount = async (
  file: string | undefined,
  clock: Clock,
  listenOn: ListenOn,
): Promise<Result<RunningEmulator, readonly string[]>> => {
  const account = readAccount(file);
  return account.ok ? startEmulator({ ...account.value, ...listenOn, clock }) : account;
};

const readAccount = (
  file: string | undefined,
): Result<{ readonly accountFileText: string; readonly fileName: string }, readonly string[]> => {
  if (file === undefined)
    return { ok: true, value: { accountFileText: packageFile(DEMO_ACCOUNT), fileName: DEMO_ACCOUNT } };
  try {
    return { ok: true, value: { accountFileText: readFileSync(file, 'utf8'), fileName: file } };
  } catch (error) {
    return err([`${file}: cannot be read (${readableReason(error)}); give an account file such as ${DEMO_ACCOUNT}`]);
  }
};
