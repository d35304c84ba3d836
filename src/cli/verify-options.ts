/** The options of `vigil verify`, as commander parses them. */
export interface VerifyOptions {
  readonly publicKey?: string;
  readonly chain?: string;
  readonly render?: true;
}
