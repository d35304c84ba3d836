import type { JsonObject } from '../../kernel/json.ts';
import type { AccessAnalyzer, Analyzer, ArchiveRule } from '../../snapshot/access-analyzer.ts';
import { type Change, type EntityKind, entityChanges } from './entity-changes.ts';
import { type ListedItem, listChanges } from './part-change.ts';

/** What changed of the analyzers of IAM Access Analyzer and their archive rules, in regions where both nights looked. */
export const analyzerChanges = (before: AccessAnalyzer, after: AccessAnalyzer): readonly Change[] => {
  const isSeen = ({ region }: Analyzer): boolean =>
    [before, after].every(({ regions }) => regions === undefined || regions.includes(region));
  const [were, are] = [before.analyzers.filter(isSeen), after.analyzers.filter(isSeen)];
  return [...entityChanges(were, are, ANALYZER), ...entityChanges(were, are, WITH_RULES)];
};

const ARN = { id: ({ arn }: Analyzer) => arn, arn: ({ arn }: Analyzer) => arn } as const;

const tellAnalyzer = ({ name, type, status, unusedAccessDays }: Analyzer): JsonObject => ({
  name,
  type,
  status,
  unusedAccessDays,
});

const ANALYZER: EntityKind<Analyzer> = {
  type: 'Analyzer',
  ...ARN,
  tell: tellAnalyzer,
  changes: (before, after) =>
    listChanges([before], [after], { kind: 'analyzer', id: ({ arn }) => arn, tell: tellAnalyzer }).map((change) => ({
      ...change,
      part: null,
    })),
};

const RULE: ListedItem<ArchiveRule> = {
  kind: 'archive-rule',
  id: ({ name }) => name,
  tell: ({ filter }) => Object.fromEntries([...filter].map(([property, criterion]) => [property, { ...criterion }])),
};

const WITH_RULES: EntityKind<Analyzer> = {
  type: 'ArchiveRule',
  ...ARN,
  tell: null,
  changes: ({ archiveRules: before }, { archiveRules: after }) =>
    before.known && after.known ? listChanges(before.value, after.value, RULE) : [],
};
