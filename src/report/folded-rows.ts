import { gzipSync, strToU8 } from 'fflate';
import { counted } from './words.ts';

/** How many rows of a table the page shows as HTML; it carries the others folded up. */
const WHOLE_ROWS = 500;

/** The rows that the page shows as HTML, and those that it carries folded up. */
export const wholeAndFolded = <Row>(rows: readonly Row[]): readonly [readonly Row[], readonly Row[]] => [
  rows.slice(0, WHOLE_ROWS),
  rows.slice(WHOLE_ROWS),
];

/** What readers are told where folded rows cannot be seen. */
export interface FoldedNote {
  /** Where the page's script does not run. */
  readonly unread: string;
  /** On paper. */
  readonly unprinted: string;
}

/** What is said about the folded rows of a table that has so many; `file` has them all. Null: none is folded. */
export const foldedNote = (count: number, noun: string, file: string): FoldedNote | null =>
  count <= WHOLE_ROWS
    ? null
    : {
        unread: `${counted(count - WHOLE_ROWS, noun)} more: with scripts this page shows them, and ${file} has all.`,
        unprinted: `The first ${counted(WHOLE_ROWS, noun)} of those asked for; ${file} has all.`,
      };

/**
 * Rows of HTML, none of which has a line break outside of its texts, folded up: lines, gzipped, as base64. A line break within a
 * row becomes a character reference, which says the same. The same rows give the same text on every machine.
 */
export const foldedRows = (rows: readonly string[]): string => {
  const text = rows.map((row) => row.replaceAll('\n', '&#10;')).join('\n');
  return base64(gzipSync(strToU8(text), { level: 6, mtime: 0 }));
};

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
