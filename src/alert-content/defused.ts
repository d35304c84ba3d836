import { visibleText } from '../report/visible-text.ts';

/**
 * Text of the account as a message may hold it: one line of bounded length, nothing invisible, no address that a
 * reader's program would make a link of (`https[:]//`, `www[.]`), no `@channel` that calls anybody.
 */
export const defused = (text: string, most = 600): string =>
  truncated(
    visibleText(text.slice(0, most * 2))
      .replaceAll(/\s+/g, ' ')
      .trim()
      .replaceAll('://', '[:]//')
      .replaceAll(/\bwww\./gi, 'www[.]')
      .replaceAll(/@(?=(?:channel|here|everyone|group)\b)/gi, '＠'),
    most,
  );

/** A text of no more than so many UTF-16 units; one that is too long ends in `…`. */
export const truncated = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;

/** A name as it stands in a sentence of ours, in backticks, which would not be a pair over a line break. */
export const quoted = (name: string): string => `\`${name.replaceAll('`', "'").replaceAll(/[\r\n]+/g, ' ')}\``;
