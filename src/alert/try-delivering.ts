import { err, ok, type Result } from '../kernel/result.ts';
import type { Delivery, DeliveryProblem } from '../ports/alert-channel.ts';

/** What one try came to. */
export type Attempt =
  | { readonly kind: 'delivered' }
  /** The same again would be refused again. */
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'unreachable'; readonly message: string; readonly retryAfterSeconds: number | null };

/** How long a channel waits, and how. */
export interface Patience {
  /** Resolves after so many milliseconds; handed in, so that tests do not wait. */
  wait(milliseconds: number): Promise<void>;
  /** How long one try may take. */
  readonly timeoutMs: number;
}

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 1000;
/** Who asks for more patience than this is left to a later run. */
const LONGEST_WAIT_SECONDS = 60;

/** Tries up to four times, waiting 1, 2 and 4 seconds between, or as long as the other side asks, up to a minute. */
export const tryDelivering = async (
  attempt: () => Promise<Attempt>,
  { wait }: Pick<Patience, 'wait'>,
): Promise<Result<Delivery, DeliveryProblem>> => {
  for (let attempts = 1; ; attempts += 1) {
    const outcome = await settled(attempt);
    if (outcome.kind === 'delivered') return ok({ attempts });
    if (outcome.kind === 'refused') return err({ ...outcome, attempts, retryAfterSeconds: null });
    const { retryAfterSeconds } = outcome;
    if (attempts === ATTEMPTS || (retryAfterSeconds ?? 0) > LONGEST_WAIT_SECONDS) return err({ ...outcome, attempts });
    await wait(retryAfterSeconds === null ? FIRST_WAIT_MS * 2 ** (attempts - 1) : retryAfterSeconds * 1000);
  }
};

// A library's error may hold the address or the password in its message; its name and code do not.
const settled = async (attempt: () => Promise<Attempt>): Promise<Attempt> => {
  try {
    return await attempt();
  } catch (error) {
    return { kind: 'refused', message: `could not be sent (${errorName(error)})` };
  }
};

/** The name of an error, without its message. */
export const errorName = (error: unknown): string =>
  error instanceof Error && /^[A-Za-z0-9_.]{1,60}$/.test(error.name) ? error.name : 'unknown error';

/** The code of an error (`ECONNREFUSED`), its own or that of its cause; null: it has none. */
export const errorCode = (error: unknown): string | null => {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string' && /^[A-Za-z0-9_]{1,60}$/.test(error.code)) return error.code;
  return errorCode(error.cause);
};
