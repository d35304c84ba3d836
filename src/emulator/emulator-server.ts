import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { parseAccountFile } from '../account/account-file.ts';
import { type CloudState, cloudOf } from '../account/cloud-state.ts';
import { EMULATED_SECRET, ROOT_ACCESS_KEY_ID } from '../account/signer.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import { answerCall, type Circumstances, type EmulatedCloud } from './http/emulated-account.ts';
import { createEnforcement } from './http/enforcement.ts';
import { refusalProtocol } from './http/protocols.ts';
import { readBody } from './http/request-body.ts';
import { answerVigilPath } from './http/vigil-paths.ts';
import type { HttpAnswer } from './wire/http-answer.ts';
import { queryProtocol } from './wire/query-protocol.ts';

/** What to emulate, and where. */
export interface EmulatorOptions {
  /** The account file, as text; `account-file.md` describes it. */
  readonly accountFileText: string;
  /** Names the file in problems. */
  readonly fileName: string;
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
  /** Stops listening and ends open connections. */
  readonly close: () => Promise<void>;
}

/** The root user's of the main account; these are the ones to hand out. */
const ROOT_CREDENTIALS = { accessKeyId: ROOT_ACCESS_KEY_ID, secretAccessKey: EMULATED_SECRET };

/**
 * Serves an emulated account: the wire protocols of IAM and STS, and the emulator's own paths under `/_vigil/`. The error
 * lists what is wrong with the account file, or why the address cannot be listened on.
 */
export const startEmulator = async (options: EmulatorOptions): Promise<Result<RunningEmulator, readonly string[]>> => {
  const { accountFileText, fileName, host = '127.0.0.1', port = 0, clock, enforce = false } = options;
  if (!isLoopback(host)) {
    return err([
      `\`${host}\` is not a loopback address; the emulated account trusts everybody who reaches it, so it listens on 127.0.0.1, ::1 or localhost only`,
    ]);
  }
  const parsed = parseAccountFile(accountFileText, fileName, clock.now());
  if (!parsed.ok) return parsed;
  const initial = cloudOf(parsed.value);
  const enforcement = createEnforcement(enforce ? 0 : Number.POSITIVE_INFINITY);
  const emulated: EmulatedCloud = { cloud: initial, main: parsed.value, requests: new Map(), enforcement };
  const server = serverOf(emulated, initial, clock);
  const listening = await listen(server, host, port);
  if (!listening.ok) return listening;
  return ok({
    endpoint: `http://${host.includes(':') ? `[${host}]` : host}:${listening.value}`,
    credentials: ROOT_CREDENTIALS,
    requests: emulated.requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
};

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);

const serverOf = (emulated: EmulatedCloud, initial: CloudState, clock: EmulatorOptions['clock']): Server =>
  createServer((request, response) => {
    const requestId = randomUUID();
    const now = clock.now();
    answer(emulated, initial, request, { now, random: randomBytes, requestId })
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
  emulated: EmulatedCloud,
  initial: CloudState,
  request: IncomingMessage,
  given: Omit<Circumstances, 'sourceIp'>,
): Promise<HttpAnswer> => {
  const { method = '', url = '/', headers } = request;
  const body = await readBody(request);
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  if (path.startsWith('/_vigil/')) return answerVigilPath(emulated, initial, { method, path, query, now: given.now });
  const circumstances = { ...given, sourceIp: request.socket.remoteAddress ?? '' };
  const { 'content-type': contentType = '', authorization = '' } = headers;
  const text = body?.toString('utf8') ?? '';
  const rawBody = body ?? new Uint8Array();
  const httpRequest = { method, path, query, headers, contentType, authorization, body: text, rawBody };
  if (body === undefined) return refusalProtocol(httpRequest, null).refusal(null, BODY_TOO_LARGE, given.requestId);
  return answerCall(emulated, httpRequest, circumstances);
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
