import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { DaemonStatus } from '../daemon/daemon-status.ts';
import type { Progress } from '../ports/progress.ts';
import { type RunEnd, runMessage, statusMessage } from './control-messages.ts';

/** What is at a daemon's socket. */
export type AtSocket =
  | { readonly kind: 'daemon'; readonly status: DaemonStatus }
  /** Somebody listens and does not answer: an analysis keeps a daemon from it for seconds. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'nobody' }
  /** The socket belongs to another user. */
  | { readonly kind: 'forbidden' };

const PATIENCE_MS = 30_000;

/** Asks the daemon how it fares. */
export const askStatus = async (socket: string, patienceMs = PATIENCE_MS): Promise<AtSocket> => {
  try {
    const response = await send(socket, { method: 'GET', path: '/status', timeout: patienceMs });
    return { kind: 'daemon', status: statusMessage.parse(JSON.parse(await text(response))) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return { kind: 'nobody' };
    return { kind: code === 'EACCES' || code === 'EPERM' ? 'forbidden' : 'busy' };
  }
};

/** Has the daemon run a group and shows how far it is. Null: it knows no such group. `abandoned` too where the daemon goes away. */
export const askRun = async (socket: string, group: string, progress: Progress): Promise<RunEnd | null> => {
  const response = await send(socket, { method: 'POST', path: `/runs/${group}` });
  if (response.statusCode !== 200) return null;
  try {
    for await (const line of createInterface({ input: response })) {
      const message = runMessage.parse(JSON.parse(line));
      if (message.kind === 'phase') progress.phase(message.name, message.total);
      else if (message.kind === 'step') progress.step();
      else return message;
    }
  } catch {
    // The daemon is gone in the midst of a line.
  }
  return { kind: 'abandoned' };
};

const send = (
  socketPath: string,
  options: { readonly method: string; readonly path: string; readonly timeout?: number },
): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const sent = request({ socketPath, ...options, agent: false }, resolve);
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.on('error', reject);
    sent.end();
  });
