import type { Category, CheckResult, Severity, SubjectType } from '../finding/check-result.ts';
import { friendlyName } from '../iam/arn.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { CollectionGap } from '../snapshot/collected.ts';
import type { CheckTools } from './check-tools.ts';

/** A part of the snapshot that a check may read. Account id, partition and time of collection are free to all. */
export type SnapshotPart = Exclude<
  keyof AccountSnapshot,
  'accountId' | 'partition' | 'collectedAt' | 'missingParts' | 'sources' | 'gaps'
>;

/** The lists that every question to `access/` depends on: a check that asks one reads them all. */
export const ACCESS_PARTS = [
  'users',
  'groups',
  'roles',
  'managedPolicies',
  'organization',
  'resources',
] as const satisfies readonly SnapshotPart[];

/** The thresholds of a check, by name. */
export type CheckOptions = Readonly<Record<string, CheckOptionValue>>;

/** A threshold of a check. */
export type CheckOptionValue = number | boolean | string | readonly string[];

/** What a check reads beside the snapshot. */
export interface CheckContext<Options extends CheckOptions = CheckOptions> extends CheckTools {
  readonly options: Options;
}

/** What a check says of one subject: it holds or it does not, with the facts, or it could not be judged. */
export type Judgement<Facts extends JsonObject> =
  | (Omit<CheckResult, 'outcome' | 'evidence' | 'gap'> & {
      readonly outcome: 'fail' | 'pass';
      readonly evidence: Facts;
    })
  | { readonly subject: CheckResult['subject']; readonly outcome: 'unknown'; readonly gap: CollectionGap };

/** The text about a check that is shown to people. */
export interface CheckDoc {
  /** What is compared with what. */
  readonly what: string;
  /** What can happen. */
  readonly risk: string;
  /** Steps that mend it. */
  readonly remediation: readonly string[];
  /** URLs. */
  readonly references: readonly string[];
}

/** What a check is, apart from its logic. */
interface CheckIdentity<Options extends CheckOptions> {
  /** Resource first, then what is wrong; the file's name. For ever: history and suppressions know the check by it. */
  readonly id: string;
  readonly title: string;
  readonly category: Category;
  /** How bad a `fail` is, unless the result says otherwise. */
  readonly severity: Severity;
  readonly resourceType: SubjectType | readonly SubjectType[];
  /** The parts of the snapshot it reads; it touches no other. */
  readonly reads: readonly SnapshotPart[];
  readonly doc: CheckDoc;
  /** Controls of compliance frameworks it speaks to: `cis-aws-7.0:2.12`. */
  readonly frameworks: readonly string[];
  readonly defaults: Options;
}

/** A check as its file writes it. `run` stands before `summary`, which gets the facts that `run` yields. */
interface CheckDefinition<Options extends CheckOptions, Facts extends JsonObject> extends CheckIdentity<Options> {
  /** A pure function of the snapshot and the context. */
  run(snapshot: AccountSnapshot, context: CheckContext<Options>): Iterable<Judgement<Facts>>;
  /** One sentence about a subject that fails. */
  summary(facts: Facts, subject: NamedSubject, options: Options): string;
}

/** A subject, and its name as people know it: the last part of the ARN's resource. */
export interface NamedSubject {
  readonly arn: string;
  readonly part: string;
  readonly name: string;
}

/** A result with its sentence, which is empty where nothing is wrong. */
export type SummarizedResult = CheckResult & { readonly summary: string };

/** What the runner hands to every check. */
export interface RunContext {
  readonly tools: CheckTools;
  /** Replace defaults of the same name and kind; `parseCheckSettings` has seen to both. */
  readonly overrides: CheckOptions;
}

/** A check as the runner sees it, its types of options and facts forgotten. */
export interface Check extends CheckIdentity<CheckOptions> {
  /** Judges every subject. */
  run(snapshot: AccountSnapshot, context: RunContext): Iterable<SummarizedResult>;
}

/** Makes a check out of its declaration. */
export const defineCheck = <Options extends CheckOptions, Facts extends JsonObject>(
  definition: CheckDefinition<Options, Facts>,
): Check => ({
  ...definition,
  *run(snapshot, { overrides, tools }) {
    const options = { ...definition.defaults, ...overrides };
    for (const judgement of definition.run(snapshot, { ...tools, options })) {
      yield summarize(judgement, (facts, subject) => definition.summary(facts, subject, options));
    }
  },
});

const summarize = <Facts extends JsonObject>(
  judgement: Judgement<Facts>,
  summary: (facts: Facts, subject: NamedSubject) => string,
): SummarizedResult => {
  const { subject } = judgement;
  switch (judgement.outcome) {
    case 'unknown':
      return { ...judgement, evidence: {}, summary: unknownSummary(judgement.gap) };
    case 'pass':
      return { ...judgement, summary: '' };
    case 'fail':
      return {
        ...judgement,
        summary: summary(judgement.evidence, { part: '', ...subject, name: friendlyName(subject.arn) }),
      };
  }
};

/** The sentence about a subject that could not be judged. */
export const unknownSummary = (gap: CollectionGap): string => `Could not be judged: ${gap.detail}.`;
