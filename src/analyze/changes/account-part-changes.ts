import type {
  AccountSnapshot,
  IdentityProvider,
  InstanceProfile,
  PasswordPolicy,
  RootUser,
  ServerCertificate,
} from '../../snapshot/account-snapshot.ts';
import type { Collected } from '../../snapshot/collected.ts';
import type { Resource } from '../../snapshot/resource.ts';
import { analyzerChanges } from './analyzer-changes.ts';
import { rootChanges } from './credential-changes.ts';
import { type Change, type EntityKind, entityChanges } from './entity-changes.ts';
import { organizationChanges } from './organization-changes.ts';
import { documentChange, listChanges, valueChange } from './part-change.ts';

/** What changed of what the account has once, and of the lists that are read by calls of their own. */
export const accountPartChanges = (before: AccountSnapshot, after: AccountSnapshot): readonly Change[] => [
  ...entityChanges([before.root], [after.root], ROOT),
  ...both(before.passwordPolicy, after.passwordPolicy, (was, is) => passwordPolicyChanges(was, is, after)),
  ...both(before.organization, after.organization, (was, is) => organizationChanges(was, is, after.accountId)),
  ...both(before.identityProviders, after.identityProviders, (was, is) => entityChanges(was, is, PROVIDER)),
  ...both(before.instanceProfiles, after.instanceProfiles, (was, is) => entityChanges(was, is, PROFILE)),
  ...both(before.serverCertificates, after.serverCertificates, (was, is) => entityChanges(was, is, CERTIFICATE)),
  ...both(before.resources, after.resources, (was, is) => entityChanges(was, is, RESOURCE)),
  ...both(before.accessAnalyzer, after.accessAnalyzer, analyzerChanges),
];

const both = <T>(
  before: Collected<T>,
  after: Collected<T>,
  compare: (before: T, after: T) => readonly Change[],
): readonly Change[] => (before.known && after.known ? compare(before.value, after.value) : []);

const passwordPolicyChanges = (
  before: PasswordPolicy | null,
  after: PasswordPolicy | null,
  { root: { arn } }: AccountSnapshot,
): readonly Change[] =>
  valueChange('password-policy', null, before && { ...before }, after && { ...after }).map(({ part, ...change }) => ({
    ...change,
    subject: { arn, type: 'Account', id: arn, part },
  }));

const ROOT: EntityKind<RootUser> = {
  type: 'RootUser',
  id: ({ arn }) => arn,
  arn: ({ arn }) => arn,
  tell: null,
  changes: rootChanges,
};

const PROVIDER: EntityKind<IdentityProvider> = {
  type: 'IdentityProvider',
  // It has no unique id: one made anew has another date.
  id: ({ arn, createDate }) => (createDate === null ? arn : `${arn} ${createDate}`),
  arn: ({ arn }) => arn,
  tell: ({ kind, url, clientIds }) => ({ kind, url, clientIds: [...clientIds].sort() }),
  changes: (before, after) => valueChange('identity-provider', null, tellProvider(before), tellProvider(after)),
};

const tellProvider = ({ clientIds, url, validUntil }: IdentityProvider) => ({
  url,
  clientIds: [...clientIds].sort(),
  validUntil,
});

const PROFILE: EntityKind<InstanceProfile> = {
  type: 'InstanceProfile',
  id: ({ id }) => id,
  arn: ({ arn }) => arn,
  tell: ({ name, roles }) => ({ name, roles: [...roles].sort() }),
  changes: (before, after) =>
    listChanges(before.roles, after.roles, { kind: 'instance-profile', id: (role) => role, tell: (role) => role }),
};

const CERTIFICATE: EntityKind<ServerCertificate> = {
  type: 'ServerCertificate',
  id: ({ id }) => id,
  arn: ({ arn }) => arn,
  tell: ({ name, expiration }) => ({ name, expiration }),
  changes: () => [],
};

/** Resources come and go as the account works: only what their policies say is told. */
const RESOURCE: EntityKind<Resource> = {
  type: 'Resource',
  id: ({ arn }) => arn,
  arn: ({ arn }) => arn,
  tell: null,
  changes: (before, after) => documentChange('resource-policy', null, before.policy, after.policy),
};
