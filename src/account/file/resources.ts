import { arnOf, iamArn } from '../../iam/arn.ts';
import { type AccountState, nameKey } from '../account-state.ts';
import type { AnalyzerState } from '../analyzer-state.ts';
import { actionUseKey } from '../record-use.ts';
import { PUBLIC_ACCESS_SETTINGS } from '../resource-documents.ts';
import type { ResourceState } from '../resource-state.ts';
import { uniqueId } from '../unique-id.ts';
import type { Complain } from './references.ts';
import type { AccountFile } from './schema.ts';

type ResourceEntry = AccountFile['resources'][number];

/** How the resources of a service are called, how their names stand in ARNs, and what the service tells of a new one. */
const KINDS: Readonly<
  Record<
    ResourceEntry['service'],
    { readonly type: string; readonly prefix: string; readonly attributes: Readonly<Record<string, string>> }
  >
> = {
  ecr: { type: 'repository', prefix: 'repository/', attributes: { imageTagMutability: 'MUTABLE' } },
  kms: {
    type: 'key',
    prefix: 'key/',
    attributes: {
      description: '',
      keyUsage: 'ENCRYPT_DECRYPT',
      keySpec: 'SYMMETRIC_DEFAULT',
      multiRegion: 'false',
      keyState: 'Enabled',
    },
  },
  lambda: {
    type: 'function',
    prefix: 'function:',
    attributes: { runtime: 'nodejs24.x', handler: 'index.handler', codeSize: '0', timeout: '3', memorySize: '128' },
  },
  s3: { type: 'bucket', prefix: '', attributes: {} },
  secretsmanager: { type: 'secret', prefix: 'secret:', attributes: {} },
  sns: { type: 'topic', prefix: '', attributes: { DisplayName: '' } },
  sqs: { type: 'queue', prefix: '', attributes: {} },
};

/** Makes the resources of a file; complains of a role that is not in it. */
export const resourceOf =
  (file: AccountFile, complain: Complain) =>
  (entry: ResourceEntry, index: number): ResourceState => {
    const { service, name, region } = entry;
    const { type, prefix, attributes } = KINDS[service];
    const isBucket = service === 's3';
    const runsAs = file.roles.find(({ roleName }) => entry.role !== null && nameKey(roleName) === nameKey(entry.role));
    if (entry.role !== null && runsAs === undefined) {
      complain(['resources', index, 'role'], `there is no role \`${entry.role}\` in this file`);
    }
    // The ARN of a secret ends in characters of chance.
    const suffix =
      service === 'secretsmanager' ? `-${uniqueId('AKIA', [file.accountId, region, name]).slice(4, 10)}` : '';
    return {
      arn: arnOf({
        partition: file.partition,
        service,
        region: isBucket ? '' : region,
        account: isBucket ? '' : file.accountId,
        resource: `${prefix}${name}${suffix}`,
      }),
      service,
      type,
      name,
      region: isBucket ? '' : region,
      createDate: entry.createDate,
      roleArn:
        runsAs === undefined ? null : iamArn(file.partition, file.accountId, `role${runsAs.path}${runsAs.roleName}`),
      policy: entry.policy,
      tags: entry.tags,
      attributes: { ...attributes, ...(isBucket && bucketAttributes(entry)) },
    };
  };

const bucketAttributes = ({ region, blockPublicAccess }: ResourceEntry): Readonly<Record<string, string>> => ({
  region,
  ...(blockPublicAccess && Object.fromEntries(PUBLIC_ACCESS_SETTINGS.map((setting) => [setting, 'true']))),
});

/** Makes the analyzers of a file. */
export const analyzerOf =
  ({ partition, accountId }: AccountFile) =>
  ({ analyzerName, createDate, unusedAccessAge, ...entry }: AccountFile['analyzers'][number]): AnalyzerState => ({
    ...entry,
    name: analyzerName,
    arn: arnOf({
      partition,
      service: 'access-analyzer',
      region: entry.region,
      account: accountId,
      resource: `analyzer/${analyzerName}`,
    }),
    createdAt: createDate,
    unusedAccessAgeDays: entry.type.endsWith('UNUSED_ACCESS') ? unusedAccessAge : null,
    archiveRules: [],
    statuses: new Map(),
  });

/** The account with what its users and roles have called last. */
export const withActionUses = (state: AccountState, file: AccountFile): AccountState => {
  const uses = (id: string | undefined, entry: AccountFile['users' | 'roles'][number]) =>
    id === undefined
      ? []
      : Object.entries(entry.uses).map(([action, date]) => ({ key: actionUseKey(id, action), action, date }));
  const all = [
    ...file.users.flatMap((entry) => uses(state.users.get(nameKey(entry.userName))?.userId, entry)),
    ...file.roles.flatMap((entry) => uses(state.roles.get(nameKey(entry.roleName))?.roleId, entry)),
  ];
  const actionUses = all.reduce(
    (map, { key, action, date }) => map.set(key, { action, date, region: 'us-east-1' }),
    state.actionUses,
  );
  return { ...state, actionUses };
};
