import type { Collected } from './collected.ts';

/** What IAM Access Analyzer has in the account, in the regions where somebody looked. */
export interface AccessAnalyzer {
  /** Where somebody looked; absent where that is not told. */
  readonly regions?: readonly string[];
  readonly analyzers: readonly Analyzer[];
  /** Of all analyzers, whatever their status. */
  readonly findings: Collected<readonly AnalyzerFinding[]>;
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
  /** After how many days an analyzer of unused access counts something as unused; null: not told, or another analyzer. */
  readonly unusedAccessDays: number | null;
  readonly archiveRules: Collected<readonly ArchiveRule[]>;
}

/** A rule that archives findings as they come. Source: `ArchiveRuleSummary`, IAM Access Analyzer API Reference. */
export interface ArchiveRule {
  readonly name: string;
  /** Criteria by property of a finding (`resourceType`, `principal.AWS`, …); all must be met. */
  readonly filter: ReadonlyMap<string, ArchiveCriterion>;
}

/** What a property of a finding must hold, or not. */
export interface ArchiveCriterion {
  readonly eq: readonly string[];
  readonly neq: readonly string[];
  readonly contains: readonly string[];
  readonly exists: boolean | null;
}

/** A finding of an analyzer. Source: `GetFindingV2`, IAM Access Analyzer API Reference. */
export interface AnalyzerFinding {
  readonly id: string;
  /** Null where the answer does not say whose it is. */
  readonly analyzerArn: string | null;
  readonly resource: string;
  /** As in CloudFormation: `AWS::IAM::Role`. */
  readonly resourceType: string;
  /** `ACTIVE`, `ARCHIVED` or `RESOLVED`. */
  readonly status: string;
  /** `ExternalAccess`, `UnusedIAMRole`, … */
  readonly findingType: string;
  /** Why the resource could not be analyzed: `ACCESS_DENIED` or `INTERNAL_ERROR`. */
  readonly error: string | null;
  /** The access that a finding of external access is about; none where its details were not read. */
  readonly external: readonly AnalyzerExternalAccess[];
}

/** Access from outside, as an analyzer tells it. Source: `ExternalAccessDetails`. */
export interface AnalyzerExternalAccess {
  /** By type, as in policies: `AWS`, `Federated`, `CanonicalUser`. */
  readonly principal: ReadonlyMap<string, string>;
  readonly actions: readonly string[];
  readonly condition: ReadonlyMap<string, string>;
  readonly isPublic: boolean;
}

/**
 * `access-analyzer.json`: what `ListAnalyzers`, `ListArchiveRules` and `GetFindingV2` answer. Without `findings` or
 * `archiveRules` nobody asked for them; `analyzerArn` and `regions`, where was looked, are no members of AWS's.
 */
export interface AccessAnalyzerDocument {
  readonly regions?: readonly string[] | undefined;
  readonly analyzers: readonly {
    readonly arn: string;
    readonly name?: string | undefined;
    readonly type: string;
    readonly status: string;
    readonly configuration?:
      | { readonly unusedAccess?: { readonly unusedAccessAge?: number | undefined } | undefined }
      | undefined;
    readonly archiveRules?: readonly ArchiveRuleDocument[] | undefined;
  }[];
  readonly findings?: readonly AnalyzerFindingDocument[] | undefined;
}

/** A rule as `ListArchiveRules` answers it. */
export interface ArchiveRuleDocument {
  readonly ruleName: string;
  readonly filter: Readonly<
    Record<
      string,
      {
        readonly eq?: readonly string[] | undefined;
        readonly neq?: readonly string[] | undefined;
        readonly contains?: readonly string[] | undefined;
        readonly exists?: boolean | undefined;
      }
    >
  >;
}

/** A finding as `ListFindingsV2` answers it, or with the details of `GetFindingV2`. */
export interface AnalyzerFindingDocument {
  readonly id: string;
  readonly analyzerArn?: string | undefined;
  readonly resource?: string | undefined;
  readonly resourceType: string;
  readonly status: string;
  readonly findingType?: string | undefined;
  readonly error?: string | undefined;
  readonly findingDetails?: readonly AnalyzerFindingDetailDocument[] | undefined;
}

/** A member of the union `FindingDetails`; those that are not about external access are not read. */
export interface AnalyzerFindingDetailDocument {
  readonly externalAccessDetails?:
    | {
        readonly action?: readonly string[] | undefined;
        readonly condition?: Readonly<Record<string, string>> | undefined;
        readonly isPublic?: boolean | undefined;
        readonly principal?: Readonly<Record<string, string>> | undefined;
      }
    | undefined;
}
