import { once } from 'node:events';
import { decideStream } from './decide-stream.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** Answers the requests on standard input until it ends. */
export const runDecideCommand = async (): Promise<ExitCode> => {
  await decideStream(process.stdin, async (text) => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  });
  return EXIT.done;
};
