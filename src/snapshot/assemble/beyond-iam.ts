import { isJsonObject, jsonPointer } from '../../kernel/json.ts';
import { unreadDocument } from '../../policy/unread-document.ts';
import type { AccountSnapshot } from '../account-snapshot.ts';
import { type Collected, known, missing, type SourceName } from '../collected.ts';
import type { LastAccessedDocument, ServiceLastAccessed } from '../last-accessed.ts';
import type { Organization, OrganizationDocument, OrganizationPolicy } from '../organization.ts';
import type { KeyGrant, KeyGrantDocument, Resource, ResourceDocument } from '../resource.ts';
import { readAccessAnalyzer } from './access-analyzer.ts';
import type { Assembly, Reader } from './assembly.ts';
import { readCloudTrail } from './cloudtrail-use.ts';
import { readIdentityCenter } from './identity-center.ts';

/** The parts of the snapshot that come from other services than IAM, or from IAM's record of what was used. */
export const readBeyondIam = (
  assembly: Assembly,
): Pick<
  AccountSnapshot,
  'organization' | 'identityCenter' | 'resources' | 'lastAccessed' | 'cloudTrail' | 'accessAnalyzer'
> => {
  const { documents } = assembly;
  const collected = <D, T>(source: SourceName, document: D | undefined, read: (document: D) => T): Collected<T> =>
    document === undefined
      ? missing(assembly.gaps.whyMissing(source))
      : known(read(document), source, assembly.timeOf(source));
  return {
    organization: collected('organization', documents.organization, (document) =>
      document === null ? null : readOrganization(document, assembly),
    ),
    identityCenter: collected('identity-center', documents.identityCenter, (document) =>
      document === null ? null : readIdentityCenter(document, assembly),
    ),
    resources: collected('resources', documents.resources, (rows) => readResources(rows, assembly)),
    lastAccessed: collected('last-accessed', documents.lastAccessed, (document) =>
      readLastAccessed(document, assembly.reader('last-accessed.json')),
    ),
    cloudTrail: collected('cloudtrail', documents.cloudTrail, (document) =>
      readCloudTrail(document, assembly.reader('cloudtrail.json')),
    ),
    accessAnalyzer: collected('access-analyzer', documents.accessAnalyzer, (document) =>
      readAccessAnalyzer(document, assembly),
    ),
  };
};

const readOrganization = (document: OrganizationDocument, assembly: Assembly): Organization => {
  const read = assembly.reader('organization.json');
  const { accountId } = assembly.documents.account;
  const last = document.path.at(-1)?.id ?? '';
  if (/^\d{12}$/.test(last) && last !== accountId) {
    read.problem(`/path/${document.path.length - 1}/id`, `is account ${last}, but the account is ${accountId}`);
  }
  const policies = (raws: readonly unknown[] | undefined, pointer: string): readonly OrganizationPolicy[] =>
    (raws ?? []).map((raw, index) => readPolicy(raw, `${pointer}/${index}`, assembly, read));
  return {
    id: document.organizationId,
    managementAccountId: document.managementAccountId,
    ...(document.accounts && { accounts: document.accounts.map(({ id }) => id) }),
    ...(document.features && { features: document.features }),
    ...(document.tree && { tree: document.tree }),
    ...(document.delegatedAdministrators && { delegatedAdministrators: document.delegatedAdministrators }),
    path: document.path.map(({ id, name, scps, rcps }, index) => ({
      id,
      name: name ?? id,
      scps: policies(scps, `/path/${index}/scps`),
      rcps: policies(rcps, `/path/${index}/rcps`),
    })),
  };
};

// One unreadable SCP would leave open what anybody in the account may do, and AWS holds none: it is a broken file.
const readPolicy = (raw: unknown, pointer: string, assembly: Assembly, read: Reader): OrganizationPolicy => {
  const wrapped = isJsonObject(raw) && Object.hasOwn(raw, 'document') ? raw : null;
  const document = assembly.intern(wrapped === null ? raw : wrapped['document']);
  const unread = unreadDocument(document);
  if (unread !== null)
    read.problem(`${pointer}${wrapped === null ? '' : '/document'}${unread.pointer}`, unread.message);
  const name = wrapped?.['name'];
  return { name: typeof name === 'string' ? name : `organization.json#${pointer}`, document };
};

const readResources = (rows: readonly ResourceDocument[], assembly: Assembly): readonly Resource[] => {
  const read = assembly.reader('resources.json');
  return rows.map((row, index) => ({
    arn: read.arn(row.arn, `/${index}/arn`),
    service: row.service,
    type: row.type.toLowerCase(),
    name: row.name ?? row.arn,
    region: row.region ?? null,
    roleArn: row.role_arn === undefined ? null : read.arn(row.role_arn, `/${index}/role_arn`),
    policy: row.policy === undefined ? null : assembly.intern(row.policy),
    tags: row.tags === undefined ? null : new Map(Object.entries(row.tags)),
    restrictsPublicAccess: restrictsPublicAccess(row.public_access_block),
    ...(row.grants && { grants: row.grants.map(toGrant) }),
  }));
};

const toGrant = ({ GrantId, GranteePrincipal, Operations, Constraints }: KeyGrantDocument): KeyGrant => ({
  id: GrantId,
  granteePrincipal: GranteePrincipal ?? null,
  operations: Operations,
  isConstrained: Object.values(Constraints ?? {}).some((context) => context !== undefined),
});

/** The block as S3 answers it, in whatever spelling, or as one flag for all of it. */
const restrictsPublicAccess = (block: ResourceDocument['public_access_block']): boolean =>
  typeof block === 'object'
    ? Object.entries(block).some(
        ([setting, on]) => on && setting.replaceAll('_', '').toLowerCase() === 'restrictpublicbuckets',
      )
    : block === true;

const readLastAccessed = (
  document: LastAccessedDocument,
  read: Reader,
): ReadonlyMap<string, readonly ServiceLastAccessed[]> =>
  new Map(
    Object.entries(document).map(([arn, services]) => [
      arn,
      services.map((service, index) => readService(service, jsonPointer(jsonPointer('', arn), index), read)),
    ]),
  );

const readService = (
  { ServiceNamespace, LastAuthenticated, TrackedActionsLastAccessed }: LastAccessedDocument[string][number],
  pointer: string,
  read: Reader,
): ServiceLastAccessed => ({
  service: ServiceNamespace,
  lastAuthenticated: read.instantOrNull(LastAuthenticated, `${pointer}/LastAuthenticated`),
  actions: (TrackedActionsLastAccessed ?? []).map(({ ActionName, LastAccessedTime }, at) => ({
    action: ActionName,
    lastAccessed: read.instantOrNull(LastAccessedTime, `${pointer}/TrackedActionsLastAccessed/${at}/LastAccessedTime`),
  })),
});
