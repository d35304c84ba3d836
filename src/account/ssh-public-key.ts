import { createHash, createPublicKey, type KeyObject } from 'node:crypto';

/** An RSA public key as both encodings that IAM knows have it. */
export interface SshPublicKey {
  /** As in `authorized_keys`: `ssh-rsa AAAA…`. */
  readonly ssh: string;
  /** As SubjectPublicKeyInfo. */
  readonly pem: string;
  /** The MD5 digest, as `ssh-keygen -E md5 -l` prints it. */
  readonly fingerprint: string;
}

/** Shorter RSA keys are refused. Source: UploadSSHPublicKey, IAM API Reference. */
const MINIMUM_BITS = 2048;

/** Reads an RSA public key in SSH or PEM encoding; says whether the encoding is unknown, or the key itself is no good. */
export const parseSshPublicKey = (text: string): SshPublicKey | 'unrecognized' | 'invalid' => {
  const body = text.trim();
  const isPem = /^-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(body);
  if (!isPem && !/^ssh-[a-z0-9-]+ /.test(body)) return 'unrecognized';
  const key = isPem ? keyOfPem(body) : keyOfSsh(body);
  if (key === null || key.asymmetricKeyType !== 'rsa') return 'invalid';
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < MINIMUM_BITS) return 'invalid';
  const blob = sshBlob(key);
  return {
    ssh: isPem ? `ssh-rsa ${blob.toString('base64')}` : body,
    pem: key.export({ type: 'spki', format: 'pem' }).toString().trim(),
    fingerprint: (createHash('md5').update(blob).digest('hex').match(/../g) ?? []).join(':'),
  };
};

const keyOfPem = (pem: string): KeyObject | null => {
  try {
    return createPublicKey(pem);
  } catch {
    return null;
  }
};

/** `ssh-rsa`, then the key in Base64. Source: RFC 4253, section 6.6: name, exponent and modulus, each with its length. */
const keyOfSsh = (line: string): KeyObject | null => {
  const [, encoded = ''] = line.split(/\s+/);
  const [name, exponent, modulus, ...others] = fieldsOf(Buffer.from(encoded, 'base64'));
  if (name?.toString('latin1') !== 'ssh-rsa' || exponent === undefined || modulus === undefined) return null;
  if (others.length > 0) return null;
  try {
    const jwk = { kty: 'RSA', e: exponent.toString('base64url'), n: withoutSign(modulus).toString('base64url') };
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return null;
  }
};

/** The fields of a blob; none where the lengths do not add up. */
const fieldsOf = (blob: Buffer): Buffer[] => {
  const fields: Buffer[] = [];
  let at = 0;
  while (at + 4 <= blob.length) {
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return [];
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return at === blob.length ? fields : [];
};

const withoutSign = (number: Buffer): Buffer => (number[0] === 0 ? number.subarray(1) : number);

const sshBlob = (key: KeyObject): Buffer => {
  const { e = '', n = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([field(Buffer.from('ssh-rsa')), field(positive(e)), field(positive(n))]);
};

const field = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** A number as SSH has it: a first bit of 1 would make it negative. */
const positive = (base64url: string): Buffer => {
  const bytes = Buffer.from(base64url, 'base64url');
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
};
