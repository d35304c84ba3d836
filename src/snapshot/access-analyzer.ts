/** What IAM Access Analyzer has in the account, in the regions where somebody looked. */
export interface AccessAnalyzer {
  readonly analyzers: readonly Analyzer[];
}

/** An analyzer of IAM Access Analyzer. Source: `AnalyzerSummary`, IAM Access Analyzer API Reference. */
export interface Analyzer {
  readonly arn: string;
  readonly name: string;
  /** `ACCOUNT` and `ORGANIZATION` look for external access; the others for unused and internal access. */
  readonly type: string;
  /** `ACTIVE`, `CREATING`, `DISABLED` or `FAILED`. */
  readonly status: string;
  readonly region: string;
}

/** `access-analyzer.json`: what `ListAnalyzers` and `GetFindingV2` answer. */
export interface AccessAnalyzerDocument {
  readonly analyzers: readonly {
    readonly arn: string;
    readonly name?: string | undefined;
    readonly type: string;
    readonly status: string;
  }[];
  readonly findings?: readonly unknown[] | undefined;
}
