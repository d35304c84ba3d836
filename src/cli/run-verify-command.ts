import { join } from 'node:path';
import { readTextFile } from '../collect/read-text-file.ts';
import { EVIDENCE_FILE } from '../evidence/pack.ts';
import { parseRemovedNights, REMOVED_NIGHTS_FILE } from '../evidence/removed-nights.ts';
import { type ManifestVerifier, parsePublicKey } from '../evidence/signature.ts';
import { verifyChain } from '../evidence/verify-chain.ts';
import { type Verification, verifyDirectory, verifyZip } from '../evidence/verify-pack.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { counted } from '../report/words.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { nightsIn, type OpenedPlace, openPlace } from './pack-files.ts';
import { refuse } from './refuse.ts';
import { renderAgain } from './render-again.ts';
import { printable, type Terminal } from './terminal.ts';
import type { VerifyOptions } from './verify-options.ts';

/** Says whether a night's files are as they were written: 0 they are, 1 something is not, 2 it could not be looked at. */
export const runVerifyCommand = async (
  place: string,
  options: VerifyOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const key = await publicKeyOf(options.publicKey);
  if (!key.ok) return refuse(terminal, [key.error], EXIT.usage);
  const opened = await openPlace(place);
  if (!opened.ok) return refuse(terminal, [opened.error], EXIT.usage);
  const verified = verificationOf(opened.value, key.value);
  const lines = [...factLines(verified, key.value)];
  const problems = [...verified.problems];
  if (options.chain !== undefined) {
    const chain = await chainOf(options.chain, verified);
    if (!chain.ok) return refuse(terminal, [chain.error], EXIT.usage);
    problems.push(...chain.value.problems);
    lines.push(chain.value.line);
  }
  // What was tampered with is not made anything of.
  if (options.render && verified.problems.length === 0) {
    const again = await renderAgain(opened.value, verified, terminal.progress);
    terminal.progress.phase('');
    if (!again.ok) return refuse(terminal, [again.error], EXIT.usage);
    problems.push(...again.value.problems);
    lines.push(`${counted(again.value.same, 'report')} made again, the same byte for byte`);
  }
  for (const problem of problems) terminal.print(`WRONG  ${printable(problem)}`);
  for (const line of lines) terminal.print(printable(line));
  terminal.print(
    problems.length === 0 ? 'Everything is as it was written.' : `${counted(problems.length, 'thing')} wrong.`,
  );
  return problems.length === 0 ? EXIT.done : EXIT.findings;
};

const publicKeyOf = async (file: string | undefined): Promise<Result<ManifestVerifier | null, string>> => {
  if (file === undefined) return ok(null);
  const text = await readTextFile(file);
  if (!text.ok) return err(text.error.message);
  const key = parsePublicKey(text.value);
  return key.ok ? key : err(`${file}: ${key.error}`);
};

const verificationOf = (opened: OpenedPlace, key: ManifestVerifier | null): Verification =>
  opened.kind === 'directory' ? verifyDirectory(opened.files, key) : verifyZip(opened.bytes, key);

const factLines = ({ manifest, intact, signedBy }: Verification, key: ManifestVerifier | null): readonly string[] => {
  if (manifest === null) return [];
  const { run, tool, accounts, inputs, previous } = manifest;
  const whose = accounts.map(({ accountId, alias }) => (alias === null ? accountId : `${accountId} (${alias})`));
  return [
    // The report about an organization vouches for no account: each has a manifest of its own.
    `Audit ${run.id}${whose.length === 0 ? '' : ` of ${whose.join(', ')}`}, by ${tool.name} ${tool.version}`,
    `${counted(intact, 'file')} as written${inputs === null ? `; there is no ${EVIDENCE_FILE}, so that the reports cannot be made again` : ''}`,
    signatureLine(signedBy, key),
    previous === null ? 'It follows no night' : `It follows the night ${previous.runId}`,
  ];
};

const signatureLine = (signedBy: string | null, key: ManifestVerifier | null): string => {
  if (signedBy === null)
    return 'Not signed, or not rightly: who changed all files and the manifest would not be noticed';
  return key === null
    ? `Signed by ${signedBy}, a key that it names itself: give the one that you trust with --public-key`
    : `Signed by the key given, ${signedBy}`;
};

const chainOf = async (
  directory: string,
  { manifest, manifestBytes }: Verification,
): Promise<Result<{ readonly problems: readonly string[]; readonly line: string }, string>> => {
  const nights = await nightsIn(directory);
  if (!nights.ok) return nights;
  const record = await readTextFile(join(directory, REMOVED_NIGHTS_FILE));
  const {
    problems,
    nights: chained,
    removed,
  } = verifyChain(nights.value.nights, parseRemovedNights(record.ok ? record.value : ''));
  const id = manifest?.run.id;
  const listed = nights.value.nights.find(({ name }) => name === id)?.manifest ?? null;
  const isAnother = id !== undefined && (listed === null || Buffer.compare(listed, manifestBytes) !== 0);
  const own = isAnother ? [`${id}: is not in the chain, or with another manifest`] : [];
  const range = chained.length === 0 ? '' : `, ${chained[0] ?? ''} to ${chained.at(-1) ?? ''}`;
  return ok({
    problems: [...problems, ...own],
    line: `Chain of ${counted(chained.length, 'night')}${range}${removedInWords(removed)}; that later ones were removed it cannot tell`,
  });
};

const removedInWords = (removed: readonly string[]): string =>
  removed.length === 0 ? '' : `; removed by retention, as ${REMOVED_NIGHTS_FILE} says: up to ${removed.join(', ')}`;
