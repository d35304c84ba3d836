/** The options of `vigil copy-history`, as commander parses them. */
export interface CopyHistoryOptions {
  readonly config?: string;
  readonly from?: string;
  readonly to?: string;
}
