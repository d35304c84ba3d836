/** What IAM Access Analyzer and Vigil each say of one access, where at least one of them tells of it. */
export interface AnalyzerComparison {
  readonly accountId: string;
  /** As Access Analyzer names it: `ExternalAccess`, `UnusedIAMRole`, … */
  readonly findingType: string;
  /** ARN; of unused access that of the user or role. */
  readonly resource: string;
  /** Who gets in from outside; null for the other types. */
  readonly principal: string | null;
  readonly agreement: (typeof AGREEMENTS)[number];
  readonly vigil: /** The policies as they were read grant the access, or a check tells of what is unused. */
    | 'told'
    /** The policies as they were read do not grant it, or what is told to be unused was used or is too young. */
    | 'not-so'
    /** The data could not be read. */
    | 'unknown'
    /** The resource was not read, or no check judges it. */
    | 'not-judged';
  readonly accessAnalyzer: 'active' | 'archived' | 'none';
  /** After how many days its analyzers count something as unused; null: not told, or not about unused access. */
  readonly unusedAccessDays: number | null;
  /** Ids of the findings of Access Analyzer. */
  readonly findingIds: readonly string[];
  /** Checks of that matter that fail for the resource. */
  readonly checks: readonly string[];
}

/** Who tells of an access, what needs a look first. */
export const AGREEMENTS = ['only-access-analyzer', 'only-vigil', 'same'] as const;
