import { visibleText } from './visible-text.ts';

/** A stretch of a sentence: words, or a name that was written in backticks. */
export interface ProsePart {
  readonly text: string;
  readonly code: boolean;
}

/** A sentence in its stretches: what stands between two backticks is code. */
export const proseOf = (text: string): readonly ProsePart[] =>
  visibleText(text)
    // Every second piece is what the group caught.
    .split(/`([^`\n]+)`/)
    .map((piece, index) => ({ text: piece, code: index % 2 === 1 }))
    .filter((part) => part.text !== '');
