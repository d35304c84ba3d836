import { createHash } from 'node:crypto';
import type { ManifestFile } from './manifest.ts';

/** The SHA-256 of a text (as UTF-8) or of bytes, in hexadecimal. */
export const sha256Of = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** What a manifest says of a file. `findings`: how many `findings.json` tells. */
export const factsOf = (path: string, content: string, findings: number | null): ManifestFile => ({
  path,
  bytes: Buffer.byteLength(content),
  rows: path.endsWith('.csv') ? csvRows(content) : path === 'findings.json' ? findings : null,
  sha256: sha256Of(content),
  schemaVersion: schemaVersionOf(path),
});

// Tables get new columns at their end only: their form has had one version so far.
const SCHEMA_VERSIONS: ReadonlyMap<string, string> = new Map([
  ['findings.json', '1.0'],
  ['findings.ocsf.json', '1.6.0'],
  ['findings.sarif', '2.1.0'],
  ['findings.asff.json', '2018-10-08'],
]);

const schemaVersionOf = (path: string): string | null =>
  SCHEMA_VERSIONS.get(path) ?? (path.endsWith('.csv') && !path.includes('/') ? '1.0' : null);

/** The rows of a CSV text (RFC 4180) below its head: line ends within quotes end none. */
const csvRows = (csv: string): number => {
  let quoted = false;
  let lines = 0;
  let last = -1;
  for (let at = 0; at < csv.length; at += 1) {
    const code = csv.charCodeAt(at);
    if (code === QUOTE) quoted = !quoted;
    else if (code === LINE_FEED && !quoted) {
      lines += 1;
      last = at;
    }
  }
  if (last < csv.length - 1) lines += 1;
  return Math.max(0, lines - 1);
};

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
