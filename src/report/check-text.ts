/** What a check says about itself to people; the same for all findings of the check. */
export interface CheckText {
  readonly checkId: string;
  /** The check's own title, where a finding's title speaks of one case. */
  readonly title: string;
  /** What the check looks at. */
  readonly what: string;
  /** What can happen when nobody mends it. */
  readonly risk: string;
  /** Pages to read on, as URLs. */
  readonly references: readonly string[];
}
