/** Something wrong with a saved file. */
export interface SnapshotProblem {
  /** The file, by its path where it was read from one, else by its name in the snapshot directory. */
  readonly file: string;
  /** Where: a JSON pointer (`/UserDetailList/3/Arn`), `line 3, column 5`; empty for the file as a whole. */
  readonly place: string;
  /** The whole story in one line: file, place, what is wrong, and what mends it. */
  readonly message: string;
}

/** Tells a problem in one line; `mend` is what the reader should do. */
export const snapshotProblem = (file: string, place: string, what: string, mend?: string): SnapshotProblem => ({
  file,
  place,
  message: `${file}${place === '' ? '' : ` at ${place}`}: ${what}${mend === undefined ? '' : `; ${mend}`}`,
});
