import { readTextFile } from '../collect/read-text-file.ts';
import type { SecretReference } from '../config/alert-route.ts';
import type { Environment } from '../config/environment.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { Secret } from '../kernel/secret.ts';

/** Reads a secret from where its reference says; the error names the place, never what stands there. */
export const readSecret = async (
  { env, file }: SecretReference,
  environment: Environment,
): Promise<Result<Secret, string>> => {
  if (env !== undefined) {
    const text = environment[env] ?? '';
    return text === '' ? err(`the environment variable \`${env}\` is not set`) : ok(new Secret(text));
  }
  const read = await readTextFile(file ?? '');
  if (!read.ok) return err(read.error.message);
  // Editors and `echo` end a file with a line feed, which is no part of a secret.
  const text = read.value.replace(/\r?\n$/, '');
  return text === '' ? err(`${file ?? ''}: is empty`) : ok(new Secret(text));
};

/** Reads a secret that is an address: https, or http on this machine. */
export const readSecretAddress = async (
  reference: SecretReference,
  environment: Environment,
): Promise<Result<Secret, string>> => {
  const secret = await readSecret(reference, environment);
  if (!secret.ok || isSafeAddress(secret.value.reveal())) return secret;
  return err(`what \`${reference.env ?? reference.file ?? ''}\` holds must be an https address`);
};

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

const isSafeAddress = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
};
