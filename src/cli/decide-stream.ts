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
  const answer = (line: InputLine): DecideAnswer => {
    if (line.kind === 'broken') return { id: null, error: line.message };
    try {
      return decideLine(line.text, compile);
    } catch (error) {
      // A mistake of ours in one line must not take the others along.
      return { id: null, error: `the request could not be decided: ${String(error)}` };
    }
  };
  for await (const lines of splitLines(chunks)) {
    await write(lines.map((line) => `${JSON.stringify(answer(line))}\n`).join(''));
  }
};
