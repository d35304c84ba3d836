import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { EMULATED_SECRET, ROOT_ACCESS_KEY_ID } from '../account/signer.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import { refusalProtocol } from './http/protocols.ts';
import { readBody } from './http/request-body.ts';
import type { InitialAccount } from './initial-account.ts';
import type { JournalEntry } from './journal.ts';
import { regionsInUse } from './regions-in-use.ts';
import { seededRandom } from './seeded-random.ts';
import { answerRequest, resume, type Served, stateOf, toHttpRequest } from './served-account.ts';
import { openStateFile } from './state-file.ts';
import type { HttpAnswer } from './wire/http-answer.ts';
import { queryProtocol } from './wire/query-protocol.ts';

/** What to emulate, and where. */
export interface EmulatorOptions {
  readonly initial: InitialAccount;
  /** Where every change is kept; what the file holds already goes before `initial`. Left out: nowhere. */
  readonly stateFile?: string | undefined;
  /** A loopback address; `127.0.0.1` by default. */
  readonly host?: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly clock: { now(): Instant };
  /** Whether signatures are verified and each call is authorized; not, by default. */
  readonly enforce?: boolean;
}

/** An emulated account that answers. */
export interface RunningEmulator {
  /** Such as `http://127.0.0.1:4599`. */
  readonly endpoint: string;
  /** Credentials of the account's root user. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Number of AWS calls by action, such as `iam:ListUsers`; those that were refused count too. */
  readonly requests: ReadonlyMap<string, number>;
  /** Where the account had resources or analyzers when it was started, in order. */
  readonly regions: readonly string[];
  /** Stops listening and ends open connections. */
  readonly close: () => Promise<void>;
}

/** The root user's of the main account; these are the ones to hand out. */
const ROOT_CREDENTIALS = { accessKeyId: ROOT_ACCESS_KEY_ID, secretAccessKey: EMULATED_SECRET };

/**
 * Serves an emulated account: the wire protocols of IAM and STS, and the emulator's own paths under `/_vigil/`. The error
 * lists what is wrong with the account or the state file, or why the address cannot be listened on.
 */
export const startEmulator = async (options: EmulatorOptions): Promise<Result<RunningEmulator, readonly string[]>> => {
  const { initial, stateFile, host = '127.0.0.1', port = 0, clock, enforce = false } = options;
  if (!isLoopback(host)) {
    return err([
      `\`${host}\` is not a loopback address; the emulated account trusts everybody who reaches it, so it listens on 127.0.0.1, ::1 or localhost only`,
    ]);
  }
  const fresh = { startedAt: clock.now(), initial };
  const state = stateFile === undefined ? ok(null) : openStateFile(stateFile, fresh);
  if (!state.ok) return state;
  const resumed = await resume(state.value?.journal ?? { ...fresh, saved: null, entries: [] });
  if (!resumed.ok) return resumed;
  const served = resumed.value;
  const stateNow = () => stateOf(served);
  state.value?.compact(stateNow);
  served.emulated.enforcement.leaveUnchecked(enforce ? 0 : Number.POSITIVE_INFINITY);
  const server = serverOf(served, clock, (entry) => state.value?.append(entry, stateNow));
  const listening = await listen(server, host, port);
  if (!listening.ok) return listening;
  return ok({
    endpoint: `http://${host.includes(':') ? `[${host}]` : host}:${listening.value}`,
    credentials: ROOT_CREDENTIALS,
    requests: served.emulated.requests,
    regions: regionsInUse(served.emulated),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          state.value?.close();
          resolve();
        });
        server.closeAllConnections();
      }),
  });
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);

const serverOf = (served: Served, clock: EmulatorOptions['clock'], record: (entry: JournalEntry) => void): Server =>
  createServer((request, response) => {
    const requestId = randomUUID();
    const now = clock.now();
    answer(served, request, { now, requestId, record })
      .catch((cause: unknown) => {
        const message = `The emulated account failed: ${cause instanceof Error ? cause.message : String(cause)}`;
        return queryProtocol.refusal(null, { code: 'InternalFailure', status: 500, message }, requestId);
      })
      .then(({ status, contentType, headers, body }) => {
        // Clients set their clocks by the date of an answer.
        const date = new Date(now).toUTCString();
        const own = { 'content-type': contentType, date, 'x-amzn-requestid': requestId };
        response.writeHead(status, { ...own, ...headers }).end(body);
      }, ignoreGoneClient);
  });

/** A client that left before its answer wants none. */
const ignoreGoneClient = (): void => undefined;

const answer = async (
  served: Served,
  request: IncomingMessage,
  given: {
    readonly now: Instant;
    readonly requestId: string;
    readonly record: (entry: JournalEntry) => void;
  },
): Promise<HttpAnswer> => {
  const { method = '', url = '/', headers } = request;
  const { now, requestId, record } = given;
  const body = await readBody(request);
  const plain = { method, url, headers, body: body ?? Buffer.alloc(0), sourceIp: request.socket.remoteAddress ?? '' };
  if (body === undefined) return refusalProtocol(toHttpRequest(plain), null).refusal(null, BODY_TOO_LARGE, requestId);
  const seed = randomBytes(32);
  const changed = (): void =>
    record({ ...plain, now, seed: seed.toString('base64'), body: plain.body.toString('base64') });
  return answerRequest(served, plain, { now, requestId, random: seededRandom(seed), changed });
};

const BODY_TOO_LARGE = {
  code: 'RequestEntityTooLarge',
  status: 413,
  message: 'Request body exceeds the limit of 1048576 bytes.',
};

const listen = (server: Server, host: string, port: number): Promise<Result<number, readonly string[]>> =>
  new Promise((resolve) => {
    server.once('error', (error) => {
      resolve(err([`cannot listen on ${host}:${port} (${error.message}); choose another port`]));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(ok(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
