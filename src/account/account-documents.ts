import type { Instant } from '../kernel/time.ts';
import { printCredentialReport } from '../snapshot/credential-report.ts';
import type { SnapshotDocuments } from '../snapshot/snapshot-documents.ts';
import { SNAPSHOT_FILES } from '../snapshot/snapshot-files.ts';
import type { AccountState, UserState } from './account-state.ts';
import type { AnalyzerState } from './analyzer-state.ts';
import { awsManagedPolicies } from './aws-managed-policies.ts';
import { credentialReportRows } from './credential-report-rows.ts';
import { identityCenterDocument } from './identity-center-document.ts';
import { lastAccessedDocument } from './last-access/last-accessed-document.ts';
import { isPolicyUsed } from './operations/account-entities.ts';
import { accountSummary } from './operations/account-summary-map.ts';
import {
  accessKeyLastUsedView,
  accessKeyView,
  mfaDeviceView,
  serviceSpecificCredentialView,
  signingCertificateView,
  sshPublicKeyView,
  virtualMfaDeviceView,
} from './operations/credential-views.ts';
import { groupDetail, managedPolicyDetail, roleDetail, userDetail } from './operations/detail-views.ts';
import {
  instanceProfileView,
  oidcProviderView,
  passwordPolicyView,
  samlProviderView,
  serverCertificateView,
} from './operations/views.ts';
import { resourceDocuments } from './resource-documents.ts';

/** All that a snapshot's documents can come from, by name. */
const SOURCES = ([...SNAPSHOT_FILES.map(({ source }) => source), 'account-alias'] as const).toSorted();

/** The account as a snapshot of it at `now` would hold it, whole: nothing of it is a gap. */
export const accountToDocuments = (state: AccountState, now: Instant): SnapshotDocuments => ({
  ...accountToDetails(state, now),
  credentialReport: printCredentialReport(credentialReportRows(state)),
  accountSummary: { SummaryMap: accountSummary(state) },
  passwordPolicy: { PasswordPolicy: state.passwordPolicy === null ? null : passwordPolicyView(state.passwordPolicy) },
  ...userCredentials(state, now),
  serverCertificates: {
    ServerCertificateMetadataList: [...state.serverCertificates.values()].map(serverCertificateView),
  },
  identityProviders: {
    SAMLProviderList: [...state.samlProviders.values()].map(samlProviderView),
    OpenIDConnectProviderList: [...state.oidcProviders.values()].map((provider) => ({
      Arn: provider.arn,
      ...oidcProviderView(provider),
    })),
  },
  instanceProfiles: {
    InstanceProfiles: [...state.instanceProfiles.values()].map((profile) => instanceProfileView(state, profile)),
  },
  identityCenter: identityCenterDocument(state),
  resources: resourceDocuments(state),
  accessAnalyzer: { analyzers: [...state.analyzers.values()].map(analyzerDocument) },
  lastAccessed: lastAccessedDocument(state, now),
});

/** The account as a snapshot would hold it that reads account authorization details alone. */
export const accountToDetails = (
  state: AccountState,
  now: Instant,
): Pick<SnapshotDocuments, 'account' | 'authorizationDetails'> => ({
  account: {
    accountId: state.accountId,
    alias: state.alias,
    partition: state.partition,
    collectedAt: now,
    sources: SOURCES.map((name) => ({ name, time: now })),
    gaps: [],
  },
  authorizationDetails: authorizationDetails(state),
});

const userCredentials = (state: AccountState, now: Instant) => {
  const ofUsers = <T>(list: (user: UserState) => readonly T[]): (T & { readonly UserName: string })[] =>
    [...state.users.values()].flatMap((user) => list(user).map((entry) => ({ UserName: user.userName, ...entry })));
  return {
    mfaDevices: {
      VirtualMFADevices: [...state.virtualMfaDevices.values()].map((device) => virtualMfaDeviceView(state, device)),
      MFADevices: ofUsers(({ mfaDevices }) => mfaDevices.map(mfaDeviceView)),
    },
    accessKeys: {
      AccessKeyMetadata: ofUsers(({ accessKeys }) =>
        accessKeys.map((key) => ({ ...accessKeyView(key), AccessKeyLastUsed: accessKeyLastUsedView(key) })),
      ),
    },
    serviceSpecificCredentials: {
      // In the order of their ids, as the API lists them.
      ServiceSpecificCredentials: ofUsers((user) =>
        user.serviceSpecificCredentials
          .toSorted((one, other) => (one.id < other.id ? -1 : 1))
          .map((credential) => serviceSpecificCredentialView(credential, now)),
      ),
    },
    sshPublicKeys: { SSHPublicKeys: ofUsers(({ sshPublicKeys }) => sshPublicKeys.map(sshPublicKeyView)) },
    signingCertificates: {
      Certificates: ofUsers(({ signingCertificates }) => signingCertificates.map(signingCertificateView)),
    },
  };
};

/** What an analyzer finds is told by its operations alone. */
const analyzerDocument = ({ arn, name, type, archiveRules }: AnalyzerState) => ({
  arn,
  name,
  type,
  status: 'ACTIVE',
  archiveRules: archiveRules.map(({ ruleName, filter }) => ({ ruleName, filter })),
});

const authorizationDetails = (state: AccountState) => {
  const asObject = (json: string): unknown => JSON.parse(json);
  const awsManaged = [...awsManagedPolicies(state.partition).values()].filter(({ arn }) => isPolicyUsed(state, arn));
  return {
    UserDetailList: [...state.users.values()].map((user) => userDetail(user, asObject)),
    GroupDetailList: [...state.groups.values()].map((group) => groupDetail(group, asObject)),
    RoleDetailList: [...state.roles.values()].map((role) => roleDetail(state, role, asObject)),
    Policies: [...state.policies.values(), ...awsManaged].map((policy) => managedPolicyDetail(state, policy, asObject)),
  };
};
