import type {
  AccessAnalyzerClient,
  AnalyzerSummary,
  FindingDetails,
  FindingSummaryV2,
} from '@aws-sdk/client-accessanalyzer';
import type { AccessAnalyzerDocument, AnalyzerFindingDocument } from '../../snapshot/access-analyzer.ts';
import { allTokenPages, required } from './answers.ts';
import type { ReadDocuments, Reader } from './reader.ts';
import { type Listed, listInRegions, type ServiceScope } from './service-scope.ts';

type Sdk = typeof import('@aws-sdk/client-accessanalyzer');
type ListedAnalyzer = Listed<AccessAnalyzerClient, AnalyzerSummary>;
const LIST = 'access-analyzer:ListAnalyzers';

type AnalyzerDocument = AccessAnalyzerDocument['analyzers'][number];

/**
 * The analyzers of each region, of all types and whatever their status, their archive rules, and what they found and
 * still holds, archived or not. An organization's analyzer is asked about this account alone.
 */
export const collectAccessAnalyzer = async (scope: ServiceScope): Promise<ReadDocuments> => {
  const sdk = await import('@aws-sdk/client-accessanalyzer');
  const { reader, progress, regions } = scope;
  progress.phase('analyzers', regions.length);
  const listed = await listInRegions(scope, LIST, sdk.AccessAnalyzerClient, (client) =>
    allTokenPages(
      (nextToken) => client.send(new sdk.ListAnalyzersCommand({ nextToken })),
      ({ analyzers }) => required(analyzers, 'analyzers'),
      ({ nextToken }) => nextToken,
    ),
  );
  if (listed === null) return {};
  const [analyzers, findings] = await Promise.all([
    withArchiveRules(reader, sdk, listed),
    readFindings(scope, sdk, listed),
  ]);
  const unread = new Set(
    reader
      .gaps()
      .filter(({ action }) => action === LIST)
      .map(({ subject }) => subject),
  );
  return {
    accessAnalyzer: {
      regions: regions.filter((region) => !unread.has(region)),
      analyzers,
      ...(findings && { findings }),
    },
  };
};

const withArchiveRules = async (
  reader: Reader,
  sdk: Sdk,
  listed: readonly ListedAnalyzer[],
): Promise<readonly AnalyzerDocument[]> => {
  const rules = await reader.readEach('access-analyzer:ListArchiveRules', listed, arnOf, ({ client, item }) =>
    allTokenPages(
      (nextToken) => client.send(new sdk.ListArchiveRulesCommand({ analyzerName: item.name, nextToken })),
      ({ archiveRules }) =>
        required(archiveRules, 'archiveRules').map(({ ruleName, filter }) => ({
          ruleName: required(ruleName, 'ruleName'),
          filter: required(filter, 'filter'),
        })),
      ({ nextToken }) => nextToken,
    ),
  );
  return listed.map(({ item }, index) => ({
    arn: required(item.arn, 'arn'),
    name: item.name,
    type: required(item.type, 'type'),
    status: required(item.status, 'status'),
    ...unusedAccessOf(item),
    archiveRules: rules?.[index] ?? undefined,
  }));
};

const unusedAccessOf = ({ configuration }: AnalyzerSummary): Pick<AnalyzerDocument, 'configuration'> => {
  const unusedAccessAge = configuration?.unusedAccess?.unusedAccessAge;
  return unusedAccessAge === undefined ? {} : { configuration: { unusedAccess: { unusedAccessAge } } };
};

/** What the analyzers found; null: none of them told. */
const readFindings = async (
  { reader, accountId, progress }: ServiceScope,
  sdk: Sdk,
  listed: readonly ListedAnalyzer[],
): Promise<readonly AnalyzerFindingDocument[] | null> => {
  const lists = await reader.readEach('access-analyzer:ListFindingsV2', listed, arnOf, ({ client, item }) =>
    allTokenPages(
      (nextToken) =>
        client.send(
          new sdk.ListFindingsV2Command({
            analyzerArn: item.arn,
            nextToken,
            filter: { status: { eq: ['ACTIVE', 'ARCHIVED'] }, resourceOwnerAccount: { eq: [accountId] } },
          }),
        ),
      ({ findings }) => required(findings, 'findings'),
      ({ nextToken }) => nextToken,
    ),
  );
  if (lists === null) return null;
  const found = listed.flatMap(({ client, item }, index) =>
    (lists[index] ?? []).map((finding) => ({ client, analyzerArn: required(item.arn, 'arn'), finding })),
  );
  // Of other findings everything that is used stands in the list.
  const detailed = found.filter(
    ({ finding }) => finding.findingType === 'ExternalAccess' && finding.error === undefined,
  );
  progress.phase('findings of analyzers', detailed.length);
  const details = await reader.readEach(
    'access-analyzer:GetFindingV2',
    detailed,
    ({ finding }) => finding.resource ?? required(finding.id, 'id'),
    ({ client, analyzerArn, finding: { id } }) =>
      allTokenPages(
        (nextToken) => client.send(new sdk.GetFindingV2Command({ analyzerArn, id, nextToken })),
        ({ findingDetails }) => required(findingDetails, 'findingDetails'),
        ({ nextToken }) => nextToken,
      ),
  );
  const detailsOf = new Map(detailed.map(({ finding }, index) => [finding, details?.[index] ?? undefined]));
  return found.map(({ analyzerArn, finding }) => toDocument(finding, analyzerArn, detailsOf.get(finding)));
};

const toDocument = (
  { id, resource, resourceType, status, findingType, error }: FindingSummaryV2,
  analyzerArn: string,
  details: readonly FindingDetails[] | undefined,
): AnalyzerFindingDocument => ({
  id: required(id, 'id'),
  analyzerArn,
  resource,
  resourceType: required(resourceType, 'resourceType'),
  status: required(status, 'status'),
  findingType,
  error,
  findingDetails: details?.flatMap(({ externalAccessDetails: external }) =>
    external === undefined
      ? []
      : [
          {
            externalAccessDetails: {
              action: external.action,
              condition: external.condition,
              isPublic: external.isPublic,
              principal: external.principal,
            },
          },
        ],
  ),
});

const arnOf = ({ item }: ListedAnalyzer): string => required(item.arn, 'arn');
