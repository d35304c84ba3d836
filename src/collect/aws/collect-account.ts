import { err, ok, type Result } from '../../kernel/result.ts';
import type { CollectedAccount, SourceProblem } from '../../ports/account-source.ts';
import type { Progress } from '../../ports/progress.ts';
import type { RoleDetailDocument } from '../../snapshot/snapshot-documents.ts';
import { collectAccessAnalyzer } from './access-analyzer.ts';
import { readAccountLists } from './account-lists.ts';
import type { AwsSourceOptions } from './aws-source-options.ts';
import { createCallMeter, DEFAULT_CONCURRENCY } from './call-meter.ts';
import { createClients } from './clients.ts';
import { collectCloudTrail } from './cloudtrail-events.ts';
import { readIdentity } from './identity.ts';
import { collectIdentityCenter } from './identity-center.ts';
import { collectLastAccessed } from './last-accessed.ts';
import { readOneByOne } from './one-by-one.ts';
import { collectOrganization } from './organization.ts';
import { createReader, type ReadDocuments } from './reader.ts';
import { collectResources } from './resources.ts';
import { regionsToRead, type ServiceScope } from './service-scope.ts';
import { systemTimer } from './system-timer.ts';

/**
 * Reads an account: whose it is, what lists of the whole account tell, then what only a call for each thing tells. A
 * call that fails is a gap of the documents; an error only where not even the account is known.
 */
export const collectAccount = async (
  options: AwsSourceOptions,
  progress: Progress,
): Promise<Result<CollectedAccount, SourceProblem>> => {
  const {
    endpointUrl,
    clock,
    timer = systemTimer,
    concurrency = DEFAULT_CONCURRENCY,
    lastAccessed: asksLastAccess = true,
  } = options;
  if (endpointUrl !== undefined && !isHttpUrl(endpointUrl)) {
    const message = `endpoint URL \`${endpointUrl}\` is not a URL; write it like \`http://127.0.0.1:4599\``;
    return err({ kind: 'input', message });
  }
  const meter = createCallMeter(options, timer);
  const clients = await createClients(options, meter, timer);
  try {
    progress.phase('account', 1);
    const identity = await readIdentity(clients, options);
    if (!identity.ok) return identity;
    progress.step();
    const collectedAt = clock.now();
    const { accountId, partition, caller } = identity.value;
    const reader = createReader(clients.iam, clock, progress, concurrency);
    const lists = await readAccountLists(reader, timer, progress);
    const oneByOne = await readOneByOne(reader, lists, progress);
    const homeRegion = await clients.region();
    const regions = regionsToRead(options.regions ?? [], homeRegion, partition);
    const scope = {
      reader,
      connect: clients.connect,
      progress,
      homeRegion,
      regions,
      accountId,
      partition,
      hasOwnEndpoint: endpointUrl !== undefined,
    };
    const beyondIam = await collectBeyondIam(scope, options, lists.details?.RoleDetailList ?? []);
    const lastAccessed = asksLastAccess
      ? await collectLastAccessed(reader, lists.details, {
          timer,
          progress,
          now: collectedAt,
          options,
          ...identity.value,
        })
      : {};
    const days = options.cloudTrailDays ?? 0;
    const cloudTrail = days > 0 ? await collectCloudTrail(scope, { days, now: collectedAt, timer }) : {};
    const documents = { ...lists.documents, ...oneByOne, ...beyondIam, ...lastAccessed, ...cloudTrail };
    const account = {
      accountId,
      alias: lists.alias,
      partition,
      caller,
      collectedAt,
      sources: reader.sources(),
      gaps: reader.gaps(),
    };
    return ok({ documents: { account, ...documents }, apiCalls: meter.apiCalls, throttledCalls: meter.throttledCalls });
  } finally {
    clients.close();
  }
};

const collectBeyondIam = async (
  scope: ServiceScope,
  { resources = true, organization = true, identityCenter = true, accessAnalyzer = true }: AwsSourceOptions,
  roles: readonly RoleDetailDocument[],
): Promise<ReadDocuments> => {
  const ofOrganization = organization ? await collectOrganization(scope) : {};
  const managementAccountId = ofOrganization.organization?.managementAccountId;
  return {
    ...ofOrganization,
    ...(identityCenter ? await collectIdentityCenter(scope, roles, managementAccountId) : {}),
    ...(resources ? await collectResources(scope) : {}),
    ...(accessAnalyzer ? await collectAccessAnalyzer(scope) : {}),
  };
};

const isHttpUrl = (text: string): boolean => URL.canParse(text) && /^https?:\/\//i.test(text);
