/** The options of `vigil emulate`, as commander parses them. */
export interface EmulateOptions {
  readonly account?: string;
  readonly state?: string;
  readonly enforce: boolean;
  readonly host: string;
  readonly port: number;
}
