import type { CollectionGap, SourceName } from '../collected.ts';
import { fileOfSource } from '../snapshot-files.ts';

/** The gaps of an account: those that the collector left, and those that show when its answers are joined. */
export interface GapBook {
  /** Every gap known so far. */
  all(): readonly CollectionGap[];
  /** Adds a gap. */
  add(gap: CollectionGap): CollectionGap;
  /** The gap that kept a whole source from being read; one that says it was not collected where nobody told why. */
  ofSource(source: SourceName, action?: string): CollectionGap;
  /** Why an optional source was not read; no gap of the account where nobody told. */
  whyMissing(source: SourceName): CollectionGap;
  /** A gap of a source about no entity in particular, left by this action. */
  ofAction(action: string): CollectionGap | undefined;
  /** The gap that an action left for one entity, named by any of its names. */
  ofSubject(action: string, names: readonly string[]): CollectionGap | undefined;
}

/** Opens the book with the gaps that the collector left. */
export const openGapBook = (collected: readonly CollectionGap[]): GapBook => {
  const gaps: CollectionGap[] = [];
  const byAction = new Map<string, CollectionGap>();
  const bySubject = new Map<string, CollectionGap>();
  const bySource = new Map<SourceName, CollectionGap>();

  const add = (gap: CollectionGap): CollectionGap => {
    gaps.push(gap);
    if (gap.subject !== null) bySubject.set(subjectKey(gap.action, gap.subject), gap);
    else {
      byAction.set(gap.action, byAction.get(gap.action) ?? gap);
      bySource.set(gap.source, bySource.get(gap.source) ?? gap);
    }
    return gap;
  };
  for (const gap of collected) add(gap);

  return {
    all: () => gaps,
    add,
    ofSource: (source, action) =>
      (action === undefined ? undefined : byAction.get(action)) ?? bySource.get(source) ?? add(notCollected(source)),
    whyMissing: (source) => bySource.get(source) ?? notCollected(source),
    ofAction: (action) => byAction.get(action),
    ofSubject: (action, names) =>
      names.map((name) => bySubject.get(subjectKey(action, name))).find((gap) => gap !== undefined),
  };
};

/** The gap of a source that nobody asked for: its file is absent. */
export const notCollected = (source: SourceName): CollectionGap => ({
  source,
  action: fileOfSource(source),
  reason: 'skipped',
  detail: `${fileOfSource(source)} was not given`,
  subject: null,
});

const subjectKey = (action: string, subject: string): string => `${action} ${subject}`;
