import { existsSync } from 'node:fs';
import { readTextFile } from '../collect/read-text-file.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { processEnvironment } from '../config/environment.ts';
import { err, type Result } from '../kernel/result.ts';
import type { AccountOptions } from './account-options.ts';

const DEFAULT_FILE = 'vigil.yaml';

/** The configuration of a command: `--config FILE`, else `vigil.yaml` if there is one, and the environment. */
export const configOf = async ({ config: file }: AccountOptions): Promise<Result<Config, readonly string[]>> => {
  const name = file ?? (existsSync(DEFAULT_FILE) ? DEFAULT_FILE : null);
  if (name === null) return loadConfig(null, processEnvironment());
  const text = await readTextFile(name);
  return text.ok ? loadConfig({ name, text: text.value }, processEnvironment()) : err([text.error.message]);
};
