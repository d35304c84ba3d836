/** The options of `vigil alert`, as commander parses them. */
export interface AlertOptions {
  readonly config?: string;
  readonly test: string;
}
