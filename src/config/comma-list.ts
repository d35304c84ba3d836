/** A list as the environment gives it, split at its commas; anything else as it is. */
export const splitAtCommas = (value: unknown): unknown =>
  typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value;
