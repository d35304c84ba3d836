import type { Result } from '../kernel/result.ts';
import { sha256Of } from './file-facts.ts';
import { MANIFEST_FILE, type Manifest, type ManifestFile, parseManifest } from './manifest.ts';
import { EVIDENCE_FILE } from './pack.ts';
import { type ManifestVerifier, PUBLIC_KEY_FILE, parsePublicKey, SIGNATURE_FILE } from './signature.ts';
import { openZip } from './zip-reader.ts';

/** Files of a night, in a directory or in a ZIP. */
export interface PackFiles {
  readonly names: readonly string[];
  /** A file's bytes; the error is a reason in a few words. */
  read(name: string): Result<Uint8Array, string>;
}

/** What verifying came to. */
export interface Verification {
  /** What is not as it was, a line each. */
  readonly problems: readonly string[];
  /** Null: there is none that can be read. */
  readonly manifest: Manifest | null;
  /** The bytes of the manifest. */
  readonly manifestBytes: Uint8Array;
  /** How many files are as they were. */
  readonly intact: number;
  /** The public key that signed the manifest; null: none did, or not rightly. */
  readonly signedBy: string | null;
}

const OF_THE_PACK: ReadonlySet<string> = new Set([MANIFEST_FILE, SIGNATURE_FILE, PUBLIC_KEY_FILE]);

/** Holds the reports of a directory, and the ZIP beside them where there is to be one, against the manifest. */
export const verifyDirectory = (files: PackFiles, key: ManifestVerifier | null): Verification => {
  const beside = files.names.filter((name) => name !== EVIDENCE_FILE);
  const verified = verify({ ...files, names: beside }, key, ({ files: reports }) => reports);
  if (verified.manifest === null) return verified;
  const { inputs } = verified.manifest;
  const hasZip = files.names.includes(EVIDENCE_FILE);
  if (inputs === null) {
    return hasZip ? withProblems(verified, [`${EVIDENCE_FILE}: is not of this night`]) : verified;
  }
  if (!hasZip) return withProblems(verified, [`${EVIDENCE_FILE}: is missing`]);
  const bytes = files.read(EVIDENCE_FILE);
  if (!bytes.ok) return withProblems(verified, [`${EVIDENCE_FILE}: ${bytes.error}`]);
  const zip = verifyZip(bytes.value, key);
  const isSame = Buffer.compare(zip.manifestBytes, verified.manifestBytes) === 0;
  const problems = isSame
    ? zip.problems
    : [...zip.problems, `${MANIFEST_FILE}: is another than the one beside the ZIP`];
  return {
    ...withProblems(
      verified,
      problems.map((problem) => `${EVIDENCE_FILE}: ${problem}`),
    ),
    intact: verified.intact + zip.intact,
  };
};

/** Holds what is in a night's ZIP against the manifest in it. */
export const verifyZip = (bytes: Uint8Array, key: ManifestVerifier | null): Verification => {
  const zip = openZip(bytes);
  if (!zip.ok) return { ...NOTHING, problems: [zip.error] };
  return verify(zip.value, key, ({ files, inputs }) => [...files, ...(inputs ?? [])]);
};

const NOTHING: Verification = {
  problems: [],
  manifest: null,
  manifestBytes: new Uint8Array(0),
  intact: 0,
  signedBy: null,
};

const withProblems = (verified: Verification, more: readonly string[]): Verification => ({
  ...verified,
  problems: [...verified.problems, ...more],
});

const verify = (
  files: PackFiles,
  key: ManifestVerifier | null,
  vouchedFor: (manifest: Manifest) => readonly ManifestFile[],
): Verification => {
  const bytes = files.read(MANIFEST_FILE);
  if (!bytes.ok) return { ...NOTHING, problems: [`${MANIFEST_FILE}: ${bytes.error}`] };
  const manifest = parseManifest(Buffer.from(bytes.value).toString('utf8'));
  if (!manifest.ok) return { ...NOTHING, problems: [`${MANIFEST_FILE}: ${manifest.error}`] };
  const signature = signatureOf(files, key, manifest.value, bytes.value);
  const due = vouchedFor(manifest.value);
  const problems = due.flatMap((file) => problemOf(file, files) ?? []);
  const known = new Set(due.map(({ path }) => path));
  const extra = files.names
    .filter((name) => !known.has(name) && !OF_THE_PACK.has(name))
    .map((name) => `${JSON.stringify(name)}: is not of this night`);
  return {
    problems: [...signature.problems, ...problems, ...extra],
    manifest: manifest.value,
    manifestBytes: bytes.value,
    intact: due.length - problems.length,
    signedBy: signature.signedBy,
  };
};

const problemOf = ({ path, bytes, sha256 }: ManifestFile, files: PackFiles): string | null => {
  if (!files.names.includes(path)) return `${path}: is missing`;
  const content = files.read(path);
  if (!content.ok) return `${path}: ${content.error}`;
  if (content.value.length !== bytes) return `${path}: is changed: ${content.value.length} bytes where ${bytes} were`;
  return sha256Of(content.value) === sha256 ? null : `${path}: is changed: its SHA-256 is another`;
};

const signatureOf = (
  files: PackFiles,
  key: ManifestVerifier | null,
  { signedBy }: Manifest,
  manifest: Uint8Array,
): Pick<Verification, 'problems' | 'signedBy'> => {
  const wrong = (problem: string) => ({ problems: [problem], signedBy: null });
  const signature = textOf(files, SIGNATURE_FILE);
  if (signature === null) {
    return signedBy === null && key === null
      ? { problems: [], signedBy: null }
      : wrong(`${SIGNATURE_FILE}: is missing: the manifest is not signed`);
  }
  if (signedBy === null) return wrong(`${SIGNATURE_FILE}: is there, but the manifest says that nobody signed it`);
  const told = parsePublicKey(signedBy.publicKey);
  const verifier = key ?? (told.ok ? told.value : null);
  if (verifier === null) return wrong(`${MANIFEST_FILE}: names no public key that can be read`);
  if (!verifier.accepts(signature, manifest)) {
    return wrong(
      key === null
        ? `${SIGNATURE_FILE}: is not the signature of this manifest`
        : `${SIGNATURE_FILE}: is not the signature of this manifest by the key given`,
    );
  }
  const beside = parsePublicKey(textOf(files, PUBLIC_KEY_FILE) ?? '');
  if (!beside.ok || beside.value.publicKey !== verifier.publicKey)
    return wrong(`${PUBLIC_KEY_FILE}: is not the key that signed`);
  return { problems: [], signedBy: verifier.publicKey };
};

const textOf = (files: PackFiles, name: string): string | null => {
  if (!files.names.includes(name)) return null;
  const bytes = files.read(name);
  return bytes.ok ? Buffer.from(bytes.value).toString('latin1') : null;
};
