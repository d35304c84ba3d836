import { strToU8, Zip, ZipDeflate } from 'fflate';

// The time of an entry is in the zone of whoever writes it, so that only a fixed one is the same everywhere. The format's first.
const ENTRY_TIME = new Date(1980, 0, 1);
const UNIX = 3;
const OWNER_ONLY = 0o100600;
const CHUNK = 1 << 20;

/** A ZIP in the making. The same files in the same order give the same bytes, in whatever zone. */
export interface ZipWriter {
  /** Deflates a file, of which nothing else is held. */
  add(name: string, text: string): void;
  /** The ZIP; nothing can be added any more. */
  finish(): Uint8Array;
}

/** Begins a ZIP. */
export const createZip = (): ZipWriter => {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error !== null) throw error;
    pieces.push(piece);
  });
  return {
    add: (name, text) => {
      const entry = new ZipDeflate(name, { level: 6 });
      Object.assign(entry, { mtime: ENTRY_TIME, os: UNIX, attrs: OWNER_ONLY * 0x10000 });
      zip.add(entry);
      const content = strToU8(text);
      for (let at = 0; at < content.length; at += CHUNK) entry.push(content.subarray(at, at + CHUNK), false);
      entry.push(new Uint8Array(0), true);
    },
    finish: () => {
      zip.end();
      return Buffer.concat(pieces);
    },
  };
};
