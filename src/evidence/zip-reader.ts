import { crc32, inflateRawSync } from 'node:zlib';
import { err, ok, type Result } from '../kernel/result.ts';

/** The files in a ZIP. */
export interface ZipFiles {
  readonly names: readonly string[];
  /** A file's bytes; the error is a reason in a few words. */
  read(name: string): Result<Uint8Array, string>;
}

/** The most that a ZIP may hold. */
export interface ZipLimits {
  readonly files: number;
  /** Bytes of one file, and of all together, as they are when inflated. */
  readonly bytesOfOne: number;
  readonly bytesOfAll: number;
}

/** Enough for the largest accounts by the hundred. */
const ZIP_LIMITS: ZipLimits = { files: 20_000, bytesOfOne: 2 ** 29 - 24, bytesOfAll: 2 ** 33 };

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * Opens a ZIP that anybody may have made, by its central directory. Refused are names that lead elsewhere or stand twice,
 * encryption, ZIP64, entries that overlap, and more than the limits allow; nothing is inflated beyond what its entry declares.
 */
export const openZip = (zip: Uint8Array, limits: ZipLimits = ZIP_LIMITS): Result<ZipFiles, string> => {
  try {
    const entries = entriesOf(Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength), limits);
    const byName = new Map(entries.map((entry) => [entry.name, entry]));
    return ok({
      names: [...byName.keys()],
      read: (name) => {
        const entry = byName.get(name);
        return entry === undefined ? err('is not in the ZIP') : contentOf(zip, entry);
      },
    });
  } catch (error) {
    if (error instanceof BadZip) return err(error.message);
    // Every offset beyond the end of the file is a RangeError.
    if (error instanceof RangeError) return err('is damaged: it ends too early');
    throw error;
  }
};

class BadZip extends Error {}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const LOCAL_SIZE = 30;
const SAFE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,3}$/;
const ENCRYPTED = 0x1;
const STORED = 0;
const DEFLATED = 8;

const entriesOf = (zip: Buffer, limits: ZipLimits): readonly Entry[] => {
  const end = endOf(zip);
  const count = zip.readUInt16LE(end + 10);
  if (count > limits.files) throw new BadZip(`holds ${count} files, more than ${limits.files}`);
  const entries: Entry[] = [];
  const names = new Set<string>();
  let at = zip.readUInt32LE(end + 16);
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    const entry = entryAt(zip, at);
    if (names.has(entry.name.toLowerCase())) throw new BadZip(`holds \`${entry.name}\` twice`);
    names.add(entry.name.toLowerCase());
    total += entry.size;
    if (entry.size > limits.bytesOfOne || total > limits.bytesOfAll)
      throw new BadZip('holds more than can be verified');
    entries.push(entry);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  if (at !== end) throw new BadZip('holds something beside its files');
  refuseOverlaps(entries);
  return entries;
};

/** Where the end of the central directory is told: we write no comment behind it, and accept none. */
const endOf = (zip: Buffer): number => {
  const end = zip.length - END_SIZE;
  if (end < 0 || zip.readUInt32LE(end) !== END) throw new BadZip('is no ZIP, or holds something after its end');
  if (zip.readUInt32LE(end + 4) !== 0) throw new BadZip('is a part of a ZIP');
  return end;
};

const entryAt = (zip: Buffer, at: number): Entry => {
  if (zip.readUInt32LE(at) !== CENTRAL) throw new BadZip('is damaged: its list of files is broken');
  const nameLength = zip.readUInt16LE(at + 28);
  const name = zip.toString('latin1', at + 46, at + 46 + nameLength);
  if (!SAFE_NAME.test(name)) throw new BadZip(`holds a file whose name is not one of ours: ${JSON.stringify(name)}`);
  if ((zip.readUInt16LE(at + 8) & ENCRYPTED) !== 0) throw new BadZip(`holds \`${name}\` encrypted`);
  const offset = zip.readUInt32LE(at + 42);
  if (zip.readUInt32LE(offset) !== LOCAL || localName(zip, offset) !== name)
    throw new BadZip(`is damaged: \`${name}\` is not where its list of files says`);
  return {
    name,
    method: zip.readUInt16LE(at + 10),
    crc: zip.readUInt32LE(at + 16),
    packed: zip.readUInt32LE(at + 20),
    size: zip.readUInt32LE(at + 24),
    offset: offset + LOCAL_SIZE + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28),
  };
};

const localName = (zip: Buffer, offset: number): string =>
  zip.toString('latin1', offset + LOCAL_SIZE, offset + LOCAL_SIZE + zip.readUInt16LE(offset + 26));

/** Files that share bytes make a small ZIP of a huge content. */
const refuseOverlaps = (entries: readonly Entry[]): void => {
  let reached = 0;
  for (const { name, offset, packed } of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (offset < reached) throw new BadZip(`holds \`${name}\` in the bytes of another file`);
    reached = offset + packed;
  }
};

const contentOf = (zip: Uint8Array, { method, crc, packed, size, offset }: Entry): Result<Uint8Array, string> => {
  const bytes = zip.subarray(offset, offset + packed);
  if (bytes.length !== packed) return err('is cut off');
  const content = method === STORED ? bytes : method === DEFLATED ? inflated(bytes, size) : null;
  if (content === null || content.length !== size || crc32(content) !== crc) return err('is damaged');
  return ok(content);
};

const inflated = (bytes: Uint8Array, size: number): Uint8Array | null => {
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) });
  } catch {
    return null;
  }
};
