const TEXTS: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'does not exist; check the path'],
  ['EACCES', 'must not be read; check its permissions'],
  ['EPERM', 'must not be read; check its permissions'],
  ['ENOTDIR', 'is not a directory; check the path'],
  ['ELOOP', 'is a link that leads back to itself'],
  ['ENAMETOOLONG', 'is too long for a path'],
]);

/** What the file system's error means, in a few words. */
export const fileErrorText = (error: unknown): string => {
  if (!(error instanceof Error)) return 'cannot be read';
  const code = 'code' in error ? error.code : undefined;
  return TEXTS.get(code) ?? `cannot be read (${error.message.split('\n', 1)[0] ?? ''})`;
};
