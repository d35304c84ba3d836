import { parseCheckSettings } from '../analyze/check-settings.ts';
import { allChecks } from '../analyze/registry.ts';
import { runAudit } from '../audit/run-audit.ts';
import { configSections } from '../config/config-sections.ts';
import { sha256Of } from '../evidence/file-facts.ts';
import type { Manifest } from '../evidence/manifest.ts';
import { EVIDENCE_FILE, rawDirectory, type SuppressionText, suppressionPath, WORDING_FILE } from '../evidence/pack.ts';
import { asRecorded, parseRecorded, RECORDED_FILE } from '../evidence/recorded.ts';
import type { Verification } from '../evidence/verify-pack.ts';
import { openZip } from '../evidence/zip-reader.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { parseInstant } from '../kernel/time.ts';
import type { AccountSource } from '../ports/account-source.ts';
import type { Progress } from '../ports/progress.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import { REPORT_FORMATS } from '../report/report-format.ts';
import { parseSnapshotFiles } from '../snapshot/snapshot-directory.ts';
import { settingsOfTexts } from './audit-settings.ts';
import { complianceFrameworks } from './compliance-frameworks.ts';
import { parseWording } from './kept-wording.ts';
import type { OpenedPlace } from './pack-files.ts';
import { vigilVersion } from './package-files.ts';
import { renderInWording, toldIn } from './render-outcome.ts';
import { fixedClock } from './system-clock.ts';

/** How reports that were made again compare with those of the night. */
export interface RenderedAgain {
  readonly problems: readonly string[];
  /** How many are the same, byte for byte. */
  readonly same: number;
}

/**
 * Audits what was kept of the accounts again, by the clock and the configuration of that night, and compares the reports that
 * come of it with the hashes of those that were written. The error says why that cannot be done.
 */
export const renderAgain = async (
  place: OpenedPlace,
  { manifest }: Verification,
  progress: Progress,
): Promise<Result<RenderedAgain, string>> => {
  if (manifest?.inputs == null) return err(`nothing was kept to make the reports from: there is no ${EVIDENCE_FILE}`);
  if (manifest.tool.version !== vigilVersion()) {
    return err(
      `the reports are of Vigil ${manifest.tool.version}, and this is ${vigilVersion()}: another may word them otherwise`,
    );
  }
  const files = textsOf(place);
  if (!files.ok) return files;
  try {
    const made = await filesMadeAgain(manifest, files.value, progress);
    return made.ok ? ok(compared(manifest, made.value)) : made;
  } catch (error) {
    return err(`the reports cannot be made again: ${error instanceof Error ? error.message : String(error)}`);
  }
};

type TextOf = (path: string) => string | null;

const textsOf = (place: OpenedPlace): Result<TextOf, string> => {
  const bytes = place.kind === 'zip' ? ok(place.bytes) : place.files.read(EVIDENCE_FILE);
  if (!bytes.ok) return bytes;
  const zip = openZip(bytes.value);
  if (!zip.ok) return zip;
  return ok((path) => {
    const content = zip.value.read(path);
    return content.ok ? Buffer.from(content.value).toString('utf8') : null;
  });
};

const filesMadeAgain = async (
  manifest: Manifest,
  textOf: TextOf,
  progress: Progress,
): Promise<Result<ReadonlyMap<string, string | null>, string>> => {
  const recorded = parseRecorded(textOf(RECORDED_FILE) ?? '');
  if (!recorded.ok) return recorded;
  const { checks, escalation, suppressions, owners } = sectionsOf(manifest);
  const settings = parseCheckSettings(allChecks, { ...checks, ...escalation });
  const held = settingsOfTexts({ suppressions, owners }, suppressionTexts(manifest, textOf));
  if (!settings.ok || !held.ok) return err('the configuration of that night is not one that this Vigil reads');
  const wording = parseWording(textOf(WORDING_FILE));
  if (!wording.ok) return wording;
  const formats = REPORT_FORMATS.filter((format) => manifest.formats.includes(format));
  const judgedAt = manifest.run.judgedAt === null ? null : parseInstant(manifest.run.judgedAt);
  const audited = await runAudit({
    ...held.value,
    sources: sourcesOf(manifest, textOf),
    clock: judgedAt?.ok ? fixedClock(judgedAt.value) : null,
    // Owners may go by the names that the configuration has for accounts.
    unread: recorded.value.expected,
    reference: loadServiceReference,
    checkSettings: settings.value,
    frameworks: complianceFrameworks(),
    ...toldIn(formats),
    vigilVersion: vigilVersion(),
    progress,
  });
  if (!audited.ok) return err(audited.error.map(({ message }) => message).join('; '));
  const { report } = audited.value;
  if (report.run.referenceDate !== manifest.reference.date) {
    return err(
      `the reference data of that night was of ${manifest.reference.date}, and this is ${report.run.referenceDate}`,
    );
  }
  const run = { ...report.run, ...runOf(manifest) };
  return ok(
    await renderInWording({
      outcome: { ...audited.value, report: asRecorded(report, run, recorded.value) },
      formats,
      checkSettings: settings.value,
      wording: wording.value,
    }),
  );
};

const runOf = ({ run: { id, baselineRunId, startedAt, finishedAt } }: Manifest) => {
  const [started, finished] = [parseInstant(startedAt), parseInstant(finishedAt)];
  if (!started.ok || !finished.ok) throw new Error('its times cannot be read');
  return { id, baselineRunId, startedAt: started.value, finishedAt: finished.value };
};

const sectionsOf = ({ configuration: { content } }: Manifest) => ({
  checks: configSections.checks.parse(content['checks']),
  escalation: configSections.escalation.parse(content['escalation']),
  suppressions: configSections.suppressions.parse(content['suppressions']),
  owners: configSections.owners.parse(content['owners']),
});

const suppressionTexts = ({ suppressionFiles }: Manifest, textOf: TextOf): readonly SuppressionText[] =>
  suppressionFiles.map(({ name }, index) => ({ name, text: textOf(suppressionPath(index)) ?? '' }));

const sourcesOf = ({ accounts, inputs }: Manifest, textOf: TextOf): readonly AccountSource[] => {
  const seen = new Map<string, number>();
  return accounts.map(({ accountId }) => {
    const again = seen.get(accountId) ?? 0;
    seen.set(accountId, again + 1);
    const directory = `${rawDirectory(accountId, again)}/`;
    const kept = (inputs ?? []).map(({ path }) => path).filter((path) => path.startsWith(directory));
    return {
      collect: async () => {
        const files = new Map(kept.map((path) => [path.slice(directory.length), textOf(path) ?? '']));
        const documents = parseSnapshotFiles(files, { label: (file) => `${directory}${file}` });
        if (documents.ok) return ok({ documents: documents.value, apiCalls: new Map<string, number>() });
        return err({ kind: 'input' as const, message: documents.error.map(({ message }) => message).join('; ') });
      },
    };
  });
};

const compared = (manifest: Manifest, made: ReadonlyMap<string, string | null>): RenderedAgain => {
  const due = new Map(manifest.files.map(({ path, sha256 }) => [path, sha256]));
  const others = [...due.keys()].filter((path) => {
    const text = made.get(path) ?? null;
    return text === null || sha256Of(text) !== due.get(path);
  });
  const more = [...made].filter(([path, text]) => text !== null && !due.has(path)).map(([path]) => path);
  return {
    problems: [
      ...others.map((path) => `${path}: made again, it is another`),
      ...more.map((path) => `${path}: made again, it is there, and was not`),
    ],
    same: due.size - others.length,
  };
};
