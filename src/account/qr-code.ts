import { crc32, deflateSync } from 'node:zlib';
import { encodeQR } from 'qr';

/** The pixels on the side of one module of the code. */
const SCALE = 4;

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A QR code of some text, as a PNG picture in black and white. Source: RFC 2083. */
export const qrCodePng = (text: string): Uint8Array => {
  const modules = encodeQR(text, 'raw', { border: 4 });
  const side = modules.length * SCALE;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // One bit a pixel, in greys; compression, filter and interlace are the usual ones.
  header.writeUInt8(1, 8);
  const rows = modules.flatMap((row) => Array.from({ length: SCALE }, () => pixelRow(row)));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** A row as PNG has it: the filter, which is none, and the pixels, of which 0 is black. */
const pixelRow = (modules: readonly boolean[]): Buffer => {
  const bits = modules.map((dark) => (dark ? '0' : '1').repeat(SCALE)).join('');
  return Buffer.from([0, ...(bits.match(/.{1,8}/g) ?? []).map((eight) => Number.parseInt(eight.padEnd(8, '1'), 2))]);
};

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};
