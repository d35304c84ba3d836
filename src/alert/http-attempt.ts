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
    return attemptOfStatus(response.status, retryAfterOf(response.headers));
  } catch (error) {
    return attemptOfFailure(error);
  }
};

/** What an answer's status says of the try; `detail` is what the other side says beside it, in words that are known. */
export const attemptOfStatus = (status: number, retryAfterSeconds: number | null, detail = ''): Attempt => {
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const message = `answered ${String(status)}${detail === '' ? '' : ` (${detail})`}`;
  if (status === 408 || status === 429 || status >= 500) {
    return { kind: 'unreachable', message, retryAfterSeconds };
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

/**
 * How many seconds an answer asks to wait by its `Retry-After` (RFC 9110, 10.2.3): a number, or a moment, which counts from
 * the answer's own `Date`, so that the two clocks need not agree. Null: it does not ask.
 */
export const retryAfterOf = (headers: { get(name: string): string | null }): number | null => {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,6}$/.test(text)) return Number(text);
  if (!text.endsWith(' GMT')) return null;
  const seconds = (Date.parse(text) - Date.parse(headers.get('date') ?? '')) / 1000;
  return Number.isNaN(seconds) ? null : Math.max(0, Math.ceil(seconds));
};
