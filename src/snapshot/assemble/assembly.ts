import { type Arn, iamArn, parseArn } from '../../iam/arn.ts';
import { type Instant, parseInstant, toInstant } from '../../kernel/time.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import type { SourceName } from '../collected.ts';
import type {
  AttachedPolicyDocument,
  PolicyDetailDocument,
  SnapshotDocuments,
  TagDocument,
} from '../snapshot-documents.ts';
import { type SnapshotProblem, snapshotProblem } from '../snapshot-problem.ts';
import type { GapBook } from './gap-book.ts';
import type { ReportIndex } from './report-index.ts';

/** What every part of the assembly works with. */
export interface Assembly {
  readonly documents: SnapshotDocuments;
  readonly intern: (raw: unknown) => PolicyDocument;
  readonly gaps: GapBook;
  readonly report: ReportIndex;
  /** When a source was read. */
  readonly timeOf: (source: SourceName) => Instant;
  /** Reads the text of one file, and notes what is wrong with it. */
  readonly reader: (file: string) => Reader;
}

/**
 * Reads times and ARNs of one file. A broken one is noted as a problem, which fails the assembly as a whole; the value
 * answered in its place only lets the reading go on to find the others.
 */
export interface Reader {
  instant(text: string, pointer: string): Instant;
  instantOrNull(text: string | undefined, pointer: string): Instant | null;
  arn(text: string, pointer: string): Arn;
  problem(pointer: string, what: string, mend?: string): void;
}

/** The reader of a file that notes its problems in a list. */
export const createReader = (file: string, problems: SnapshotProblem[]): Reader => {
  const problem = (pointer: string, what: string, mend?: string): void => {
    problems.push(snapshotProblem(file, pointer, what, mend));
  };
  const instant = (text: string, pointer: string): Instant => {
    const parsed = parseInstant(text);
    if (parsed.ok) return parsed.value;
    problem(pointer, parsed.error);
    return toInstant(0);
  };
  return {
    instant,
    instantOrNull: (text, pointer) => (text === undefined ? null : instant(text, pointer)),
    arn: (text, pointer) => {
      const parsed = parseArn(text);
      if (parsed.ok) return parsed.value;
      problem(pointer, parsed.error);
      return iamArn('aws', '', 'unreadable');
    },
    problem,
  };
};

/** Tags as a map; of a key that occurs twice the last counts. */
export const readTags = (tags: readonly TagDocument[] | undefined): ReadonlyMap<string, string> =>
  new Map((tags ?? []).map(({ Key, Value }) => [Key, Value]));

/** Inline policies with their documents interned. */
export const readInlinePolicies = (policies: readonly PolicyDetailDocument[] | undefined, intern: Assembly['intern']) =>
  (policies ?? []).map(({ PolicyName, PolicyDocument: raw }) => ({ policyName: PolicyName, document: intern(raw) }));

/** Attachments of managed policies. */
export const readAttachedPolicies = (
  policies: readonly AttachedPolicyDocument[] | undefined,
  read: Reader,
  pointer: string,
) =>
  (policies ?? []).map(({ PolicyName, PolicyArn }, index) => ({
    policyName: PolicyName,
    policyArn: read.arn(PolicyArn, `${pointer}/AttachedManagedPolicies/${index}/PolicyArn`),
  }));
