/** A line of an input, or why there is none. */
export type InputLine =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'broken'; readonly message: string };

const NEWLINE = 0x0a;

/** What is longer is no request: AWS's largest policies have some thousands of characters. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/**
 * Splits an input into its lines as they come, those that a chunk completes at once. Empty lines are left out; a byte
 * order mark is no part of a line; a carriage return at the end is white space to JSON. What is too long is skipped, and never held as a whole.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes = MAX_LINE_BYTES,
): AsyncGenerator<readonly InputLine[]> {
  let begun: Uint8Array[] = [];
  let length = 0;
  const hold = (bytes: Uint8Array): void => {
    length += bytes.length;
    if (length <= maxBytes) begun.push(bytes);
    else begun = [];
  };
  const take = (): readonly InputLine[] => {
    const line = length > maxBytes ? TOO_LONG(maxBytes) : toLine(Buffer.concat(begun));
    begun = [];
    length = 0;
    return line === null ? [] : [line];
  };
  for await (const chunk of chunks) {
    const lines: InputLine[] = [];
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      hold(chunk.subarray(from, end));
      lines.push(...take());
      from = end + 1;
    }
    hold(chunk.subarray(from));
    if (lines.length > 0) yield lines;
  }
  const last = take();
  if (last.length > 0) yield last;
}

const TOO_LONG = (maxBytes: number): InputLine => ({
  kind: 'broken',
  message: `the line is longer than ${maxBytes} bytes`,
});

const toLine = (bytes: Uint8Array): InputLine | null => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.trim() === '' ? null : { kind: 'text', text };
  } catch {
    return { kind: 'broken', message: 'the line is not UTF-8' };
  }
};
