import { type AccountId, parseAccountId } from '../../iam/account-id.ts';
import { iamArn } from '../../iam/arn.ts';
import type { Instant } from '../../kernel/time.ts';
import type {
  AccessKey,
  AccountSnapshot,
  AttachedPolicy,
  Group,
  InlinePolicy,
  ManagedPolicy,
  Mfa,
  Password,
  Role,
  RootUser,
  User,
} from '../account-snapshot.ts';
import { accessAnalyzer as analyzedByOne } from './analyzer-builder.ts';
import {
  arn,
  at,
  collected,
  must,
  type Plain,
  skipped,
  TEST_ACCOUNT,
  TEST_CREATE_DATE,
  TEST_TIME,
} from './collected-builder.ts';
import { noMfa, password, passwordPolicy } from './credential-builder.ts';
import { policyDocument, trusts } from './policy-builder.ts';

/** The parts of a root user, plainly. */
export interface RootUserParts {
  readonly mfaActive?: Plain<boolean>;
  readonly mfaKind?: Plain<'none' | 'virtual' | 'hardware'>;
  readonly accessKeyCount?: Plain<number>;
  readonly lastUsed?: Plain<Instant | null>;
}

/** A root user with hardware MFA, no access key, never used. */
const rootUser = (partition: string, accountId: AccountId, parts: RootUserParts): RootUser => ({
  arn: iamArn(partition, accountId, 'root'),
  mfaActive: collected(parts.mfaActive ?? true, 'account-summary'),
  mfaKind: collected(parts.mfaKind ?? 'hardware', 'mfa-devices'),
  accessKeyCount: collected(parts.accessKeyCount ?? 0, 'account-summary'),
  lastUsed: collected(parts.lastUsed ?? null, 'credential-report'),
});

type PlainlyWritten = 'alias' | 'passwordPolicy' | 'accountSummary' | 'credentialReport' | CollectedList;
type CollectedList =
  | 'virtualMfaDevices'
  | 'serverCertificates'
  | 'identityProviders'
  | 'instanceProfiles'
  | 'organization'
  | 'identityCenter'
  | 'resources'
  | 'lastAccessed'
  | 'cloudTrail'
  | 'accessAnalyzer';
type ValueOf<C> = C extends { readonly known: true; readonly value: infer T } ? T : never;

/** The parts of a snapshot, plainly: what is absent is unremarkable. */
export type SnapshotParts = Partial<Omit<AccountSnapshot, PlainlyWritten | 'accountId' | 'collectedAt' | 'root'>> & {
  readonly [Part in PlainlyWritten]?: Plain<ValueOf<AccountSnapshot[Part]>>;
} & { readonly accountId?: string; readonly collectedAt?: string; readonly root?: RootUserParts };

/** An account summary of a root user with MFA and nothing else. */
const SUMMARY = [
  ['AccountMFAEnabled', 1],
  ['AccountSigningCertificatesPresent', 0],
] as const;

/** The smallest account that tells a story: what is not given is empty, strong or unremarkable, and known. */
export const snapshot = (parts: SnapshotParts = {}): AccountSnapshot => {
  const accountId = must(parseAccountId(parts.accountId ?? TEST_ACCOUNT));
  const partition = parts.partition ?? 'aws';
  const collectedAt = at(parts.collectedAt ?? TEST_TIME);
  return {
    accountId,
    partition,
    collectedAt,
    alias: collected(or(parts.alias, 'test-account'), 'account-alias'),
    root: rootUser(partition, accountId, parts.root ?? {}),
    users: parts.users ?? [],
    groups: parts.groups ?? [],
    roles: parts.roles ?? [],
    managedPolicies: parts.managedPolicies ?? [],
    passwordPolicy: collected(or(parts.passwordPolicy, passwordPolicy()), 'password-policy'),
    accountSummary: collected(parts.accountSummary ?? new Map(SUMMARY), 'account-summary'),
    credentialReport: collected(parts.credentialReport ?? skipped('credential-report'), 'credential-report'),
    virtualMfaDevices: collected(parts.virtualMfaDevices ?? [], 'mfa-devices'),
    serverCertificates: collected(parts.serverCertificates ?? [], 'server-certificates'),
    identityProviders: collected(parts.identityProviders ?? [], 'identity-providers'),
    instanceProfiles: collected(parts.instanceProfiles ?? [], 'instance-profiles'),
    ...beyondIam(parts),
    missingParts: parts.missingParts ?? new Map(),
    sources: parts.sources ?? [{ name: 'authorization-details', time: collectedAt }],
    gaps: parts.gaps ?? [],
  };
};

const beyondIam = ({
  organization,
  identityCenter,
  resources,
  lastAccessed,
  cloudTrail,
  accessAnalyzer,
}: SnapshotParts) => ({
  organization: collected(or(organization, null), 'organization'),
  identityCenter: collected(or(identityCenter, null), 'identity-center'),
  resources: collected(resources ?? [], 'resources'),
  lastAccessed: collected(lastAccessed ?? skipped('last-accessed'), 'last-accessed'),
  cloudTrail: collected(cloudTrail ?? skipped('cloudtrail'), 'cloudtrail'),
  accessAnalyzer: collected(accessAnalyzer ?? analyzedByOne(), 'access-analyzer'),
});

/** What users, groups and roles have in common, plainly. */
interface HolderParts {
  readonly accountId?: string;
  readonly path?: string;
  readonly createDate?: string;
  /** Inline policies: name to document. */
  readonly inlinePolicies?: Readonly<Record<string, unknown>>;
  /** Managed policies, or their ARNs. */
  readonly attachedManagedPolicies?: readonly (string | ManagedPolicy)[];
}

/** What users and roles have in common, plainly. */
interface PrincipalParts extends HolderParts {
  readonly tags?: Readonly<Record<string, string>>;
  readonly permissionsBoundary?: string | ManagedPolicy | null;
}

/** The parts of a user, plainly. */
export interface UserParts extends PrincipalParts {
  readonly userId?: string;
  readonly groups?: readonly string[];
  readonly password?: Plain<Password>;
  readonly mfa?: Plain<Mfa>;
  readonly accessKeys?: Plain<readonly AccessKey[]>;
  readonly serviceSpecificCredentials?: User['serviceSpecificCredentials'];
  readonly sshPublicKeys?: User['sshPublicKeys'];
  readonly signingCertificates?: User['signingCertificates'];
}

/** A user without credentials, policies or groups. */
export const user = (userName: string, parts: UserParts = {}): User => ({
  ...principal('user', userName, parts),
  userName,
  userId: parts.userId ?? uniqueId('AIDA', userName),
  groups: parts.groups ?? [],
  password: collected(parts.password ?? password({ enabled: false }), 'credential-report'),
  mfa: collected(parts.mfa ?? noMfa(), 'credential-report'),
  accessKeys: collected(parts.accessKeys ?? [], 'access-keys'),
  serviceSpecificCredentials: parts.serviceSpecificCredentials ?? collected([], 'service-specific-credentials'),
  sshPublicKeys: parts.sshPublicKeys ?? collected([], 'ssh-public-keys'),
  signingCertificates: parts.signingCertificates ?? collected([], 'signing-certificates'),
});

/** The parts of a group, plainly. */
export interface GroupParts extends HolderParts {
  readonly groupId?: string;
}

/** A group without policies. */
export const group = (groupName: string, parts: GroupParts = {}): Group => ({
  ...holder('group', groupName, parts),
  groupName,
  groupId: parts.groupId ?? uniqueId('AGPA', groupName),
});

/** The parts of a role, plainly. */
export interface RoleParts extends PrincipalParts {
  readonly roleId?: string;
  readonly trustPolicy?: unknown;
  readonly instanceProfiles?: readonly string[];
  /** A date, null: not used in the tracking period, or a gap. */
  readonly lastUsed?: string | null | Role['lastUsed'];
}

/** A role without policies that trusts EC2, last used a day before `TEST_TIME`. */
export const role = (roleName: string, parts: RoleParts = {}): Role => {
  const lastUsed = or(parts.lastUsed, '2025-12-31T00:00:00Z');
  return {
    ...principal('role', roleName, parts),
    roleName,
    roleId: parts.roleId ?? uniqueId('AROA', roleName),
    trustPolicy: policyDocument(parts.trustPolicy ?? trusts({ Service: 'ec2.amazonaws.com' })),
    instanceProfiles: parts.instanceProfiles ?? [],
    lastUsed: collected(
      typeof lastUsed === 'string' ? { date: at(lastUsed), region: 'eu-central-1' } : lastUsed,
      'authorization-details',
    ),
  };
};

/** The parts of a managed policy, plainly. */
export interface ManagedPolicyParts {
  readonly accountId?: string;
  readonly path?: string;
  readonly awsManaged?: boolean;
  readonly policyId?: string;
  readonly attachmentCount?: number;
  readonly permissionsBoundaryUsageCount?: number;
  readonly createDate?: string;
  readonly updateDate?: string;
  /** Documents of older versions, newest first. */
  readonly olderVersions?: readonly unknown[];
}

/** A customer managed policy, attached once; AWS managed with `{ awsManaged: true }`. */
export const managedPolicy = (policyName: string, document: unknown, parts: ManagedPolicyParts = {}): ManagedPolicy => {
  const path = parts.path ?? '/';
  const createDate = at(parts.createDate ?? TEST_CREATE_DATE);
  const documents = [document, ...(parts.olderVersions ?? [])];
  const account = parts.awsManaged === true ? 'aws' : (parts.accountId ?? TEST_ACCOUNT);
  return {
    arn: iamArn('aws', account, `policy${path}${policyName}`),
    policyName,
    policyId: parts.policyId ?? uniqueId('ANPA', policyName),
    path,
    awsManaged: parts.awsManaged ?? false,
    defaultVersionId: `v${documents.length}`,
    versions: documents.map((raw, index) => ({
      versionId: `v${documents.length - index}`,
      isDefaultVersion: index === 0,
      createDate,
      document: policyDocument(raw),
    })),
    attachmentCount: parts.attachmentCount ?? 1,
    permissionsBoundaryUsageCount: parts.permissionsBoundaryUsageCount ?? 0,
    createDate,
    updateDate: parts.updateDate === undefined ? createDate : at(parts.updateDate),
  };
};

const holder = (kind: 'user' | 'group' | 'role', name: string, parts: HolderParts) => {
  const path = parts.path ?? '/';
  return {
    arn: iamArn('aws', parts.accountId ?? TEST_ACCOUNT, `${kind}${path}${name}`),
    path,
    createDate: at(parts.createDate ?? TEST_CREATE_DATE),
    inlinePolicies: Object.entries(parts.inlinePolicies ?? {}).map(
      ([policyName, raw]): InlinePolicy => ({ policyName, document: policyDocument(raw) }),
    ),
    attachedManagedPolicies: (parts.attachedManagedPolicies ?? []).map(attachment),
  };
};

const principal = (kind: 'user' | 'role', name: string, parts: PrincipalParts) => ({
  ...holder(kind, name, parts),
  tags: new Map(Object.entries(parts.tags ?? {})),
  permissionsBoundary: parts.permissionsBoundary ? attachment(parts.permissionsBoundary).policyArn : null,
});

const attachment = (policy: string | ManagedPolicy): AttachedPolicy =>
  typeof policy === 'string'
    ? { policyName: policy.slice(policy.lastIndexOf('/') + 1), policyArn: arn(policy) }
    : { policyName: policy.policyName, policyArn: policy.arn };

/** Looks like AWS's unique ids and is the same for the same name. */
const uniqueId = (prefix: string, name: string): string =>
  `${prefix}${name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .padEnd(17, '0')}`;

const or = <T>(part: T | undefined, otherwise: T): T => (part === undefined ? otherwise : part);
