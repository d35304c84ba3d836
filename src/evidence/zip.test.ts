import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openZip, type ZipLimits } from './zip-reader.ts';
import { createZip } from './zip-writer.ts';

const files = (entries: Readonly<Record<string, string>>) => Object.entries(entries);
const zipOf = (entries: readonly (readonly [string, string])[]): Uint8Array => {
  const zip = createZip();
  for (const [name, text] of entries) zip.add(name, text);
  return zip.finish();
};
const NIGHT = {
  'raw/1/account.json': '{"ü":1}',
  'manifest.json': '{}',
  'empty.csv': '',
  'long.csv': 'row\n'.repeat(600_000),
};

const texts = (zip: Uint8Array, limits?: ZipLimits): Readonly<Record<string, string>> | string => {
  const opened = openZip(zip, limits);
  if (!opened.ok) return opened.error;
  const read: Record<string, string> = {};
  for (const name of opened.value.names) {
    const content = opened.value.read(name);
    read[name] = content.ok ? Buffer.from(content.value).toString('utf8') : `?${content.error}`;
  }
  return read;
};

const bytesOf = (entries: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(entries).map(([name, text]) => [name, strToU8(text)])));

describe('a ZIP', () => {
  it('gives back what was put in', () => {
    expect(texts(zipOf(files(NIGHT)))).toEqual(NIGHT);
  });

  it('is the same bytes each time', () => {
    expect(Buffer.compare(zipOf(files(NIGHT)), zipOf(files(NIGHT)))).toBe(0);
  });

  it('of which any byte is changed is refused, or gives the same content', () => {
    const { 'long.csv': _, ...small } = NIGHT;
    const good = zipOf(files(small));
    for (let at = 0; at < good.length; at += 1) {
      for (const bits of [0x01, 0x80, 0xff]) {
        const bad = Uint8Array.from(good);
        bad[at] = (bad[at] ?? 0) ^ bits;
        const read = texts(bad);
        if (typeof read === 'string') continue;
        const told = Object.entries(read).filter(([name, text]) => small[name as keyof typeof small] !== text);
        // Names that are others, and content that is damaged, are what verifying then tells.
        for (const [name, text] of told) expect(text.startsWith('?') || !Object.hasOwn(small, name)).toBe(true);
      }
    }
  });

  it('that is cut anywhere is refused', () => {
    const good = zipOf(files({ 'a.json': '{}' }));
    for (let length = 0; length < good.length; length += 1)
      expect(texts(good.subarray(0, length))).toBeTypeOf('string');
  });
});

describe('a hostile ZIP', () => {
  it.each(['../etc/passwd', '/etc/passwd', 'a/../b', 'C:\\x', 'a\\b', '.bashrc', 'a//b', 'a/', '\u0000', 'ü', ''])(
    'is refused for the name %j',
    (name) => {
      expect(texts(bytesOf({ [name]: 'x' }))).toMatch(/holds a file whose name is not one of ours|is damaged/);
    },
  );

  it('is refused where a name stands twice, in capitals too', () => {
    expect(texts(bytesOf({ 'a.json': '1', 'A.json': '2' }))).toBe('holds `A.json` twice');
  });

  it('may hold what has the names of an object’s own members', () => {
    expect(texts(zipOf(files({ constructor: 'x' })))).toEqual({ constructor: 'x' });
  });

  it('is refused for more files, and for more bytes, than the limits allow', () => {
    const limits = { files: 2, bytesOfOne: 100, bytesOfAll: 150 };
    expect(texts(bytesOf({ a: '1', b: '2', c: '3' }), limits)).toBe('holds 3 files, more than 2');
    expect(texts(bytesOf({ a: 'x'.repeat(101) }), limits)).toBe('holds more than can be verified');
    expect(texts(bytesOf({ a: 'x'.repeat(90), b: 'x'.repeat(90) }), limits)).toBe('holds more than can be verified');
  });

  it('is not inflated beyond what it declares', () => {
    const bomb = Buffer.from(bytesOf({ 'a.csv': '0'.repeat(50_000_000) }));
    const central = bomb.lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    bomb.writeUInt32LE(10, central + 24);
    expect(texts(bomb)).toEqual({ 'a.csv': '?is damaged' });
  });

  it('is refused where files share their bytes', () => {
    const inner = zipSync({ b: strToU8('y') }, { level: 0 });
    const zip = Buffer.from(zipSync({ a: inner, b: strToU8('y') }, { level: 0 }));
    const central = zip.lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    zip.writeUInt32LE(zip.indexOf(inner), central + 42);
    expect(texts(zip)).toBe('holds `b` in the bytes of another file');
  });

  it('is refused with something after its end', () => {
    expect(texts(Buffer.concat([bytesOf({ a: 'x' }), Buffer.from('more')]))).toBe(
      'is no ZIP, or holds something after its end',
    );
  });
});
