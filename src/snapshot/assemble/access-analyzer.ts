import { friendlyName } from '../../iam/arn.ts';
import type {
  AccessAnalyzer,
  AccessAnalyzerDocument,
  AnalyzerFinding,
  AnalyzerFindingDocument,
  ArchiveRule,
  ArchiveRuleDocument,
} from '../access-analyzer.ts';
import { type Collected, known, missing } from '../collected.ts';
import type { Assembly } from './assembly.ts';

/** Reads `access-analyzer.json`. Findings and archive rules that it does not hold are a gap of those who ask for them. */
export const readAccessAnalyzer = (
  { regions, analyzers, findings }: AccessAnalyzerDocument,
  { reader, timeOf }: Assembly,
): AccessAnalyzer => {
  const read = reader('access-analyzer.json');
  const told = <D, T>(document: D | undefined, what: string, toValue: (document: D) => T): Collected<T> =>
    document === undefined
      ? missing({
          source: 'access-analyzer',
          action: 'access-analyzer.json',
          reason: 'skipped',
          detail: `access-analyzer.json holds no ${what}`,
          subject: null,
        })
      : known(toValue(document), 'access-analyzer', timeOf('access-analyzer'));
  return {
    ...(regions && { regions }),
    analyzers: analyzers.map(({ arn: text, name, type, status, configuration, archiveRules }, index) => {
      const arn = read.arn(text, `/analyzers/${index}/arn`);
      const region = arn.split(':')[3] ?? '';
      const rules = told(archiveRules, 'archive rules', (some) => some.map(toRule));
      const unusedAccessDays = configuration?.unusedAccess?.unusedAccessAge ?? null;
      return { arn, name: name ?? friendlyName(arn), type, status, region, unusedAccessDays, archiveRules: rules };
    }),
    findings: told(findings, 'findings', (some) => some.map(toFinding)),
  };
};

const toRule = ({ ruleName, filter }: ArchiveRuleDocument): ArchiveRule => ({
  name: ruleName,
  filter: new Map(
    Object.entries(filter).map(([property, { eq = [], neq = [], contains = [], exists = null }]) => [
      property,
      { eq, neq, contains, exists },
    ]),
  ),
});

const toFinding = ({
  id,
  analyzerArn,
  resource = '',
  resourceType,
  status,
  findingType = 'ExternalAccess',
  error,
  findingDetails = [],
}: AnalyzerFindingDocument): AnalyzerFinding => ({
  id,
  analyzerArn: analyzerArn ?? null,
  resource,
  resourceType,
  status,
  findingType,
  error: error ?? null,
  external: findingDetails.flatMap(({ externalAccessDetails: details }) =>
    details === undefined
      ? []
      : [
          {
            principal: new Map(Object.entries(details.principal ?? {})),
            actions: details.action ?? [],
            condition: new Map(Object.entries(details.condition ?? {})),
            isPublic: details.isPublic === true,
          },
        ],
  ),
});
