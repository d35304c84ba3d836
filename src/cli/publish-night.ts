import { dirname, join } from 'node:path';
import type { CheckSettings } from '../analyze/check-settings.ts';
import { allChecks } from '../analyze/registry.ts';
import type { AuditOutcome } from '../audit/run-audit.ts';
import type { Config } from '../config/config.ts';
import { processEnvironment } from '../config/environment.ts';
import { withoutSecrets } from '../config/without-secrets.ts';
import { sha256Of } from '../evidence/file-facts.ts';
import type { Manifest } from '../evidence/manifest.ts';
import { type Night, packOf, type SuppressionText } from '../evidence/pack.ts';
import { type ManifestSigner, parseSigningKey } from '../evidence/signature.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Instant } from '../kernel/time.ts';
import { publishReport } from '../publish/publish-report.ts';
import { pendingUploads } from '../publish/upload-journal.ts';
import type { ReportFormat } from '../report/report-format.ts';
import { readSecret } from './alert-secrets.ts';
import type { AuditOptions } from './audit-options.ts';
import { complianceFrameworks } from './compliance-frameworks.ts';
import { printWording } from './kept-wording.ts';
import { nightDirectory } from './night-files.ts';
import { noticeTo } from './notice.ts';
import { nightBefore } from './pack-files.ts';
import { renderInWording } from './render-outcome.ts';
import { type ReportWording, reportWording } from './report-wording.ts';
import { retainNights } from './retain-nights.ts';
import { clockOf } from './system-clock.ts';
import type { Terminal } from './terminal.ts';
import { beginUploads, uploadsDirectory } from './upload-nights.ts';
import { INDEX_FILE, writeIndex } from './write-index.ts';

/** What a manifest says of the audit behind reports. */
interface NightToVouchFor {
  readonly outcome: Pick<AuditOutcome, 'report' | 'documents' | 'judgedAt' | 'selection'>;
  readonly formats: readonly ReportFormat[];
  readonly checkSettings: CheckSettings;
  readonly suppressionFiles: readonly SuppressionText[];
}

/** An audit that is to be published. */
export interface NightToPublish extends NightToVouchFor {
  readonly outcome: AuditOutcome;
}

/**
 * Writes the reports of an audit with their manifest, as one, and gives the files with their directory; what is to be uploaded of
 * them is noted before. The error says what stands in the way.
 */
export type NightPublisher = (night: NightToPublish) => Promise<Result<readonly string[], string>>;

/** Opens what publishing needs before the audit begins, so that a signing key that lacks is told at once. */
export const openNightPublisher = async (
  options: AuditOptions,
  config: Config,
  terminal: Terminal,
): Promise<Result<NightPublisher, readonly string[]>> => {
  const { report } = config;
  const means = await publishingMeans(config);
  if (!means.ok) return means;
  const { signer, wording } = means.value;
  const keepsInputs = options.evidence ?? report.evidence;
  return ok(async (night) => {
    const { id } = night.outcome.report.run;
    const files = await renderInWording(
      { ...night, wording },
      noticeTo(terminal, 'own templates not used', { auditId: id }),
    );
    const directory = nightDirectory(options, config, id);
    // Only the nights under `report.directory` follow each other.
    const isChained = options.out === undefined;
    const vouched = { signer, keepsInputs, wording: printWording(wording), at: clockOf(options).now(), terminal };
    const published = await publishVouched({ night, files, directory, isChained }, config, vouched);
    if (!published.ok || !isChained) return published;
    const indexed = await writeIndex(report.directory);
    if (indexed.ok) return ok([...published.value, join(report.directory, INDEX_FILE)]);
    noticeTo(terminal, 'index not written', { auditId: id })(indexed.error);
    return published;
  });
};

/** Reports that are to be written with what vouches for them. */
export interface ReportsToPublish {
  readonly night: NightToVouchFor;
  /** By name; null: a file that is not to be. */
  readonly files: ReadonlyMap<string, string | null>;
  readonly directory: string;
  /** Whether they follow others in their directory, of which those that are too old go. */
  readonly isChained: boolean;
}

/** Writes reports with their manifest, as one; what is to be uploaded of them is noted before. Gives the files with their directory. */
export const publishVouched = async (
  { night, files, directory, isChained }: ReportsToPublish,
  config: Config,
  {
    signer,
    keepsInputs,
    wording,
    at,
    terminal,
  }: {
    readonly signer: ManifestSigner | null;
    readonly keepsInputs: boolean;
    /** Templates and words of one's own, as text; null: the reports have Vigil's. */
    readonly wording: string | null;
    readonly at: Instant;
    readonly terminal: Terminal;
  },
): Promise<Result<readonly string[], string>> => {
  const { id, startedAt } = night.outcome.report.run;
  const previous = isChained ? await previousOf(directory, id) : null;
  const pack = packOf(nightOf(night, config, { files, previous, wording }), { signer, keepsInputs });
  const all = new Map([...files, ...pack]);
  const noted = await noteUploads(config, night.outcome.report.run, { directory, at });
  if (!noted.ok) return noted;
  const published = await publishReport(directory, all);
  if (!published.ok) return published;
  if (isChained) {
    const { maxAgeDays = 0, maxRuns, directory: nights } = config.report;
    // Nothing goes that is still to be uploaded.
    const keep = new Set((await pendingUploads(uploadsDirectory(config))).map(({ runId }) => runId));
    await retainNights(nights, { maxAgeDays, maxRuns }, { now: startedAt, keep, terminal });
  }
  return ok([...all].flatMap(([name, content]) => (content === null ? [] : [join(directory, name)])));
};

const noteUploads = async (...of: Parameters<typeof beginUploads>): Promise<Result<void, string>> => {
  try {
    return ok(await beginUploads(...of));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return err(`cannot note in \`${uploadsDirectory(of[0])}\` what is to be uploaded: ${reason}`);
  }
};

/** Who signs manifests, and how reports look. */
interface PublishingMeans {
  readonly signer: ManifestSigner | null;
  readonly wording: ReportWording;
}

/** Reads the signing key, and templates and words of one's own. The errors name the place. */
export const publishingMeans = async ({
  report,
}: Pick<Config, 'report'>): Promise<Result<PublishingMeans, readonly string[]>> => {
  const signer = await signerOf(report.signingKey);
  if (!signer.ok) return err([`report.signingKey: ${signer.error}`]);
  const wording = await reportWording(report);
  if (!wording.ok) return err(wording.error.map((problem) => `report: ${problem}`));
  return ok({ signer: signer.value, wording: wording.value });
};

const signerOf = async (reference: Config['report']['signingKey']): Promise<Result<ManifestSigner | null, string>> => {
  if (reference === undefined) return ok(null);
  const secret = await readSecret(reference, processEnvironment());
  if (!secret.ok) return secret;
  const signer = parseSigningKey(secret.value);
  return signer.ok ? signer : err(`what \`${reference.env ?? reference.file ?? ''}\` holds: ${signer.error}`);
};

const nightOf = (
  { outcome, formats, checkSettings, suppressionFiles }: NightToVouchFor,
  config: Config,
  made: Pick<Night, 'files' | 'previous' | 'wording'>,
): Night => ({
  report: outcome.report,
  documents: outcome.documents,
  judgedAt: outcome.judgedAt,
  selection: outcome.selection,
  checks: allChecks.map(({ id, defaults }) => ({
    checkId: id,
    enabled: !checkSettings.disabled.has(id),
    options: { ...defaults, ...checkSettings.options.get(id) },
  })),
  frameworks: complianceFrameworks().map(({ id }) => id),
  configuration: withoutSecrets(config),
  formats,
  suppressionFiles,
  ...made,
});

/** The night before in the directory of reports. A manifest that is damaged is followed as it is. */
const previousOf = async (directory: string, runId: string): Promise<Manifest['previous']> => {
  const before = await nightBefore(dirname(directory), runId);
  return before?.manifest == null ? null : { runId: before.name, sha256: sha256Of(before.manifest) };
};
