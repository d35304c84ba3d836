import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inflateRawSync } from 'node:zlib';
import { openZip } from '../../src/evidence/zip-reader.ts';

/** The forms in which a text may stand somewhere: as it is, escaped for JSON, URLs and HTML, and within base64. */
export const formsOf = (secret: string): readonly string[] => {
  const html = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const plain = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), encodeURI(secret), html];
  // What stands before it shifts it by up to two bytes.
  const shifted = [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3));
    const skipped = before === 0 ? 0 : 4;
    return [whole.toString('base64').slice(skipped), whole.toString('base64url').slice(skipped)];
  });
  return [...new Set([...plain, ...shifted, Buffer.from(secret).toString('hex')])];
};

/** Where secrets stand in texts, as `secret in text`. */
export const tracesIn = (
  texts: ReadonlyMap<string, string>,
  secrets: Readonly<Record<string, string>>,
): readonly string[] =>
  Object.entries(secrets).flatMap(([secret, value]) => {
    const forms = formsOf(value);
    return [...texts].flatMap(([name, text]) =>
      forms.some((form) => text.includes(form)) ? [`${secret} in ${name}`] : [],
    );
  });

/** All files below a directory as texts, and what databases and archives hold besides. */
export const textsBelow = (directory: string, isLeftOut: (file: string) => boolean): ReadonlyMap<string, string> => {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !isLeftOut(file));
  return new Map(
    files.flatMap((file): readonly (readonly [string, string])[] => {
      const bytes = readFileSync(file);
      const itself = [file, bytes.toString('latin1') + bytes.toString('utf8')] as const;
      if (file.endsWith('.zip')) return [itself, ...inArchive(file, bytes)];
      return file.endsWith('.sqlite') ? [itself, ...inDatabase(file)] : [itself];
    }),
  );
};

const inArchive = (file: string, bytes: Uint8Array): readonly (readonly [string, string])[] => {
  const zip = openZip(bytes);
  if (!zip.ok) throw new Error(zip.error);
  return zip.value.names.map((name) => {
    const read = zip.value.read(name);
    if (!read.ok) throw new Error(read.error);
    return [`${file} ${name}`, Buffer.from(read.value).toString('utf8')] as const;
  });
};

/** Every value of every table, inflated where it is deflated. */
const inDatabase = (file: string): readonly (readonly [string, string])[] => {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  const texts = tables.map(({ name }) => {
    const values = database
      .prepare(`SELECT * FROM "${String(name)}"`)
      .all()
      .flatMap(Object.values);
    return [`${file} ${String(name)}`, values.map(textOf).join('\n')] as const;
  });
  database.close();
  return texts;
};

const textOf = (value: unknown): string => {
  if (!(value instanceof Uint8Array)) return String(value);
  return inflateRawSync(value).toString('utf8');
};
