const BASE_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Text in Base32, without padding. Source: RFC 4648. */
export const base32 = (bytes: Uint8Array): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE_32[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '').join('');
};

/** The bytes of such text. */
export const fromBase32 = (text: string): Buffer => {
  const bits = [...text].map((letter) => BASE_32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
};
