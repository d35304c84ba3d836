import type { DecideAnswer } from './decide-answer.ts';
import { createDocumentCompiler } from './decide-documents.ts';
import { decideLine } from './decide-line.ts';
import { type InputLine, splitLines } from './decide-lines.ts';

/**
 * Answers the lines of an input one by one, in their order. What a chunk of input completes is answered in one piece of
 * text, and no more is read before that is written.
 */
export const decideStream = async (
  chunks: AsyncIterable<Uint8Array>,
  write: (text: string) => Promise<void>,
): Promise<void> => {
  const compile = createDocumentCompiler();
  const answer = (line: InputLine): DecideAnswer =>
    line.kind === 'text' ? decideLine(line.text, compile) : { id: null, error: line.message };
  for await (const lines of splitLines(chunks)) {
    await write(lines.map((line) => `${JSON.stringify(answer(line))}\n`).join(''));
  }
};
