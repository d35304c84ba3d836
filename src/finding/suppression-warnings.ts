import type { SuppressionStatus, SuppressionVerdict } from './suppression.ts';

/**
 * What somebody should know of the suppressions, a sentence each: those that are about nothing, that have expired or soon
 * will, whose evidence has changed, or that reach too far.
 */
export const suppressionWarnings = (statuses: readonly SuppressionStatus[]): readonly string[] =>
  statuses.flatMap((status) => warningsOf(status).map((text) => `${placeOf(status)}: ${text}`));

/** Where a suppression stands: `suppressions.yaml:12`. */
export const placeOf = ({ rule }: SuppressionStatus): string => `${rule.file}:${rule.line}`;

const warningsOf = ({ rule, matches, daysLeft, notice }: SuppressionStatus): readonly string[] => {
  const about = `suppression of \`${rule.check}\` for \`${rule.principal ?? rule.resource ?? ''}\``;
  if (matches.length === 0) return [`${about} matches nothing; take it out if the finding is gone`];
  const findings = (verdict: SuppressionVerdict): string | null => {
    const count = matches.filter((match) => match.verdict === verdict).length;
    return count === 0 ? null : count === 1 ? '1 finding' : `${count} findings`;
  };
  const day = rule.expires.slice(0, 10);
  const [expired, changed, long, held] = [
    findings('expired'),
    findings('evidence-changed'),
    findings('too-long'),
    findings('suppressed'),
  ];
  return [
    ...(expired === null
      ? []
      : [`${about} expired on ${day} and leaves ${expired} open; \`${rule.owner}\` answers for it`]),
    ...(changed === null ? [] : [`${about} no longer holds for ${changed}, whose evidence is not that of its pin`]),
    ...(long === null
      ? []
      : [
          `${about} does not hold for ${long}: ${day} is further ahead than their severity allows (\`suppressions.maxDays\`)`,
        ]),
    ...(held === null || notice === null
      ? []
      : [`${about} expires on ${day}, ${leftInWords(daysLeft)}; \`${rule.owner}\` answers for it`]),
  ];
};

const leftInWords = (daysLeft: number): string =>
  daysLeft === 0 ? 'within a day' : `after ${daysLeft} more ${daysLeft === 1 ? 'day' : 'days'}`;
