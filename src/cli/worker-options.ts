/** The options of `vigil worker`, as commander parses them. */
export interface WorkerOptions {
  readonly config?: string;
  readonly history?: string;
}
