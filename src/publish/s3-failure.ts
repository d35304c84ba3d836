/** The status that S3 answered with; null: it did not answer. */
export const statusOf = (error: unknown): number | null => {
  if (!(error instanceof Error) || !('$metadata' in error)) return null;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
};

// Too slow, too early, too many: what the same request may come through with later.
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

/** Whether the same request will fail again until somebody mends something. */
export const isForGood = (error: unknown): boolean => {
  const status = statusOf(error);
  return status === null ? isOfSettings(nameOf(error)) : status >= 400 && status < 500 && !PASSING.has(status);
};

/** What went wrong, in a few words. A message of the SDK may hold what was sent; its name does not. */
export const reasonOf = (error: unknown): string => {
  const name = nameOf(error);
  const status = statusOf(error);
  if (status !== null) return `answered ${status} (${name})`;
  return isOfSettings(name) ? `no credentials (${name})` : `could not be reached (${codeOf(error) ?? name})`;
};

const nameOf = (error: unknown): string =>
  error instanceof Error && /^[A-Za-z0-9_.]{1,60}$/.test(error.name) ? error.name : 'unknown error';

const isOfSettings = (name: string): boolean => /Credentials|Token|Config|Region/.test(name);

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
