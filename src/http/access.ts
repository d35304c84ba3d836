import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Secret } from '../kernel/secret.ts';

/** What a request may not do: it lacks the token, or a page of the web has a browser ask for it. */
export type Refusal = 'unauthorized' | 'forbidden';

/** Whether a request may see what is not for everybody; null: it may. Without a token, which only loopback may be, its host must be loopback's. */
export const refusalOf = (
  { authorization = '', host = '' }: IncomingHttpHeaders,
  token: Secret | null,
): Refusal | null => {
  if (token === null) return isLoopback(host) ? null : 'forbidden';
  return isToken(givenToken(authorization), token) ? null : 'unauthorized';
};

// A page whose name is made to lead to this machine (DNS rebinding) has the browser send that name.
const isLoopback = (host: string): boolean => /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host);

/** A bearer token, or the password of Basic authentication, which a browser can ask for. */
const givenToken = (authorization: string): string => {
  const [, scheme = '', credentials = ''] = /^(\S+) +(\S+)$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() !== 'basic') return '';
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
};

// Hashes are of one length, so that the time tells nothing of the token's.
const isToken = (given: string, token: Secret): boolean => timingSafeEqual(hash(given), hash(token.reveal()));

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
