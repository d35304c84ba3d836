import { type KeyObject, sign } from 'node:crypto';

/**
 * A certificate that a key of RSA issues for itself, valid for the years 2000 to 2049, as DER. Source: RFC 5280, section 4.1;
 * the encoding is that of ITU-T X.690.
 */
export const selfSigned = ({
  publicKey,
  privateKey,
}: {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}) => {
  const content = sequence(
    integer(1),
    SHA256_WITH_RSA,
    NAME,
    sequence(utcTime('000101000000Z'), utcTime('491231235959Z')),
    NAME,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  return sequence(content, SHA256_WITH_RSA, bitString(sign('sha256', content, privateKey)));
};

const element = (tag: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([tag]), lengthOf(content), content]);

const lengthOf = ({ length }: Buffer): Buffer => {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
};

const sequence = (...parts: readonly Buffer[]): Buffer => element(0x30, Buffer.concat(parts));
const integer = (value: number): Buffer => element(0x02, Buffer.from([value]));
const utcTime = (text: string): Buffer => element(0x17, Buffer.from(text, 'latin1'));
const bitString = (bits: Buffer): Buffer => element(0x03, Buffer.concat([Buffer.from([0]), bits]));

/** `sha256WithRSAEncryption`, 1.2.840.113549.1.1.11, without parameters. */
const SHA256_WITH_RSA = sequence(
  element(0x06, Buffer.from('2a864886f70d01010b', 'hex')),
  element(0x05, Buffer.alloc(0)),
);

/** `CN=escalation`; `commonName` is 2.5.4.3. */
const NAME = sequence(
  element(
    0x31,
    sequence(element(0x06, Buffer.from('550403', 'hex')), element(0x0c, Buffer.from('escalation', 'latin1'))),
  ),
);
