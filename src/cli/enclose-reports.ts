import type { EnclosedFile, EnclosedReports, LeftOutReports } from '../alert-content/enclosed-reports.ts';
import type { Manifest, ManifestFile } from '../evidence/manifest.ts';
import type { AlertReports } from '../finding/alert.ts';
import { epochMillis, type Instant } from '../kernel/time.ts';
import type { QueuedAlert } from '../ports/alert-outbox.ts';
import { contentTypeOf } from '../publish/content-type.ts';
import { filesOfFormat, REPORT_FORMATS } from '../report/report-format.ts';
import { accountPage } from '../report/report-of-account.ts';
import { manifestOfNight, vouchedFile } from './night-files.ts';

/**
 * Reads the reports that are to go with a mail: those that are as their manifest says, as far as they weigh no more than so many
 * MB in the mail. Of the nights of a digest those are left out whose accounts all stand in later ones, and of what is told of all
 * accounts of a group together all but the latest.
 */
export const encloseReports = async (
  reports: readonly AlertReports[],
  limitMegabytes: number,
): Promise<EnclosedReports> => {
  const enclosure = new Enclosure(limitMegabytes);
  for (const of of reports) await enclosure.addNight(of);
  return enclosure;
};

class Enclosure implements EnclosedReports {
  readonly enclosed: EnclosedFile[] = [];
  readonly leftOut: LeftOutReports[] = [];
  superseded = 0;
  readonly #limitMegabytes: number;
  /** Accounts, and groups of which all accounts are told of together. */
  readonly #told = new Set<string>();
  #bytesLeft: number;

  constructor(limitMegabytes: number) {
    this.#limitMegabytes = limitMegabytes;
    this.#bytesLeft = limitMegabytes * 1_000_000;
  }

  async addNight(of: AlertReports): Promise<void> {
    const manifest = await manifestOfNight(of.directory, of.runId);
    if (!manifest.ok) {
      this.leftOut.push({ of, file: null, bytes: null, why: manifest.error.why });
      return;
    }
    const { group } = of;
    const about =
      group === undefined ? manifest.value.accounts.map(({ accountId }) => accountId) : [`the group ${group}`];
    if (about.length > 0 && about.every((one) => this.#told.has(one))) {
      this.superseded += 1;
      return;
    }
    for (const one of about) this.#told.add(one);
    const { wanted, absent } = wantedFiles(of.files, manifest.value);
    for (const file of absent) this.leftOut.push({ of, file, bytes: null, why: 'this run made none' });
    for (const file of wanted) await this.#addFile(of, file);
  }

  async #addFile(of: AlertReports, file: ManifestFile): Promise<void> {
    const { path, bytes } = file;
    const weight = weightInMail(bytes);
    if (weight > this.#bytesLeft) {
      const why = `with it the attachments would weigh more than ${String(this.#limitMegabytes)} MB in the mail`;
      this.leftOut.push({ of, file: path, bytes, why });
      return;
    }
    const content = await vouchedFile(of.directory, file);
    if (!content.ok) {
      this.leftOut.push({ of, file: path, bytes: null, why: content.error });
      return;
    }
    this.#bytesLeft -= weight;
    const name = `vigil-${of.runId}-${path}`;
    this.enclosed.push({ name, contentType: contentTypeOf(path), content: content.value, of, file: path });
  }
}

// Base64 in lines of 76 characters, each of which stands for 57 bytes (RFC 2045, 6.8).
const weightInMail = (bytes: number): number => Math.ceil(bytes / 57) * 78;

/** The files of a night that some names and formats stand for, in their order, and those of which there is none. */
const wantedFiles = (
  names: readonly string[],
  { files, accounts }: Manifest,
): { readonly wanted: readonly ManifestFile[]; readonly absent: readonly string[] } => {
  const pages = accounts.map(({ accountId }) => accountPage(accountId));
  const found = names.map((name) => {
    const format = REPORT_FORMATS.find((known) => known === name);
    const ofFormat = format === undefined ? [name] : filesOfFormat(format);
    const paths = format === 'html' ? [...ofFormat, ...pages] : ofFormat;
    return { name, files: files.filter(({ path }) => paths.includes(path)) };
  });
  return {
    wanted: [...new Set(found.flatMap((one) => one.files))],
    absent: found.filter((one) => one.files.length === 0).map(({ name }) => name),
  };
};

const LONGEST_WRITE_MS = 15 * 60_000;

/**
 * Whether an alert can be sent as it is meant to be: its reports are written, or it is too long ago that they were to be for
 * anybody to wait for them.
 */
export const hasReports = async ({ alert, queuedAt }: QueuedAlert, now: Instant): Promise<boolean> => {
  if (epochMillis(now) - epochMillis(queuedAt) >= LONGEST_WRITE_MS) return true;
  for (const { directory, runId } of alert.reports ?? []) {
    const manifest = await manifestOfNight(directory, runId);
    if (!manifest.ok && manifest.error.isAbsent) return false;
  }
  return true;
};
