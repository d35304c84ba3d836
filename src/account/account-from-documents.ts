import { type Arn, friendlyName } from '../iam/arn.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { PolicyDocument, Statement } from '../policy/policy-document.ts';
import { createPolicyInterner } from '../policy/policy-interner.ts';
import { readPolicyJson } from '../policy/policy-json.ts';
import { printPolicyDocument } from '../policy/print-policy-document.ts';
import type {
  AccountSnapshot,
  Group,
  LastUse,
  ManagedPolicy,
  Mfa,
  Role,
  RootUser,
  User,
} from '../snapshot/account-snapshot.ts';
import { assembleSnapshot } from '../snapshot/assemble-snapshot.ts';
import type { Collected } from '../snapshot/collected.ts';
import type { SnapshotDocuments } from '../snapshot/snapshot-documents.ts';
import { type AccountFileReading, accountSchema, type EmulatedAccounts } from './account-file.ts';
import { withResource } from './account-resources.ts';
import { awsManagedPolicies } from './aws-managed-policies.ts';
import { withAccount } from './cloud-state.ts';
import { organizationEntry, type TextOf } from './organization-from-snapshot.ts';
import type { ResourceService, ResourceState } from './resource-state.ts';
import { isUniqueId, type UniqueIdPrefix } from './unique-id.ts';

/**
 * The emulated account that a snapshot tells of, and what the snapshot tells of its organization. What the snapshot does not know (secrets, passwords, what could not be
 * read) the account does not have, or has made up. The errors are lines about what the emulated account cannot hold.
 */
export const accountFromDocuments = (
  documents: SnapshotDocuments,
  reading: AccountFileReading,
): Result<EmulatedAccounts, readonly string[]> => {
  const texts = new Map<PolicyDocument, unknown>();
  const intern = createPolicyInterner();
  const assembled = assembleSnapshot(documents, (raw) => {
    const document = intern(raw);
    const { content } = readPolicyJson(raw);
    texts.set(document, content.ok ? content.value : raw);
    return document;
  });
  if (!assembled.ok) return err(assembled.error.map(({ message }) => message));
  return accountOf(assembled.value, (document) => texts.get(document), reading);
};

/**
 * The emulated account that a snapshot tells of. Statements that could not be read are not in it, nor are attached policies
 * that neither the snapshot nor the emulated account knows.
 */
export const accountFromSnapshot = (
  snapshot: AccountSnapshot,
  reading: AccountFileReading,
): Result<EmulatedAccounts, readonly string[]> => {
  const known = new Set<string>(
    [
      ...snapshot.managedPolicies.filter(({ awsManaged }) => !awsManaged),
      ...awsManagedPolicies(snapshot.partition).values(),
    ].map(({ arn }) => arn),
  );
  const withKnown = <Holder extends Group | User | Role>(holder: Holder): Holder => ({
    ...holder,
    attachedManagedPolicies: holder.attachedManagedPolicies.filter(({ policyArn }) => known.has(policyArn)),
  });
  const { groups, users, roles } = snapshot;
  const held = { groups: groups.map(withKnown), users: users.map(withKnown), roles: roles.map(withKnown) };
  return accountOf({ ...snapshot, ...held }, printed, reading);
};

/** A policy without statements, or of which none could be read, says nothing; AWS holds none that is empty. */
const printed: TextOf = (document) =>
  printPolicyDocument(document.statements.length > 0 ? document : { ...document, statements: [SAYS_NOTHING] });

const SAYS_NOTHING: Statement = {
  index: 0,
  pointer: '/Statement/0',
  sid: null,
  effect: 'Deny',
  principal: null,
  action: { kind: 'action', patterns: ['none:None'] },
  resource: { kind: 'resource', patterns: ['*'] },
  conditions: [],
};

const accountOf = (
  snapshot: AccountSnapshot,
  textOf: TextOf,
  reading: AccountFileReading,
): Result<EmulatedAccounts, readonly string[]> => {
  const parsed = accountSchema(reading).safeParse(accountFile(snapshot, textOf));
  if (!parsed.success) return err(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  const { main, cloud } = parsed.data;
  const whole = resourcesOf(snapshot, textOf).reduce(withResource, main);
  return ok({ main: whole, cloud: withAccount(cloud, whole) });
};

/** The snapshot in the members of the account file. */
const accountFile = (snapshot: AccountSnapshot, textOf: TextOf): object => ({
  accountId: snapshot.accountId,
  partition: snapshot.partition,
  alias: knownOr(snapshot.alias, null),
  root: rootEntry(snapshot.root),
  passwordPolicy: knownOr(snapshot.passwordPolicy, null),
  policies: snapshot.managedPolicies
    .filter(({ awsManaged }) => !awsManaged)
    .map((policy) => policyEntry(policy, textOf)),
  groups: snapshot.groups.map((group) => ({
    groupName: group.groupName,
    groupId: idOrNone('AGPA', group.groupId),
    ...holderEntry(group, textOf),
  })),
  users: snapshot.users.map((user) => userEntry(user, textOf)),
  roles: snapshot.roles.map((role) => roleEntry(role, textOf)),
  instanceProfiles: knownOr(snapshot.instanceProfiles, []).map((profile) => ({
    instanceProfileName: profile.name,
    instanceProfileId: idOrNone('AIPA', profile.id),
    path: pathOf(profile.arn, 'instance-profile'),
    createDate: profile.createDate,
    roles: profile.roles,
  })),
  serverCertificates: knownOr(snapshot.serverCertificates, []).map((certificate) => ({
    serverCertificateName: certificate.name,
    serverCertificateId: idOrNone('ASCA', certificate.id),
    path: pathOf(certificate.arn, 'server-certificate'),
    uploadDate: certificate.uploadDate,
    expiration: certificate.expiration,
  })),
  ...providerEntries(snapshot),
  organization: organizationEntry(knownOr(snapshot.organization, null), textOf),
});

const knownOr = <T>(datum: Collected<T>, otherwise: T): T => (datum.known ? datum.value : otherwise);

/** An id in AWS's form; null for one of another tool's making. */
const idOrNone = (prefix: UniqueIdPrefix, id: string): string | null => (isUniqueId(prefix, id) ? id : null);

/** The path in an ARN such as `arn:aws:iam::123456789012:instance-profile/path/name`. */
const pathOf = (arn: Arn, kind: string): string =>
  arn.slice(arn.indexOf(`:${kind}/`) + kind.length + 1, arn.lastIndexOf('/') + 1);

const holderEntry = (holder: Group | User | Role, textOf: TextOf) => ({
  path: holder.path,
  createDate: holder.createDate,
  inlinePolicies: holder.inlinePolicies.map(({ policyName, document }) => ({ policyName, document: textOf(document) })),
  attachedPolicies: holder.attachedManagedPolicies.map(({ policyArn }) => policyArn),
});

const principalEntry = (principal: User | Role, textOf: TextOf) => ({
  ...holderEntry(principal, textOf),
  permissionsBoundary: principal.permissionsBoundary,
  tags: Object.fromEntries(principal.tags),
});

const policyEntry = (policy: ManagedPolicy, textOf: TextOf) => ({
  policyName: policy.policyName,
  policyId: idOrNone('ANPA', policy.policyId),
  path: policy.path,
  createDate: policy.createDate,
  versions: policy.versions.map((version) => ({
    versionId: version.versionId,
    isDefaultVersion: version.isDefaultVersion,
    createDate: version.createDate,
    document: textOf(version.document),
  })),
});

const rootEntry = ({ lastUsed, mfaKind, accessKeyCount }: RootUser) => {
  const mfa = knownOr(mfaKind, 'none');
  return {
    passwordLastUsed: knownOr(lastUsed, null),
    mfa: mfa === 'none' ? [] : [{ kind: mfa }],
    accessKeys: Array.from({ length: Math.min(knownOr(accessKeyCount, 0), 2) }, () => ({ createDate: '1y ago' })),
  };
};

const userEntry = (user: User, textOf: TextOf) => {
  const password = knownOr(user.password, null);
  return {
    userName: user.userName,
    userId: idOrNone('AIDA', user.userId),
    ...principalEntry(user, textOf),
    groups: user.groups,
    ...(password?.enabled === true && {
      password: { lastUsed: password.lastUsed, ...(password.lastChanged && { lastChanged: password.lastChanged }) },
    }),
    ...credentialEntries(user),
  };
};

const credentialEntries = (user: User) => {
  const mfa = knownOr(user.mfa, null);
  return {
    accessKeys: knownOr(user.accessKeys, []).map((key) => ({
      accessKeyId: idOrNone('AKIA', key.accessKeyId),
      status: key.status === 'Active' ? 'Active' : 'Inactive',
      createDate: key.createDate,
      lastUsed: lastUseEntry(knownOr(key.lastUsed, null)),
    })),
    mfa: mfa?.active === true ? mfaEntries(mfa) : [],
    sshPublicKeys: knownOr(user.sshPublicKeys, []).map(({ id, status, uploadDate }) => ({
      sshPublicKeyId: idOrNone('APKA', id),
      status,
      uploadDate: uploadDate ?? user.createDate,
    })),
    signingCertificates: knownOr(user.signingCertificates, []).map(({ id, status, uploadDate }) => ({
      certificateId: /^[A-Z0-9]{24,128}$/.test(id) ? id : null,
      status,
      uploadDate: uploadDate ?? user.createDate,
    })),
    serviceSpecificCredentials: knownOr(user.serviceSpecificCredentials, []).map((credential) => ({
      serviceName: credential.serviceName,
      serviceSpecificCredentialId: idOrNone('ACCA', credential.id),
      status: credential.status,
      createDate: credential.createDate,
      expirationDate: credential.expirationDate,
    })),
  };
};

/** One device of a kind that nobody told, where only MFA as such is known. */
const mfaEntries = ({ devices }: Mfa) =>
  knownOr(devices, []).length === 0
    ? [{ kind: 'virtual' }]
    : knownOr(devices, []).map(({ kind, serialNumber, enableDate }) => ({
        kind,
        ...(kind === 'hardware' && { serialNumber }),
        ...(enableDate && { enableDate }),
      }));

const lastUseEntry = (use: LastUse | null) =>
  use && { date: use.date, ...(use.service && { service: use.service }), ...(use.region && { region: use.region }) };

const roleEntry = (role: Role, textOf: TextOf) => {
  const lastUsed = knownOr(role.lastUsed, null);
  return {
    roleName: role.roleName,
    roleId: idOrNone('AROA', role.roleId),
    ...principalEntry(role, textOf),
    assumeRolePolicyDocument: textOf(role.trustPolicy),
    lastUsed: lastUsed && { date: lastUsed.date, ...(lastUsed.region && { region: lastUsed.region }) },
  };
};

const providerEntries = ({ identityProviders, collectedAt }: AccountSnapshot) => {
  const providers = knownOr(identityProviders, []);
  return {
    samlProviders: providers
      .filter(({ kind }) => kind === 'saml')
      .map(({ arn, createDate, validUntil }) => ({
        name: friendlyName(arn),
        ...(createDate && { createDate }),
        validUntil: validUntil ?? collectedAt,
      })),
    oidcProviders: providers
      .filter(({ kind }) => kind === 'oidc')
      .map(({ arn, url, clientIds, createDate }) => ({
        url: `https://${url ?? arn.slice(arn.indexOf(':oidc-provider/') + ':oidc-provider/'.length)}`,
        clientIds,
        ...(createDate && { createDate }),
      })),
  };
};

const RESOURCE_SERVICES: readonly ResourceService[] = [
  'dynamodb',
  'ecr',
  'kms',
  'lambda',
  's3',
  'secretsmanager',
  'sns',
  'sqs',
];

/** The resources of the services that the emulated account has; their names end their ARNs. */
const resourcesOf = ({ resources, collectedAt }: AccountSnapshot, textOf: TextOf): readonly ResourceState[] =>
  knownOr(resources, []).flatMap((resource): readonly ResourceState[] => {
    const service = RESOURCE_SERVICES.find((each) => each === resource.service);
    if (service === undefined) return [];
    const { arn, type, name, region, roleArn, policy, tags, restrictsPublicAccess } = resource;
    return [
      {
        arn,
        service,
        type,
        name,
        region: service === 's3' ? '' : (region ?? ''),
        createDate: collectedAt,
        roleArn,
        policy: policy === null ? null : JSON.stringify(textOf(policy)),
        tags: tags ?? new Map(),
        attributes: {
          ...(service === 's3' && region !== null && { region }),
          ...(restrictsPublicAccess && { RestrictPublicBuckets: 'true' }),
        },
      },
    ];
  });
