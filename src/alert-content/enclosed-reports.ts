import type { Alert, AlertReports } from '../finding/alert.ts';
import { counted, numberInWords } from '../report/words.ts';

/** What became of the reports that were to go with a mail. */
export interface EnclosedReports {
  readonly enclosed: readonly EnclosedFile[];
  readonly leftOut: readonly LeftOutReports[];
  /** How many runs there were before of the same accounts, whose reports the later ones stand for. */
  readonly superseded: number;
}

/** A report that goes with a mail. */
export interface EnclosedFile {
  /** Its name there, with the run that it is of. */
  readonly name: string;
  readonly contentType: string;
  readonly content: Uint8Array;
  readonly of: AlertReports;
  /** Its name in the directory of the run. */
  readonly file: string;
}

/** Reports that do not go with a mail. */
export interface LeftOutReports {
  readonly of: AlertReports;
  /** Null: none of what was to go goes. */
  readonly file: string | null;
  /** Null: it is not there, or not known. */
  readonly bytes: number | null;
  /** In words that go on after a colon. */
  readonly why: string;
}

/** Nothing was to go with a mail. */
export const NOTHING_ENCLOSED: EnclosedReports = { enclosed: [], leftOut: [], superseded: 0 };

/** What a mail says in lines of the reports with it; a report that was to go is never missing without a word. */
export const enclosureLines = ({ enclosed, leftOut, superseded }: EnclosedReports): readonly string[] => [
  ...enclosedLine(enclosed),
  ...leftOut.slice(0, MOST_TOLD).map(leftOutLine),
  ...moreLeftOut(leftOut.slice(MOST_TOLD)),
  ...(superseded === 0
    ? []
    : [`Not attached: the reports of ${counted(superseded, 'earlier run')} of the same accounts.`]),
];

const NAMED = 3;

// A mail program lists them itself.
const enclosedLine = (enclosed: EnclosedReports['enclosed']): readonly string[] => {
  if (enclosed.length === 0) return [];
  const bytes = enclosed.reduce((sum, { content }) => sum + content.length, 0);
  const names = enclosed.map(({ name, content }) => `${name} (${sizeInWords(content.length)})`);
  const told =
    enclosed.length > NAMED ? `${counted(enclosed.length, 'file')} (${sizeInWords(bytes)})` : names.join(', ');
  return [`Attached: ${told}.`];
};

const leftOutLine = ({ of: { runId, link }, file, bytes, why }: LeftOutReports): string => {
  if (file === null) return `Not attached: the reports of run ${runId}: ${why}.`;
  const size = bytes === null ? '' : ` (${sizeInWords(bytes)})`;
  const place =
    bytes === null ? '' : ` It is ${link === null ? 'kept with the reports of that run' : `at ${link}/${file}`}.`;
  return `Not attached: ${file} of run ${runId}${size}: ${why}.${place}`;
};

const MOST_TOLD = 20;

// A digest about hundreds of accounts may have thousands of files to leave out.
const moreLeftOut = (leftOut: EnclosedReports['leftOut']): readonly string[] => {
  if (leftOut.length === 0) return [];
  const runs = new Set(leftOut.map(({ of }) => of.runId));
  const reasons = [...new Set(leftOut.map(({ why }) => why))].join('; ');
  return [`Not attached: ${numberInWords(leftOut.length)} more of ${counted(runs.size, 'run')}: ${reasons}.`];
};

/** The same mail without its files, each of which is told of. */
export const withoutFiles = ({ enclosed, leftOut, superseded }: EnclosedReports, why: string): EnclosedReports => ({
  superseded,
  enclosed: [],
  leftOut: [...enclosed.map(({ of, file, content }) => ({ of, file, bytes: content.length, why })), ...leftOut],
});

/**
 * The alerts of one audit or night with its reports: the first alert of a route carries them, before those that it has, since one
 * copy is enough however many accounts are told of.
 */
export const withReports = (
  alerts: readonly Alert[],
  reportsFor: (route: string) => AlertReports | null,
): readonly Alert[] => {
  const given = new Set<string>();
  return alerts.map((alert) => {
    const reports = given.has(alert.route) ? null : reportsFor(alert.route);
    given.add(alert.route);
    return reports === null ? alert : { ...alert, reports: [reports, ...(alert.reports ?? [])] };
  });
};

/** A number of bytes as people write it: `340 bytes`, `12 kB`, `1.4 MB`. */
const sizeInWords = (bytes: number): string => {
  if (bytes < 1000) return counted(bytes, 'byte');
  return bytes < 999_500 ? `${String(Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
};
