import { chmodSync, unlinkSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { DaemonStatus } from '../daemon/daemon-status.ts';
import type { QueuedRun, Watcher } from '../daemon/run-queue.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { type RunMessage, toRunEnd } from './control-messages.ts';

/** What the control socket lets its owner do. */
export interface Controlled {
  status(): DaemonStatus;
  /** A run of the group; null: there is none. */
  request(group: string): QueuedRun | null;
}

/** Something that listens. */
export interface Listening {
  close(): Promise<void>;
}

/**
 * Listens on a Unix socket (0600), by which `vigil status` and `vigil run-now` speak with the daemon, in HTTP:
 * `GET /status`, `POST /runs/GROUP`. What a process that is gone has left in its place is removed; whether one is there is
 * for the caller to know. The error is one line.
 */
export const serveControl = async (socket: string, controlled: Controlled): Promise<Result<Listening, string>> => {
  const server = createServer((request, response) => {
    const group = /^\/runs\/([A-Za-z0-9_-]{1,64})$/.exec(request.url ?? '')?.[1];
    if (request.method === 'GET' && request.url === '/status') answer(response, 200, controlled.status());
    else if (request.method === 'POST' && group !== undefined) showRun(response, controlled.request(group));
    else answer(response, 404, {});
  });
  try {
    removeIfThere(socket);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      // The socket is made with this call, and is nobody else's from the start.
      const mask = process.umask(0o177);
      server.listen(socket, resolve);
      process.umask(mask);
    });
    chmodSync(socket, 0o600);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const isLong = Buffer.byteLength(socket) > LONGEST_BYTES;
    return err(
      `cannot listen at \`${socket}\`: ${isLong ? `its path has more than ${LONGEST_BYTES} bytes; give the history a shorter one` : reason}`,
    );
  }
  return ok({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
};

// Of Linux; of macOS it is 103, where the error is of the system.
const LONGEST_BYTES = 107;

const removeIfThere = (path: string): void => {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
};

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

/** Shows a run, a JSON object a line, until it has ended. */
const showRun = (response: ServerResponse, run: QueuedRun | null): void => {
  if (run === null) {
    answer(response, 404, {});
    return;
  }
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const say = (message: RunMessage): void => void response.write(`${JSON.stringify(message)}\n`);
  const watcher: Watcher = {
    phase: (name, total) => say({ kind: 'phase', name, ...(total !== undefined && { total }) }),
    step: () => say({ kind: 'step' }),
  };
  say({ kind: 'phase', name: 'waiting for its turn' });
  run.watchers.add(watcher);
  response.on('close', () => run.watchers.delete(watcher));
  void run.ended.then((result) => {
    say(toRunEnd(result));
    response.end();
  });
};
