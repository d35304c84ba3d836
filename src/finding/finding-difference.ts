import type { Finding } from './audit-report.ts';
import { isWorse } from './finding-life.ts';

/** What is different between two audits of the same accounts. */
export interface FindingDifference {
  /** Problems of the later audit that the earlier one does not have. */
  readonly appeared: readonly Finding[];
  /** Problems of both that are worse in the later one, as they are there. */
  readonly worsened: readonly Finding[];
  /** Problems of both that are milder in the later one, as they are there. */
  readonly milder: readonly Finding[];
  /** Problems of the earlier audit that the later one does not have, as they were. */
  readonly gone: readonly Finding[];
}

/** Compares the problems of two audits. One that could not be judged in the later audit is still there, as it was last seen. */
export const findingDifference = (before: readonly Finding[], after: readonly Finding[]): FindingDifference => {
  const earlier = problemsByKey(before);
  const later = problemsByKey(after);
  const both = [...later.values()].flatMap((finding) => {
    const was = earlier.get(finding.key);
    return was === undefined ? [] : [{ finding, was }];
  });
  return {
    appeared: [...later.values()].filter(({ key }) => !earlier.has(key)),
    worsened: both.flatMap(({ finding, was }) => (isWorse(finding, was) ? [finding] : [])),
    milder: both.flatMap(({ finding, was }) => (!isWorse(finding, was) && isWorse(was, finding) ? [finding] : [])),
    gone: [...earlier.values()].filter(({ key }) => !later.has(key)),
  };
};

const problemsByKey = (findings: readonly Finding[]): ReadonlyMap<string, Finding> =>
  new Map(
    findings
      .filter(({ outcome, state }) => outcome === 'fail' && state !== 'resolved')
      .map((finding) => [finding.key, finding]),
  );
