import { strToU8, Zip, ZipDeflate } from 'fflate';

// The time of an entry is in the zone of whoever writes it, so that only a fixed one is the same everywhere. The format's first.
const ENTRY_TIME = new Date(1980, 0, 1);
const UNIX = 3;
const OWNER_ONLY = 0o100600;
const CHUNK = 1 << 20;

/**
 * A ZIP of text files, in the order of their names: the same files give the same bytes, in whatever zone. Each file is
 * deflated piece by piece and asked for when it is its turn, so that only what is deflated is held.
 */
export const zipOf = (files: ReadonlyMap<string, () => string>): Uint8Array => {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error !== null) throw error;
    pieces.push(piece);
  });
  for (const name of [...files.keys()].sort()) {
    const entry = new ZipDeflate(name, { level: 6 });
    Object.assign(entry, { mtime: ENTRY_TIME, os: UNIX, attrs: OWNER_ONLY * 0x10000 });
    zip.add(entry);
    const content = strToU8(files.get(name)?.() ?? '');
    for (let at = 0; at < content.length; at += CHUNK) entry.push(content.subarray(at, at + CHUNK), false);
    entry.push(new Uint8Array(0), true);
  }
  zip.end();
  return Buffer.concat(pieces);
};
