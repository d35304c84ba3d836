import { visibleText } from '../visible-text.ts';

/**
 * Text that another system may show: characters that are invisible or reorder others are spelled out, and what is longer
 * than so many UTF-16 units ends in `…`.
 */
export const plainText = (text: string, limit = Number.POSITIVE_INFINITY): string => {
  const visible = visibleText(text);
  if (visible.length <= limit) return visible;
  // A surrogate pair is kept or left out as a whole.
  return `${visible.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
};
