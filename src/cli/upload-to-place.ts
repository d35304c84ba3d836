import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UploadNews } from '../alert-content/alerts-of-uploads.ts';
import type { Config } from '../config/config.ts';
import { MANIFEST_FILE, type Manifest } from '../evidence/manifest.ts';
import { EVIDENCE_FILE } from '../evidence/pack.ts';
import { PUBLIC_KEY_FILE, SIGNATURE_FILE } from '../evidence/signature.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { addDays, epochMillis, type Instant } from '../kernel/time.ts';
import { retryAt } from '../outbox/delivery-times.ts';
import type { Clock } from '../ports/clock.ts';
import { errorCode } from '../publish/publish-steps.ts';
import type { S3Patience } from '../publish/s3-place.ts';
import { type FileToUpload, replaceInS3, type UploadProblem, uploadToS3 } from '../publish/s3-upload.ts';
import {
  arrivedRuns,
  endUpload,
  noteArrivedRun,
  noteUpload,
  type PendingUpload,
  pendingUploads,
} from '../publish/upload-journal.ts';
import { timeInWords } from '../report/words.ts';
import { manifestOfNight, vouchedFile } from './night-files.ts';
import { noticeTo, tellNotice } from './notice.ts';
import type { Terminal } from './terminal.ts';
import { INDEX_FILE, indexText } from './write-index.ts';

/** What uploading stands on. */
export interface UploadMeans {
  readonly config: Pick<Config, 'report' | 'alerts'>;
  /** Where the uploads are noted. */
  readonly directory: string;
  readonly clock: Clock;
  readonly terminal: Pick<Terminal, 'say' | 'notice'>;
  /** Absent: the usual. */
  readonly patience?: S3Patience | undefined;
}

// So long another process may be at writing the reports that it noted.
const LONGEST_WRITE_MS = 3_600_000;

/** One go at all that is to be uploaded to one place, of which this process has the lock. */
export class PlaceUploads {
  readonly #place: string;
  readonly #destination: Config['report']['destinations'][number];
  readonly #means: UploadMeans;
  readonly #news: UploadNews[] = [];
  /** Uploads of which all files are there. */
  readonly #there: PendingUpload[] = [];
  #allArrived = true;

  constructor(place: string, destination: Config['report']['destinations'][number], means: UploadMeans) {
    this.#place = place;
    this.#destination = destination;
    this.#means = means;
  }

  async run(): Promise<{ readonly allArrived: boolean; readonly news: readonly UploadNews[] }> {
    const pending = await this.#pending();
    const now = this.#means.clock.now();
    const due = pending.filter((upload) => isDue(upload, now));
    for (const upload of [...due, ...pending.filter((one) => !due.includes(one))]) {
      // What failed a while ago waits for its time, unless another run went through.
      if (!due.includes(upload) && this.#there.length === 0) break;
      const problem = await this.#upload(upload);
      if (problem === null) continue;
      // What one met with the others would meet too.
      const others = due.filter((one) => one !== upload && !this.#there.includes(one));
      await this.#failed([upload, ...others], problem);
      break;
    }
    if (this.#there.length > 0) await this.#finish();
    await this.#tellOfOutage();
    return { allArrived: this.#allArrived, news: this.#news };
  }

  async #pending(): Promise<readonly PendingUpload[]> {
    return (await pendingUploads(this.#means.directory)).filter(({ place }) => place === this.#place);
  }

  /** The error: what is wrong with the place. */
  async #upload(upload: PendingUpload): Promise<UploadProblem | null> {
    const { config, directory, clock, patience } = this.#means;
    const { runId, path, arrived, queuedAt } = upload;
    const reports = join(config.report.directory, upload.directory);
    const manifest = await manifestOfNight(reports, runId);
    if (!manifest.ok) {
      const isYoung = epochMillis(clock.now()) - epochMillis(queuedAt) < LONGEST_WRITE_MS;
      const mayCome = manifest.error.isAbsent && arrived.size === 0 && isYoung;
      if (!mayCome) await this.#giveUp([upload], manifest.error.why);
      return null;
    }
    const files = filesOf(reports, manifest.value).filter(({ name }) => !arrived.has(name));
    const uploaded = await uploadToS3(files, path, this.#destination, {
      ...(patience && { patience }),
      onArrived: (file) => noteUpload(directory, upload, { kind: 'arrived', file }),
    });
    if (uploaded.ok) this.#there.push(upload);
    else if (uploaded.error.kind === 'files') await this.#giveUp([upload], uploaded.error.message);
    else if (uploaded.error.kind === 'taken') return this.#uploadBeside(upload, uploaded.error.message);
    else return uploaded.error;
    return null;
  }

  /** Uploads a run beside what has its place, as another audit of the same id has that was made again. */
  async #uploadBeside(upload: PendingUpload, problem: string): Promise<UploadProblem | null> {
    const path = nextPath(upload);
    if (path === null) {
      await this.#giveUp([upload], problem);
      return null;
    }
    await noteUpload(this.#means.directory, upload, { kind: 'moved', path });
    return this.#upload({ ...upload, path, arrived: new Set() });
  }

  /** Makes the index over what is there anew, and forgets the uploads with it. */
  async #finish(): Promise<void> {
    const { directory, terminal } = this.#means;
    // What `--out` put elsewhere belongs to no index.
    const ofIndex = this.#there.filter((upload) => upload.directory === upload.runId);
    for (const upload of ofIndex) await noteArrivedRun(directory, upload);
    const indexed = this.#destination.index && ofIndex.length > 0 ? await this.#uploadIndex() : ok(undefined);
    if (!indexed.ok) return this.#failed(this.#there, indexed.error);
    for (const upload of this.#there) {
      await endUpload(directory, upload);
      if (upload.failures === 0) continue;
      const line = `report ${upload.runId}: has arrived at ${upload.placeUrl}`;
      tellNotice(terminal, { level: 'info', message: 'report delivered', fields: { auditId: upload.runId }, line });
    }
  }

  async #uploadIndex(): Promise<Result<void, UploadProblem>> {
    const { config, directory, patience } = this.#means;
    const text = await indexText(config.report.directory, await arrivedRuns(directory, this.#place));
    return text.ok
      ? replaceInS3(INDEX_FILE, text.value, this.#destination, patience)
      : err({ kind: 'unreachable', message: `${INDEX_FILE}: ${text.error}` });
  }

  async #failed(uploads: readonly PendingUpload[], { message, kind }: UploadProblem): Promise<void> {
    const { config, directory, clock, terminal } = this.#means;
    const now = clock.now();
    const isRefused = kind === 'refused';
    for (const upload of uploads)
      await noteUpload(directory, upload, { kind: 'failed', at: now, problem: message, isRefused });
    const after = (await this.#pending()).filter(({ runId }) => uploads.some((one) => one.runId === runId));
    const oldest = addDays(now, -config.alerts.giveUpAfterDays);
    const isHopeless = ({ failingSince }: PendingUpload): boolean => failingSince !== null && failingSince <= oldest;
    for (const upload of after.filter((one) => !isHopeless(one))) {
      this.#allArrived = false;
      const { runId, placeUrl, path } = upload;
      noticeTo(terminal, 'report not delivered', { auditId: runId })(
        `report not delivered: ${placeUrl}${path}/: ${message}; it is tried again from ${timeInWords(nextTry(upload, now))}`,
      );
    }
    const hopeless = after.filter(isHopeless);
    if (hopeless.length > 0) await this.#giveUp(hopeless, message);
  }

  async #giveUp(uploads: readonly PendingUpload[], problem: string): Promise<void> {
    const { directory, terminal } = this.#means;
    this.#allArrived = false;
    for (const upload of uploads) {
      await endUpload(directory, upload);
      const { runId, placeUrl, path } = upload;
      noticeTo(terminal, 'report given up', { auditId: runId })(
        `report not delivered: ${placeUrl}${path}/: ${problem}; it is given up`,
      );
    }
    const runIds = uploads.map(({ runId }) => runId);
    this.#news.push({ kind: 'given-up', placeUrl: uploads[0]?.placeUrl ?? '', problem, runIds });
  }

  /** Tells once an outage that nothing arrives. */
  async #tellOfOutage(): Promise<void> {
    const { config, directory, clock } = this.#means;
    const { deadAfterDays, giveUpAfterDays } = config.alerts;
    const waiting = (await this.#pending()).filter(({ failures }) => failures > 0);
    if (waiting.length > 0) this.#allArrived = false;
    const isTold = waiting.some(({ isReported }) => isReported);
    const stuck = waiting.find((upload) => isStuck(upload, deadAfterDays, clock.now()));
    if (!isTold && stuck === undefined) return;
    for (const upload of waiting.filter(({ isReported }) => !isReported))
      await noteUpload(directory, upload, { kind: 'reported' });
    if (isTold || stuck?.problem == null || stuck.failingSince === null) return;
    const { placeUrl, problem, failingSince: since } = stuck;
    this.#news.push({
      kind: 'stuck',
      placeUrl,
      since,
      problem,
      giveUpAfterDays,
      runIds: waiting.map(({ runId }) => runId),
    });
  }
}

const MOST_OF_A_RUN = 9;

/** `RUN.2` after `RUN`; null: enough of them are there. */
const nextPath = ({ path, runId }: PendingUpload): string | null => {
  const start = path.slice(0, path.lastIndexOf('/') + 1);
  const count = Number(path.slice(start.length + runId.length + 1)) || 1;
  return count < MOST_OF_A_RUN ? `${start}${runId}.${String(count + 1)}` : null;
};

const isDue = (upload: PendingUpload, now: Instant): boolean =>
  upload.lastFailure === null || nextTry(upload, upload.lastFailure) <= now;

const nextTry = ({ failures }: PendingUpload, from: Instant): Instant =>
  retryAt(from, { failures, retryAfterSeconds: null }, 0);

/** Whether an upload needs somebody to look after it: its place refuses it, or was not reached for too long. */
export const isStuck = ({ isRefused, failingSince }: PendingUpload, deadAfterDays: number, now: Instant): boolean =>
  failingSince !== null && (isRefused || failingSince <= addDays(now, -deadAfterDays));

/** The files of a night as its manifest vouches for them, and at last what vouches: where the manifest is, all is. */
const filesOf = (directory: string, { files, inputs, signedBy }: Manifest): readonly FileToUpload[] => [
  ...files.map((file) => ({ name: file.path, read: () => vouchedFile(directory, file) })),
  ...[
    ...(inputs === null ? [] : [EVIDENCE_FILE]),
    ...(signedBy === null ? [] : [SIGNATURE_FILE, PUBLIC_KEY_FILE]),
    MANIFEST_FILE,
  ].map((name) => ({ name, read: () => plainFile(directory, name) })),
];

const plainFile = async (directory: string, name: string): Promise<Result<Uint8Array, string>> => {
  try {
    return ok(await readFile(join(directory, name)));
  } catch (error) {
    return err(errorCode(error) === 'ENOENT' ? 'it is there no more' : `it cannot be read (${errorCode(error)})`);
  }
};
