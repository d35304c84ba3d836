import type { Progress } from '../../ports/progress.ts';
import type { IdentityProvidersDocument } from '../../snapshot/snapshot-documents.ts';
import {
  collectAccountSummary,
  collectAlias,
  collectInstanceProfiles,
  collectPasswordPolicy,
  collectServerCertificates,
} from './account-facts.ts';
import { type CollectedDetails, collectAuthorizationDetails } from './authorization-details.ts';
import type { Timer } from './aws-source-options.ts';
import { collectCredentialReport } from './credential-report.ts';
import { collectSamlProviders, listOidcProviders } from './identity-providers.ts';
import type { ReadDocuments, Reader } from './reader.ts';
import { collectServiceSpecificCredentials } from './user-credentials.ts';
import { collectVirtualMfaDevices } from './virtual-mfa-devices.ts';

/** What lists of the whole account tell; null: a gap. */
export interface AccountLists {
  readonly alias: string | null;
  readonly details: CollectedDetails | null;
  readonly credentialReport: string | null;
  readonly virtualMfaDevices: Awaited<ReturnType<typeof collectVirtualMfaDevices>>;
  readonly samlProviders: IdentityProvidersDocument['SAMLProviderList'] | null;
  readonly oidcProviders: readonly string[] | null;
  /** Documents that need no further call. */
  readonly documents: ReadDocuments;
}

/** Reads what can be read at once, all of it together. */
export const readAccountLists = async (reader: Reader, timer: Timer, progress: Progress): Promise<AccountLists> => {
  progress.phase('account lists', 11);
  const [summary, passwordPolicy, serverCertificates, instanceProfiles, serviceSpecificCredentials, ...lists] =
    await Promise.all([
      collectAccountSummary(reader),
      collectPasswordPolicy(reader),
      collectServerCertificates(reader),
      collectInstanceProfiles(reader),
      collectServiceSpecificCredentials(reader),
      collectAlias(reader),
      collectAuthorizationDetails(reader),
      collectCredentialReport(reader, timer).finally(() => progress.step()),
      collectVirtualMfaDevices(reader),
      collectSamlProviders(reader),
      listOidcProviders(reader),
    ]);
  const [alias, details, credentialReport, virtualMfaDevices, samlProviders, oidcProviders] = lists;
  return {
    alias,
    details,
    credentialReport,
    virtualMfaDevices,
    samlProviders,
    oidcProviders,
    documents: {
      ...summary,
      ...passwordPolicy,
      ...serverCertificates,
      ...instanceProfiles,
      ...serviceSpecificCredentials,
    },
  };
};
