import { existsSync, readFileSync } from 'node:fs';
import { type Config, loadConfig } from '../config/config.ts';
import { processEnvironment } from '../config/environment.ts';
import { err, type Result } from '../kernel/result.ts';
import type { AccountOptions } from './account-options.ts';
import { readableReason } from './readable-reason.ts';

const DEFAULT_FILE = 'vigil.yaml';

/** The configuration of a command: `--config FILE`, else `vigil.yaml` if there is one, and the environment. */
export const configOf = ({ config: file }: AccountOptions): Result<Config, readonly string[]> => {
  const name = file ?? (existsSync(DEFAULT_FILE) ? DEFAULT_FILE : null);
  if (name === null) return loadConfig(null, processEnvironment());
  try {
    return loadConfig({ name, text: readFileSync(name, 'utf8') }, processEnvironment());
  } catch (error) {
    return err([`${name}: cannot be read (${readableReason(error)}); give an existing file with --config`]);
  }
};
