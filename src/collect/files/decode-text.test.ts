import { expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

const swap = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

it.each([
  ['UTF-8', Buffer.from('{"é": "日本"}')],
  ['UTF-8 with a byte order mark', Buffer.from('\uFEFF{"é": "日本"}')],
  ['UTF-16 as PowerShell redirects', utf16('\uFEFF{"é": "日本"}')],
  ['UTF-16 without a byte order mark', utf16('{"é": "日本"}')],
  ['UTF-16, big end first', swap(utf16('\uFEFF{"é": "日本"}'))],
  ['UTF-16, big end first, without a byte order mark', swap(utf16('{"é": "日本"}'))],
])('reads %s', (_, bytes) => {
  expect(decodeText(bytes)).toEqual({ ok: true, value: '{"é": "日本"}' });
});

it('reads nothing as nothing', () => {
  expect(decodeText(new Uint8Array())).toEqual({ ok: true, value: '' });
});

it.each([
  [[0x1f, 0x8b, 8, 0], 'is packed (gzip); unpack it first'],
  [[0x50, 0x4b, 3, 4], 'is packed (zip); unpack it first'],
  [[0x7b, 0xff, 0xfe, 0x41], 'is not text in UTF-8 or UTF-16 (line 1); save it as UTF-8'],
  [[0x61, 0x0a, 0x62, 0x0a, 0xe9, 0x0a], 'is not text in UTF-8 or UTF-16 (line 3); save it as UTF-8'],
])('says what %j is', (bytes, error) => {
  expect(decodeText(Uint8Array.from(bytes))).toEqual({ ok: false, error });
});
