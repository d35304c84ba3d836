/** Why a file could not be read or written, without the path, which the message names anyway. */
export const readableReason = (error: unknown): string =>
  error instanceof Error ? error.message.replace(/^E[A-Z]+: /, '').replace(/, \w+( '.*')?$/s, '') : String(error);
