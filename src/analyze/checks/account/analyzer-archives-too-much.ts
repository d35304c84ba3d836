import { iamArn } from '../../../iam/arn.ts';
import type { AnalyzerFinding, ArchiveRule } from '../../../snapshot/access-analyzer.ts';
import { defineCheck } from '../../define-check.ts';

/** A rule of Access Analyzer archives findings without naming what they are about. */
export const analyzerArchivesTooMuch = defineCheck({
  id: 'analyzer-archives-too-much',
  title: 'Archive rule of Access Analyzer hides findings that nobody has seen',
  category: 'account',
  severity: 'medium',
  resourceType: 'Account',
  reads: ['accessAnalyzer'],
  doc: {
    what: 'Whether an archive rule names neither a resource, a principal nor the value of a condition: a rule by type, by owner, by what is not public or by exclusion archives whatever comes of it. Worse where it lets public findings go too. The evidence tells how many findings of the analyzer are archived.',
    risk: 'A bucket or role that is opened tomorrow is archived before anybody hears of it.',
    remediation: ['Narrow the rule to the resource and the principal that somebody has accepted, or delete it.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-archive-rules.html'],
  },
  frameworks: [],
  defaults: {},

  *run({ accessAnalyzer, partition, accountId }) {
    const arn = iamArn(partition, accountId, 'root');
    if (!accessAnalyzer.known) {
      if (accessAnalyzer.gap.reason !== 'skipped')
        yield { subject: { arn }, outcome: 'unknown', gap: accessAnalyzer.gap };
      return;
    }
    const { analyzers, findings } = accessAnalyzer.value;
    for (const analyzer of analyzers) {
      const { archiveRules } = analyzer;
      const archived = findings.known ? findings.value.filter((each) => isArchived(each, analyzer.arn)).length : null;
      if (archiveRules.known) yield* archiveRules.value.map((rule) => judge(arn, analyzer.arn, rule, archived));
      else if (archiveRules.gap.reason !== 'skipped')
        yield { subject: { arn, part: analyzer.arn }, outcome: 'unknown', gap: archiveRules.gap };
    }
  },

  summary: ({ rule, analyzer, criteria }) =>
    `Rule ${rule} of ${analyzer} archives ${criteria.length === 0 ? 'every finding' : `findings by ${criteria.join(', ')} alone`}.`,
});

const judge = (arn: string, analyzer: string, rule: ArchiveRule, archived: number | null) => {
  const isWide = !isNarrow(rule);
  return {
    subject: { arn, part: `${analyzer}/archive-rule/${rule.name}` },
    outcome: isWide ? ('fail' as const) : ('pass' as const),
    ...(isWide && hidesPublic(rule) ? { severity: 'high' as const } : {}),
    evidence: { analyzer, rule: rule.name, criteria: [...rule.filter.keys()], archived },
  };
};

const isArchived = ({ analyzerArn, status }: AnalyzerFinding, arn: string): boolean =>
  analyzerArn === arn && status === 'ARCHIVED';

/** Whether some criterion asks for a value that one resource, principal or condition has. */
const isNarrow = ({ filter }: ArchiveRule): boolean =>
  [...filter].some(
    ([property, { eq, contains }]) =>
      NAMING.test(property) && [...eq, ...contains].length > 0 && [...eq, ...contains].every((value) => value !== '*'),
  );

/** Source: "IAM Access Analyzer filter keys", IAM User Guide. */
const NAMING = /^(?:id$|resource$|principal\.|condition\.)/;

const hidesPublic = ({ filter }: ArchiveRule): boolean => {
  const criterion = filter.get('isPublic');
  return criterion === undefined || criterion.eq.includes('true') || criterion.neq.includes('false');
};
