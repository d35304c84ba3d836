import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { AccountSize } from './generated-account.ts';

/** What the process of an emulator has used so far. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssMiB: number;
  readonly heapMiB: number;
}

/** An emulator in a process of its own. */
export interface MeasuredEmulator {
  readonly endpoint: string;
  readonly usage: () => Promise<Usage>;
  /** The same after a garbage collection. */
  readonly memory: () => Promise<Usage>;
  /** Sends calls, some at once, and gives the CPU milliseconds of the emulator and the bytes that it answered. */
  readonly send: (calls: readonly string[]) => Promise<{ readonly cpuMs: number; readonly bytes: number }>;
  /** The answer to one call. */
  readonly ask: (call: string) => Promise<string>;
  readonly stop: () => void;
}

const path = fileURLToPath(new URL('./emulator-process.ts', import.meta.url));
const AT_ONCE = 8;

/** Starts an emulator over a generated account. */
export const measuredEmulator = async (
  size: AccountSize,
  { enforce = false, stateFile = '' } = {},
): Promise<MeasuredEmulator> => {
  const child = fork(path, [JSON.stringify(size), String(enforce), stateFile], { execArgv: ['--expose-gc'] });
  const [endpoint] = (await once(child, 'message')) as [string];
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const ask = (call: string) => post(endpoint, agent, call);
  const usage = () => usageOf(child, 'usage');
  const memory = () => usageOf(child, 'memory');
  const send: MeasuredEmulator['send'] = async (calls) => {
    const before = await usage();
    const left = calls.values();
    let bytes = 0;
    const worker = async () => {
      for (const call of left) bytes += (await ask(call)).length;
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return { cpuMs: (await usage()).cpuMs - before.cpuMs, bytes };
  };
  return { endpoint, usage, memory, send, ask, stop: () => child.kill() };
};

const usageOf = async (child: ChildProcess, what: 'usage' | 'memory'): Promise<Usage> => {
  const answer = once(child, 'message');
  child.send(what);
  return ((await answer) as [Usage])[0];
};

const HEADERS = {
  'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
  authorization:
    'AWS4-HMAC-SHA256 Credential=AKIAANYBODYS22222222/20260131/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0',
};

const post = (endpoint: string, agent: Agent, call: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const sent = request(endpoint, { method: 'POST', agent, headers: HEADERS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${call.slice(0, 200)} gave ${text.slice(0, 500)}`));
      });
    });
    sent.on('error', reject);
    sent.end(`Version=2010-05-08&Action=${call}`);
  });
