import type { Secret } from '../kernel/secret.ts';
import { type Attempt, errorCode, errorName } from './try-delivering.ts';

/** How a channel of AWS reaches its service; credentials come from the SDK's default chain unless given. */
export interface AwsReach {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly endpointUrl?: string | undefined;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: Secret } | undefined;
}

/** The settings of an SDK client that tries once: the channel does the trying again. */
export const clientSettings = ({ region, profile, endpointUrl, credentials }: AwsReach, timeoutMs: number) => ({
  maxAttempts: 1,
  requestHandler: { requestTimeout: timeoutMs, connectionTimeout: timeoutMs, throwOnRequestTimeout: true },
  ...(region === undefined ? {} : { region }),
  ...(profile === undefined ? {} : { profile }),
  ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
  ...(credentials === undefined
    ? {}
    : {
        credentials: {
          accessKeyId: credentials.accessKeyId,
          secretAccessKey: credentials.secretAccessKey.reveal(),
        },
      }),
});

const THROTTLED = /throttl|TooManyRequests|LimitExceeded|ServiceUnavailable|InternalError|InternalException|Timeout/i;

/** What an error of the SDK says of the try: its name and status, not its message. */
export const attemptOfAwsError = (error: unknown): Attempt => {
  const status = statusOf(error);
  const name = errorName(error);
  if (status === null) {
    const message = `could not be reached (${errorCode(error) ?? name})`;
    return /Credentials|Token|Config/.test(name)
      ? { kind: 'refused', message: `no credentials (${name})` }
      : { kind: 'unreachable', message, retryAfterSeconds: null };
  }
  const message = `answered ${String(status)} (${name})`;
  return status === 429 || status >= 500 || THROTTLED.test(name)
    ? { kind: 'unreachable', message, retryAfterSeconds: null }
    : { kind: 'refused', message };
};

const statusOf = (error: unknown): number | null => {
  if (!(error instanceof Error) || !('$metadata' in error)) return null;
  const metadata = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
};
