import { emptyAccount } from '../account/account-edits.ts';
import { PARTITIONS } from '../iam/partition.ts';
import { ok, type Result } from '../kernel/result.ts';
import { answerCall, type Circumstances, type EmulatedCloud } from './http/emulated-account.ts';
import { createEnforcement } from './http/enforcement.ts';
import { createEventLog } from './http/event-log.ts';
import { answerVigilPath } from './http/vigil-paths.ts';
import { makeAccounts } from './initial-account.ts';
import type { Journal, JournalEntry } from './journal.ts';
import type { SavedState } from './saved-state.ts';
import { seededRandom } from './seeded-random.ts';
import type { HttpAnswer } from './wire/http-answer.ts';
import type { HttpRequest } from './wire/http-request.ts';

/** The accounts that a server serves, and what they began with. */
export interface Served {
  readonly emulated: EmulatedCloud;
  readonly initial: Pick<EmulatedCloud, 'cloud' | 'twinAt'>;
}

/** A request as it came over the connection. */
export interface PlainRequest extends Pick<JournalEntry, 'method' | 'url' | 'headers' | 'sourceIp'> {
  readonly body: Buffer;
}

/** The accounts after everything that a journal tells: no call is checked again. */
export const resume = async ({
  startedAt,
  initial,
  saved,
  entries,
}: Journal): Promise<Result<Served, readonly string[]>> => {
  const accounts = makeAccounts(initial, startedAt);
  if (!accounts.ok) return accounts;
  const { main, cloud } = accounts.value;
  const enforcement = createEnforcement(Number.POSITIVE_INFINITY);
  const twinAt: EmulatedCloud['twinAt'] = (place, now) => {
    const twins = makeAccounts(
      initial,
      startedAt,
      PARTITIONS.find((partition) => partition === place.partition),
    );
    return twins.ok ? twins.value.main : emptyAccount(place, now);
  };
  const emulated: EmulatedCloud = {
    cloud: saved?.cloud ?? cloud,
    twinAt: saved?.isInitial === false ? emptyAccount : twinAt,
    main,
    requests: new Map(),
    enforcement,
    eventLog: createEventLog(saved?.events),
  };
  const served = { emulated, initial: { cloud, twinAt } };
  for (const { now, seed, body, ...request } of entries) {
    const random = seededRandom(Buffer.from(seed, 'base64'));
    const given = { now, random, requestId: '', changed: () => undefined };
    await answerRequest(served, { ...request, body: Buffer.from(body, 'base64') }, given);
  }
  served.emulated.requests.clear();
  return ok(served);
};

/** What is kept of the accounts as they stand. */
export const stateOf = ({ emulated, initial }: Served): SavedState => ({
  cloud: emulated.cloud,
  isInitial: emulated.twinAt === initial.twinAt,
  events: emulated.eventLog.events,
});

/** Answers a request: a call of AWS, or what is asked of the emulator itself. */
export const answerRequest = async (
  { emulated, initial }: Served,
  request: PlainRequest,
  given: Omit<Circumstances, 'sourceIp'>,
): Promise<HttpAnswer> => {
  const http = toHttpRequest(request);
  return http.path.startsWith('/_vigil/')
    ? answerVigilPath(emulated, initial, http, given)
    : answerCall(emulated, http, { ...given, sourceIp: request.sourceIp });
};

/** The request in its parts. */
export const toHttpRequest = ({ method, url, headers, body }: PlainRequest): HttpRequest => {
  const mark = url.indexOf('?');
  const header = (name: string): string => {
    const value = headers[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    method,
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers,
    contentType: header('content-type'),
    authorization: header('authorization'),
    body: body.toString('utf8'),
    rawBody: body,
  };
};
