import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readTextFile } from '../collect/read-text-file.ts';
import { type EmulatorOptions, type RunningEmulator, startEmulator } from '../emulator/emulator-server.ts';
import type { InitialAccount } from '../emulator/initial-account.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { ACCOUNT_FILE, DETAILS_FILE, SNAPSHOT_FILES } from '../snapshot/snapshot-files.ts';
import { packageFile } from './package-files.ts';

const DEMO_ACCOUNT = 'config/demo-account.yaml';

/**
 * Starts the emulated account that a path says: an account file, saved authorization details, or a snapshot directory; the
 * built-in demo account where there is none.
 */
export const startAccount = async (
  path: string | undefined,
  options: Omit<EmulatorOptions, 'initial'>,
): Promise<Result<RunningEmulator, readonly string[]>> => {
  const initial = await readInitialAccount(path);
  return initial.ok ? startEmulator({ initial: initial.value, ...options }) : initial;
};

const readInitialAccount = async (path: string | undefined): Promise<Result<InitialAccount, readonly string[]>> => {
  if (path === undefined) return ok({ kind: 'account-file', name: DEMO_ACCOUNT, text: packageFile(DEMO_ACCOUNT) });
  if (await isDirectory(path)) return readDirectory(path);
  const text = await readTextFile(path);
  if (!text.ok) return err([text.error.message]);
  // The lists of saved authorization details: an account file has no such members.
  return ok(
    /"(?:User|Group|Role)DetailList"/.test(text.value)
      ? { kind: 'snapshot', name: path, files: { [DETAILS_FILE]: text.value } }
      : { kind: 'account-file', name: path, text: text.value },
  );
};

const readDirectory = async (path: string): Promise<Result<InitialAccount, readonly string[]>> => {
  const files: Record<string, string> = {};
  for (const file of [ACCOUNT_FILE, ...SNAPSHOT_FILES.map((row) => row.file)]) {
    const text = await readTextFile(join(path, file));
    if (text.ok) files[file] = text.value;
    else if (!text.error.absent) return err([text.error.message]);
  }
  return ok({ kind: 'snapshot', name: path, files });
};

const isDirectory = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
};
