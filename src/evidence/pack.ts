import type { AccountCoverage, AuditReport, Finding } from '../finding/audit-report.ts';
import { isMissing } from '../finding/expected-account.ts';
import { canonicalJson, type JsonObject, type JsonValue } from '../kernel/json.ts';
import type { Instant } from '../kernel/time.ts';
import { printSnapshotFiles } from '../snapshot/snapshot-directory.ts';
import type { SnapshotDocuments } from '../snapshot/snapshot-documents.ts';
import { factsOf, sha256Of } from './file-facts.ts';
import { MANIFEST_FILE, type Manifest, type ManifestFile, printManifest } from './manifest.ts';
import { printRecorded, RECORDED_FILE } from './recorded.ts';
import { type ManifestSigner, PUBLIC_KEY_FILE, SIGNATURE_FILE } from './signature.ts';
import { createZip } from './zip-writer.ts';

/** The name of the ZIP that a night's evidence is kept in. */
export const EVIDENCE_FILE = 'evidence.zip';

/** What one night was, and what is to be vouched for. */
export interface Night {
  readonly report: AuditReport;
  /** What each account was read as, in the order of the report's accounts. */
  readonly documents: readonly SnapshotDocuments[];
  readonly judgedAt: Instant | null;
  readonly selection: readonly string[] | null;
  readonly checks: readonly { readonly checkId: string; readonly enabled: boolean; readonly options: JsonObject }[];
  /** The compliance frameworks, by their ids. */
  readonly frameworks: readonly string[];
  /** The configuration in force, without secrets. */
  readonly configuration: JsonObject;
  readonly formats: readonly string[];
  readonly suppressionFiles: readonly SuppressionText[];
  /** The reports by file name; null: a file that is not to be. */
  readonly files: ReadonlyMap<string, string | null>;
  /** Templates and words of one's own, as text; null: the reports have Vigil's. */
  readonly wording: string | null;
  readonly previous: Manifest['previous'];
}

/** A suppression file as it was read. */
export interface SuppressionText {
  readonly name: string;
  readonly text: string;
}

/**
 * The files that make reports evidence, by name: the manifest, its signature where there is a signer, and the ZIP of all where
 * what the reports were made of is to be kept. Null: a file that is not to be.
 */
export const packOf = (
  night: Night,
  { signer, keepsInputs }: { readonly signer: ManifestSigner | null; readonly keepsInputs: boolean },
): ReadonlyMap<string, string | Uint8Array | null> => {
  const zip = keepsInputs ? createZip() : null;
  const inputs: ManifestFile[] = [];
  if (zip !== null) {
    for (const [name, text] of night.files) if (text !== null) zip.add(name, text);
    for (const { path, text } of inputsOf(night)) {
      inputs.push(factsOf(path, text, null));
      zip.add(path, text);
    }
  }
  const manifest = printManifest(manifestOf(night, zip === null ? null : inputs, signer));
  const signed = new Map<string, string | null>([
    [MANIFEST_FILE, manifest],
    [SIGNATURE_FILE, signer?.sign(manifest) ?? null],
    [PUBLIC_KEY_FILE, signer?.publicPem ?? null],
  ]);
  for (const [name, text] of signed) if (text !== null) zip?.add(name, text);
  return new Map<string, string | Uint8Array | null>([...signed, [EVIDENCE_FILE, zip?.finish() ?? null]]);
};

/** The place of an account's files in a pack; `again` counts the accounts of that id that stand before it. */
export const rawDirectory = (accountId: string, again: number): string =>
  `raw/${accountId}${again === 0 ? '' : `-${again + 1}`}`;

/** The place of a suppression file in a pack, by its place in the manifest. */
export const suppressionPath = (index: number): string => `suppressions/${index + 1}.yaml`;

/** The place of templates and words of one's own in a pack. */
export const WORDING_FILE = 'wording.json';

/** What the reports were made of; an account is printed when it is its turn, since it may be large. */
function* inputsOf({ report, documents, suppressionFiles, wording }: Night): Iterable<{ path: string; text: string }> {
  yield { path: RECORDED_FILE, text: printRecorded(report) };
  for (const [index, { text }] of suppressionFiles.entries()) yield { path: suppressionPath(index), text };
  if (wording !== null) yield { path: WORDING_FILE, text: wording };
  const seen = new Map<string, number>();
  for (const one of documents) {
    const { accountId } = one.account;
    const again = seen.get(accountId) ?? 0;
    seen.set(accountId, again + 1);
    for (const [file, text] of printSnapshotFiles(one))
      yield { path: `${rawDirectory(accountId, again)}/${file}`, text };
  }
}

const manifestOf = (night: Night, inputs: ManifestFile[] | null, signer: ManifestSigner | null): Manifest => {
  const { report, configuration } = night;
  const { id, startedAt, finishedAt, baselineRunId, vigilVersion, referenceDate } = report.run;
  const checks = night.checks.map(({ checkId, enabled, options }) => ({ checkId, enabled, options }));
  const rules: JsonValue = { checks, frameworks: night.frameworks };
  return {
    schemaVersion: '1.0',
    tool: { name: 'iam-vigil', version: vigilVersion },
    run: { id, startedAt, finishedAt, judgedAt: night.judgedAt, baselineRunId },
    reference: { date: referenceDate },
    rules: { sha256: sha256Of(canonicalJson(rules)), checks, frameworks: [...night.frameworks] },
    configuration: { sha256: sha256Of(canonicalJson(configuration)), content: configuration },
    formats: [...night.formats],
    selection: night.selection === null ? null : [...night.selection],
    suppressionFiles: night.suppressionFiles.map(({ name, text }) => ({ name, sha256: sha256Of(text) })),
    accounts: report.accounts.map((account, index) => accountOf(account, report.findings, night.documents[index])),
    unread: (report.expected ?? [])
      .filter((account) => isMissing(account))
      .map(({ accountId, name, status, reason }) => ({ accountId, name, status, reason })),
    files: [...night.files].flatMap(([path, text]) =>
      text === null ? [] : [factsOf(path, text, report.findings.length)],
    ),
    inputs,
    previous: night.previous,
    signedBy: signer === null ? null : { algorithm: 'Ed25519', publicKey: signer.publicKey },
  };
};

const accountOf = (
  { accountId, alias, collectedAt, complete }: AccountCoverage,
  findings: readonly Finding[],
  documents: SnapshotDocuments | undefined,
): Manifest['accounts'][number] => {
  const counts: Manifest['accounts'][number]['findings'] = {};
  let unjudged = 0;
  for (const { severity, state, outcome, accountId: whose } of findings) {
    if (whose !== accountId) continue;
    const isSettled = state === 'resolved' || state === 'suppressed';
    if (!isSettled && (outcome === 'unknown' || state === 'not-evaluated')) unjudged += 1;
    if (outcome === 'unknown' || state === 'not-evaluated') continue;
    const states = counts[severity] ?? {};
    counts[severity] = { ...states, [state]: (states[state] ?? 0) + 1 };
  }
  return {
    accountId,
    alias,
    caller: documents?.account.caller ?? null,
    collectedAt,
    complete,
    findings: counts,
    unjudged,
  };
};
