import type { Progress } from '../../ports/progress.ts';
import type { AccessKeyDocument } from '../../snapshot/snapshot-documents.ts';
import { keysToAsk, withLastUse } from './access-key-use.ts';
import type { AccountLists } from './account-lists.ts';
import { collectPolicies, unlistedPolicies } from './authorization-details.ts';
import { collectOidcProviders } from './identity-providers.ts';
import type { ReadDocuments, Reader } from './reader.ts';
import { findUsers, type UserRef } from './reported-users.ts';
import { collectUserCredentials, noteUnknownUsers, type UserCredentials, usersToAsk } from './user-credentials.ts';
import { holdersOf } from './virtual-mfa-devices.ts';

/** Reads what only a call for each user, policy or provider tells, and joins it with what the lists told. */
export const readOneByOne = async (reader: Reader, lists: AccountLists, progress: Progress): Promise<ReadDocuments> => {
  const { details, credentialReport, virtualMfaDevices, oidcProviders } = lists;
  const users = findUsers(details?.UserDetailList ?? null, credentialReport);
  if (users === null) noteUnknownUsers(reader);
  const ask = users && usersToAsk(users, holdersOf(virtualMfaDevices));
  const policies = details === null ? [] : unlistedPolicies(details);
  const calls = Object.values(ask ?? {}).reduce((sum, { length }) => sum + length, 0);
  progress.phase('credentials of users', calls + 2 * policies.length + (oidcProviders?.length ?? 0));
  const [fetchedPolicies, oidcDetails, credentials] = await Promise.all([
    collectPolicies(reader, policies),
    oidcProviders && collectOidcProviders(reader, oidcProviders),
    ask && collectUserCredentials(reader, ask),
  ]);
  return {
    ...(details && { authorizationDetails: { ...details, Policies: [...details.Policies, ...fetchedPolicies] } }),
    ...(credentialReport === null ? {} : { credentialReport }),
    ...providerDocuments(lists.samlProviders, oidcDetails),
    ...mfaDocuments(virtualMfaDevices, credentials?.mfaDevices ?? null),
    ...(await keyDocuments(reader, credentials?.accessKeys ?? null, users ?? [], progress)),
    ...credentials?.documents,
  };
};

const providerDocuments = (
  saml: AccountLists['samlProviders'],
  oidc: Awaited<ReturnType<typeof collectOidcProviders>> | null,
): ReadDocuments =>
  saml === null && oidc === null
    ? {}
    : {
        identityProviders: {
          ...(saml && { SAMLProviderList: saml }),
          ...(oidc && { OpenIDConnectProviderList: oidc }),
        },
      };

const mfaDocuments = (
  virtual: AccountLists['virtualMfaDevices'],
  ofUsers: UserCredentials['mfaDevices'],
): ReadDocuments =>
  virtual === null && ofUsers === null
    ? {}
    : { mfaDevices: { VirtualMFADevices: virtual ?? undefined, MFADevices: ofUsers ?? undefined } };

const keyDocuments = async (
  reader: Reader,
  keys: readonly AccessKeyDocument[] | null,
  users: readonly UserRef[],
  progress: Progress,
): Promise<ReadDocuments> => {
  if (keys === null) return {};
  const inQuestion = keysToAsk(keys, users);
  if (inQuestion.length > 0) progress.phase('last use of access keys', inQuestion.length);
  return { accessKeys: { AccessKeyMetadata: await withLastUse(reader, keys, inQuestion) } };
};
