import { join, relative, resolve } from 'node:path';
import type { UploadNews } from '../alert-content/alerts-of-uploads.ts';
import type { Config } from '../config/config.ts';
import { sha256Of } from '../evidence/file-facts.ts';
import type { AuditReport } from '../finding/audit-report.ts';
import { compareText } from '../kernel/compare-text.ts';
import { addDays, type Instant } from '../kernel/time.ts';
import type { Clock } from '../ports/clock.ts';
import { urlIn } from '../publish/s3-upload.ts';
import { beginUpload, endUpload, type PendingUpload, pendingUploads } from '../publish/upload-journal.ts';
import { takeProcessLock } from '../store/process-lock.ts';
import { uploadConfigs } from './night-order.ts';
import { noticeTo, tellNotice } from './notice.ts';
import type { Terminal } from './terminal.ts';
import { isStuck, PlaceUploads, type UploadMeans } from './upload-to-place.ts';

/** What uploading came to. */
export interface UploadedNights {
  /** Whether all that is to go anywhere is there. */
  readonly allArrived: boolean;
  /** What people are to be told. */
  readonly news: readonly UploadNews[];
}

type Destination = Config['report']['destinations'][number];

/** Where it is noted what is to be uploaded, beside the nights. */
export const uploadsDirectory = ({ report }: Pick<Config, 'report'>): string => join(report.directory, '.uploads');

/**
 * Notes that the reports of a run, which are about to be written to a directory, are to go to all destinations: by date; with a queue
 * as they lie on the disk, since the page about an organization leads to those of its accounts.
 */
export const beginUploads = async (
  config: Pick<Config, 'report' | 'queue'>,
  { id, startedAt }: Pick<AuditReport['run'], 'id' | 'startedAt'>,
  { directory, at }: { readonly directory: string; readonly at: Instant },
): Promise<void> => {
  for (const [place, destination] of placesOf(config)) {
    await beginUpload(uploadsDirectory(config), {
      runId: id,
      directory: relative(resolve(config.report.directory), resolve(directory)),
      path: config.queue.enabled ? id : `${startedAt.slice(0, 10).replaceAll('-', '/')}/${id}`,
      place,
      placeUrl: urlIn(destination, ''),
      queuedAt: at,
    });
  }
};

/**
 * Uploads what has not arrived yet and is due, of this run and earlier ones, and says how it went. An earlier run is tried again
 * when its time has come, or when another one went through.
 */
export const uploadNights = async (
  config: Pick<Config, 'report' | 'alerts'>,
  {
    clock,
    terminal,
    patience,
  }: Pick<UploadMeans, 'patience'> & {
    readonly clock: Clock;
    readonly terminal: Pick<Terminal, 'say' | 'notice'>;
  },
): Promise<UploadedNights> => {
  const directory = uploadsDirectory(config);
  const places = placesOf(config);
  const means = { config, directory, clock, terminal, patience };
  try {
    const news = [...(await giveUpOfNobody(await pendingUploads(directory), places, means))];
    let allArrived = true;
    for (const [place, destination] of places) {
      if (!(await pendingUploads(directory)).some((one) => one.place === place)) continue;
      const uploaded = await uploadTo(place, destination, means);
      allArrived &&= uploaded.allArrived;
      news.push(...uploaded.news);
    }
    return { allArrived, news };
  } catch (error) {
    // The disk is full or the directory locked: what is noted stays noted.
    const reason = error instanceof Error ? error.message : String(error);
    noticeTo(terminal, 'reports not uploaded')(`reports could not be uploaded: ${reason}`);
    return { allArrived: false, news: [] };
  }
};

const placesOf = ({ report }: Pick<Config, 'report'>): ReadonlyMap<string, Destination> =>
  new Map(report.destinations.map((destination) => [placeOf(destination), destination]));

const placeOf = ({ endpointUrl, bucket, prefix }: Destination): string =>
  sha256Of(JSON.stringify([endpointUrl ?? '', bucket, prefix])).slice(0, 16);

/** One process uploads to a place at a time. */
const uploadTo = async (place: string, destination: Destination, means: UploadMeans): Promise<UploadedNights> => {
  const lock = await takeProcessLock(join(means.directory, `${place}.lock`));
  if (!lock.ok) throw new Error(lock.error);
  if (lock.value === null) {
    const reason = `another process uploads reports to ${urlIn(destination, '')}: what it leaves is uploaded later`;
    tellNotice(means.terminal, { level: 'info', message: 'another process uploads', fields: {}, line: reason });
    return { allArrived: false, news: [] };
  }
  try {
    return await new PlaceUploads(place, destination, means).run();
  } finally {
    lock.value.release();
  }
};

/** Gives up what waits too long for places that are no longer configured. */
const giveUpOfNobody = async (
  pending: readonly PendingUpload[],
  places: ReadonlyMap<string, Destination>,
  { config, directory, clock }: UploadMeans,
): Promise<readonly UploadNews[]> => {
  const oldest = addDays(clock.now(), -config.alerts.giveUpAfterDays);
  const news: UploadNews[] = [];
  for (const upload of pending.filter(({ place, queuedAt }) => !places.has(place) && queuedAt <= oldest)) {
    await endUpload(directory, upload);
    const problem = 'it is no longer among `report.destinations`';
    news.push({ kind: 'given-up', placeUrl: upload.placeUrl, problem, runIds: [upload.runId] });
  }
  return news;
};

/** How a destination of reports fares that not all have arrived at. */
export interface UploadStanding {
  readonly placeUrl: string;
  /** Runs whose reports wait for it. */
  readonly waiting: number;
  /** Since when none arrives; null: none was tried, or the last one came through. */
  readonly failingSince: Instant | null;
  /** Whether somebody should look after it. */
  readonly isStuck: boolean;
  /** What was in the way last. */
  readonly problem: string | null;
}

/** How the destinations fare for which reports wait, those of the nights of single accounts too. */
export const uploadStandings = async (config: Config, now: Instant): Promise<readonly UploadStanding[]> => {
  const standings: UploadStanding[] = [];
  for (const one of await uploadConfigs(config)) {
    const pending = await pendingUploads(uploadsDirectory(one));
    for (const placeUrl of new Set(pending.map((upload) => upload.placeUrl))) {
      const waiting = pending.filter((upload) => upload.placeUrl === placeUrl);
      standings.push(standingOf(placeUrl, waiting, config.alerts.deadAfterDays, now));
    }
  }
  return standings.sort((one, other) => compareText(one.placeUrl, other.placeUrl));
};

const standingOf = (
  placeUrl: string,
  waiting: readonly PendingUpload[],
  deadAfterDays: number,
  now: Instant,
): UploadStanding => {
  const failing = waiting.filter(({ failures }) => failures > 0);
  return {
    placeUrl,
    waiting: waiting.length,
    failingSince: failing.map(({ failingSince }) => failingSince).sort()[0] ?? null,
    isStuck: failing.some((upload) => isStuck(upload, deadAfterDays, now)),
    problem: failing.at(-1)?.problem ?? null,
  };
};
