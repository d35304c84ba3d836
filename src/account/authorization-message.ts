import { createHmac, timingSafeEqual } from 'node:crypto';

/** Not a secret: it keeps other texts from being taken for messages of the emulator. */
const KEY = 'vigil authorization message';

const SEAL_BYTES = 16;

const sealOf = (body: Uint8Array): Buffer => createHmac('sha256', KEY).update(body).digest().subarray(0, SEAL_BYTES);

/** A message about a refusal as AWS hands it out: nobody but `sts:DecodeAuthorizationMessage` reads it. */
export const encodeAuthorizationMessage = (message: object): string => {
  const body = Buffer.from(JSON.stringify(message), 'utf8');
  return Buffer.concat([sealOf(body), body]).toString('base64url');
};

/** Reads such a message as JSON text; null where it is none of the emulator's. */
export const decodeAuthorizationMessage = (encoded: string): string | null => {
  const bytes = Buffer.from(encoded, 'base64url');
  const body = bytes.subarray(SEAL_BYTES);
  const sealed = bytes.length > SEAL_BYTES && timingSafeEqual(bytes.subarray(0, SEAL_BYTES), sealOf(body));
  return sealed ? body.toString('utf8') : null;
};
