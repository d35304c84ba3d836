/** A file of an account: its name in a snapshot directory, and where it lies. */
export interface SavedFile {
  readonly file: string;
  readonly path: string;
}
