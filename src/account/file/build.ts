import { emptyAccount, withGroup, withInstanceProfile, withRole, withUser } from '../account-edits.ts';
import { withResource } from '../account-resources.ts';
import { type AccountState, nameKey } from '../account-state.ts';
import { withAnalyzer } from '../operations/access-analyzer/analyzer-operation.ts';
import { OrderedMap } from '../ordered-map.ts';
import { accessKeys, mfaDevices, uploads, virtualDevices } from './credentials.ts';
import {
  type FileContext,
  groupOf,
  instanceProfileOf,
  oidcProviderOf,
  policyOf,
  roleOf,
  samlProviderOf,
  serverCertificateOf,
  userOf,
} from './entities.ts';
import { type Complain, checkReferences, policyResolver } from './references.ts';
import { analyzerOf, resourceOf, withActionUses } from './resources.ts';
import type { AccountFile } from './schema.ts';

/** Makes the account that a file describes; what names something absent or twice is complained of and left out. */
export const buildAccount = (file: AccountFile, complain: Complain): AccountState => {
  checkReferences(file, complain);
  const context: FileContext = { ...file, complain, resolvePolicy: policyResolver(file, complain) };
  const empty = emptyAccount(file, file.root.createDate);
  const bare: AccountState = {
    ...empty,
    alias: file.alias,
    root: {
      ...empty.root,
      createDate: file.root.createDate,
      passwordLastUsed: file.root.passwordLastUsed,
      accessKeys: accessKeys(file, file.root.accessKeys, ['root']),
      mfaDevices: mfaDevices(file, file.root.mfa, 'root-account-mfa-device'),
      signingCertificates: uploads(file, file.root.signingCertificates, ['root']),
    },
    policies: byKey(file.policies.map(policyOf(context)), ({ policyName }) => nameKey(policyName)),
    serverCertificates: byKey(file.serverCertificates.map(serverCertificateOf(context)), (certificate) =>
      nameKey(certificate.serverCertificateName),
    ),
    samlProviders: byKey(file.samlProviders.map(samlProviderOf(context)), ({ arn }) => arn),
    oidcProviders: byKey(file.oidcProviders.map(oidcProviderOf(context)), ({ arn }) => arn),
    virtualMfaDevices: virtualDevices(file),
    passwordPolicy: file.passwordPolicy,
    quotas: file.quotas,
  };
  const withGroups = file.groups.map(groupOf(context)).reduce(withGroup, bare);
  const withUsers = file.users.map(userOf(context)).reduce(withUser, withGroups);
  const withRoles = file.roles.map(roleOf(context)).reduce(withRole, withUsers);
  const withProfiles = file.instanceProfiles.map(instanceProfileOf(context)).reduce(withInstanceProfile, withRoles);
  const withResources = file.resources.map(resourceOf(file, complain)).reduce(withResource, withProfiles);
  return withActionUses(file.analyzers.map(analyzerOf(file)).reduce(withAnalyzer, withResources), file);
};

const byKey = <V>(entities: readonly V[], keyOf: (entity: V) => string): OrderedMap<V> =>
  OrderedMap.from(entities.map((entity) => [keyOf(entity), entity]));
