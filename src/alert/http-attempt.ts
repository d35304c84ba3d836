import type { Secret } from '../kernel/secret.ts';
import { type Attempt, errorCode, errorName } from './try-delivering.ts';

/** A request as JSON. The address may hold what nobody may see. */
export interface JsonPost {
  readonly url: Secret;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** Posts once. A redirect is not followed: what is sent is for the address that was configured. */
export const postOnce = async ({ url, body, headers, timeoutMs }: JsonPost): Promise<Attempt> => {
  try {
    const response = await fetch(url.reveal(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'vigil', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return attemptOfStatus(response.status, response.headers.get('retry-after'));
  } catch (error) {
    return attemptOfFailure(error);
  }
};

/** What an answer's status says of the try; `detail` is what the other side says beside it, in words that are known. */
export const attemptOfStatus = (status: number, retryAfter: string | null, detail = ''): Attempt => {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const message = `answered ${String(status)}${detail === '' ? '' : ` (${detail})`}`;
  if (status === 408 || status === 429 || status >= 500) {
    return { kind: 'unreachable', message, retryAfterSeconds: secondsOf(retryAfter) };
  }
  return { kind: 'refused', message };
};

/** What it says of the try that there was no answer. */
export const attemptOfFailure = (error: unknown): Attempt => ({
  kind: 'unreachable',
  message:
    error instanceof Error && error.name === 'TimeoutError'
      ? 'did not answer in time'
      : `could not be reached (${errorCode(error) ?? errorName(error)})`,
  retryAfterSeconds: null,
});

// RFC 9110, 10.2.3. It may be a date too, which needs a clock that both agree on; the usual backoff does as well then.
const secondsOf = (retryAfter: string | null): number | null =>
  retryAfter !== null && /^\d{1,6}$/.test(retryAfter.trim()) ? Number(retryAfter) : null;
