import type { IncomingMessage } from 'node:http';

/** The largest body read. IAM's largest inputs are a SAML metadata document of 10 MB at most, policies of some 6 KB. */
const MAX_BODY_BYTES = 1024 * 1024;

/** How much of a body that is too large is still swallowed, so that its sender gets to read the answer. */
const MAX_DRAINED_BYTES = 32 * MAX_BODY_BYTES;

/** The body of a request; undefined where it is too large. */
export const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) continue;
    size += chunk.byteLength;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    else chunks.length = 0;
    if (size > MAX_DRAINED_BYTES) break;
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks);
};
