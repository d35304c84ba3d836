import type { DecideAnswer } from '../../src/cli/decide-answer.ts';
import { createDocumentCompiler } from '../../src/cli/decide-documents.ts';
import { decideLine } from '../../src/cli/decide-line.ts';
import type { NaiveRequest } from '../naive/naive-request.ts';

const compile = createDocumentCompiler();

/** What `vigil decide` answers to a line; a line that it finds something wrong with is the test's mistake. */
export const askEngine = (request: NaiveRequest): DecideAnswer => {
  const answer = decideLine(JSON.stringify(request), compile);
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer;
};
