import { z } from 'zod';
import { FINDING_STATES } from '../finding/audit-report.ts';
import { SEVERITIES } from '../finding/check-result.ts';
import { EXPECTED_STATUSES } from '../finding/expected-account.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** The name of the file that says what a night's evidence is made of. */
export const MANIFEST_FILE = 'manifest.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);
const text = z.string().max(4096);
const instant = z.iso.datetime().max(40);
const path = z
  .string()
  .max(300)
  .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,3}$/);

const file = z.object({
  path,
  bytes: count,
  /** Rows of a table without its head, findings of `findings.json`; null: not a list of one kind. */
  rows: count.nullable(),
  sha256,
  /** Of the file's form; null: it has none of its own. */
  schemaVersion: text.nullable(),
});

const states = z.partialRecord(z.enum(FINDING_STATES), count);

const account = z.object({
  accountId: text,
  alias: text.nullable(),
  /** Who read the account, as AWS knows the caller; null: not known, as of saved files. */
  caller: text.nullable(),
  collectedAt: instant,
  complete: z.boolean(),
  /** Problems by severity and state. */
  findings: z.partialRecord(z.enum(SEVERITIES), states),
  /** What could not be judged. */
  unjudged: count,
});

const manifestSchema = z.object({
  schemaVersion: z.literal('1.0'),
  tool: z.object({ name: text, version: text }),
  run: z.object({
    id: text,
    startedAt: instant,
    finishedAt: instant,
    /** The clock that all accounts were judged by; null: each by the time that it was read. */
    judgedAt: instant.nullable(),
    baselineRunId: text.nullable(),
  }),
  /** The data about AWS's services. */
  reference: z.object({ date: text }),
  rules: z.object({
    sha256,
    checks: z.array(z.object({ checkId: text, enabled: z.boolean(), options: z.record(z.string(), z.unknown()) })),
    frameworks: z.array(text),
  }),
  configuration: z.object({ sha256, content: z.record(z.string(), z.unknown()) }),
  formats: z.array(text),
  /** Names that the audit was limited to; null: it was of all accounts. */
  selection: z.array(text).nullable(),
  suppressionFiles: z.array(z.object({ name: text, sha256 })),
  accounts: z.array(account),
  /** Accounts that were to be read and were not. */
  unread: z.array(
    z.object({
      accountId: text.nullable(),
      name: text.nullable(),
      status: z.enum(EXPECTED_STATUSES),
      reason: z.string().nullable(),
    }),
  ),
  /** The reports. */
  files: z.array(file),
  /** What the reports were made of, kept in `evidence.zip`; null: it was not kept. */
  inputs: z.array(file).nullable(),
  /** The night before in the same directory of reports; null: there was none. */
  previous: z.object({ runId: text, sha256 }).nullable(),
  /** The key that signed this file, as base64 of its 32 bytes; null: nobody signed it. */
  signedBy: z.object({ algorithm: z.literal('Ed25519'), publicKey: text }).nullable(),
});

/** What a night's evidence is made of: the content of `manifest.json`. */
export type Manifest = z.infer<typeof manifestSchema>;

/** A file that a manifest vouches for. */
export type ManifestFile = z.infer<typeof file>;

/** The text of `manifest.json`. The same manifest gives the same bytes. */
export const printManifest = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

/** Reads the text of a `manifest.json`, whoever wrote it; the error is a reason in a few words. */
export const parseManifest = (content: string): Result<Manifest, string> => {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return err('is no JSON');
  }
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const place = parsed.error.issues[0]?.path.join('.') ?? '';
  return err(`is not a manifest of this form: \`${place}\` is missing or wrong`);
};
