import { createCipheriv } from 'node:crypto';
import type { Random } from '../account/call.ts';

/** Chance that follows from a seed of 32 bytes: whoever does not know it cannot guess it, and who does gets it again. */
export const seededRandom = (seed: Uint8Array): Random => {
  const stream = createCipheriv('aes-256-ctr', seed, new Uint8Array(16));
  return (size) => stream.update(new Uint8Array(size));
};
