import { err, ok, type Result } from '../../kernel/result.ts';

/** Marks at the beginning of packed files. */
const PACKED: readonly (readonly [string, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
];

/**
 * The text of a file's bytes: UTF-8, or UTF-16 as Windows PowerShell writes it when output is redirected, with or
 * without a byte order mark. The error says what is wrong, and what to do.
 */
export const decodeText = (bytes: Uint8Array): Result<string, string> => {
  const packed = PACKED.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (packed !== undefined) return err(`is packed (${packed[0]}); unpack it first`);
  try {
    return ok(new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes));
  } catch {
    return err(`is not text in UTF-8 or UTF-16${placeOf(bytes)}; save it as UTF-8`);
  }
};

/** On which line the bytes are no UTF-8. */
const placeOf = (bytes: Uint8Array): string => {
  const text = new TextDecoder('utf-8').decode(bytes);
  const [before = ''] = text.split('\ufffd', 1);
  return before === text ? '' : ` (line ${before.split('\n').length})`;
};

const encodingOf = ([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' => {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // JSON and CSV begin with an ASCII character, whose other half is zero in UTF-16.
  if (first !== 0 && second === 0) return 'utf-16le';
  return first === 0 && second !== undefined && second !== 0 ? 'utf-16be' : 'utf-8';
};
