import type {
  AccountSnapshot,
  IdentityProvider,
  InstanceProfile,
  PasswordPolicy,
  ServerCertificate,
} from '../account-snapshot.ts';
import { type Collected, known, missing, type SourceName } from '../collected.ts';
import type {
  IdentityProvidersDocument,
  InstanceProfileDocument,
  PasswordPolicyDocument,
} from '../snapshot-documents.ts';
import type { Assembly } from './assembly.ts';

/** The parts of the snapshot that are about the account as a whole. */
export const readAccountLists = (
  assembly: Assembly,
): Pick<
  AccountSnapshot,
  'alias' | 'passwordPolicy' | 'accountSummary' | 'serverCertificates' | 'identityProviders' | 'instanceProfiles'
> => {
  const { documents, gaps } = assembly;
  const collected = <D, T>(source: SourceName, document: D | undefined, read: (document: D) => T): Collected<T> =>
    document === undefined ? missing(gaps.ofSource(source)) : known(read(document), source, assembly.timeOf(source));
  const aliasGap = gaps.ofAction('iam:ListAccountAliases') ?? gaps.ofAction('account.json');
  return {
    alias: aliasGap
      ? missing(aliasGap)
      : known(documents.account.alias, 'account-alias', assembly.timeOf('account-alias')),
    passwordPolicy: collected('password-policy', documents.passwordPolicy, ({ PasswordPolicy: policy }) =>
      policy === null ? null : toPasswordPolicy(policy),
    ),
    accountSummary: collected(
      'account-summary',
      documents.accountSummary,
      ({ SummaryMap }) => new Map(Object.entries(SummaryMap)),
    ),
    serverCertificates: collected('server-certificates', documents.serverCertificates, (document) =>
      readServerCertificates(document.ServerCertificateMetadataList, assembly),
    ),
    identityProviders: readIdentityProviders(documents.identityProviders, assembly),
    instanceProfiles: collected('instance-profiles', documents.instanceProfiles, ({ InstanceProfiles }) =>
      readInstanceProfiles(InstanceProfiles, assembly),
    ),
  };
};

// What the API leaves out of a password policy is not required; six is its minimum length where none is told
// ("Setting an account password policy for IAM users", IAM User Guide).
const toPasswordPolicy = (policy: PasswordPolicyDocument): PasswordPolicy => ({
  minimumPasswordLength: policy.MinimumPasswordLength ?? 6,
  requireSymbols: policy.RequireSymbols ?? false,
  requireNumbers: policy.RequireNumbers ?? false,
  requireUppercaseCharacters: policy.RequireUppercaseCharacters ?? false,
  requireLowercaseCharacters: policy.RequireLowercaseCharacters ?? false,
  allowUsersToChangePassword: policy.AllowUsersToChangePassword ?? false,
  maxPasswordAge: policy.MaxPasswordAge ?? null,
  passwordReusePrevention: policy.PasswordReusePrevention ?? null,
  hardExpiry: policy.HardExpiry ?? false,
});

const readServerCertificates = (
  certificates: NonNullable<Assembly['documents']['serverCertificates']>['ServerCertificateMetadataList'],
  assembly: Assembly,
): readonly ServerCertificate[] => {
  const read = assembly.reader('server-certificates.json');
  return certificates.map((certificate, index) => {
    const pointer = `/ServerCertificateMetadataList/${index}`;
    return {
      arn: read.arn(certificate.Arn, `${pointer}/Arn`),
      name: certificate.ServerCertificateName,
      id: certificate.ServerCertificateId,
      uploadDate: read.instant(certificate.UploadDate, `${pointer}/UploadDate`),
      expiration: read.instant(certificate.Expiration, `${pointer}/Expiration`),
    };
  });
};

/** SAML and OIDC providers; a gap unless both lists were read, since a provider that is not listed can still be trusted. */
const readIdentityProviders = (
  document: IdentityProvidersDocument | undefined,
  assembly: Assembly,
): Collected<readonly IdentityProvider[]> => {
  const { SAMLProviderList: saml, OpenIDConnectProviderList: oidc } = document ?? {};
  const { gaps } = assembly;
  if (saml === undefined) return missing(gaps.ofSource('identity-providers', 'iam:ListSAMLProviders'));
  if (oidc === undefined) return missing(gaps.ofSource('identity-providers', 'iam:ListOpenIDConnectProviders'));
  const read = assembly.reader('identity-providers.json');
  const providers: IdentityProvider[] = [];
  for (const [index, { Arn, CreateDate, ValidUntil }] of saml.entries()) {
    const pointer = `/SAMLProviderList/${index}`;
    providers.push({
      arn: read.arn(Arn, `${pointer}/Arn`),
      kind: 'saml',
      createDate: read.instantOrNull(CreateDate, `${pointer}/CreateDate`),
      validUntil: read.instantOrNull(ValidUntil, `${pointer}/ValidUntil`),
      url: null,
      clientIds: [],
    });
  }
  for (const [index, { Arn, CreateDate, Url, ClientIDList }] of oidc.entries()) {
    const pointer = `/OpenIDConnectProviderList/${index}`;
    providers.push({
      arn: read.arn(Arn, `${pointer}/Arn`),
      kind: 'oidc',
      createDate: read.instantOrNull(CreateDate, `${pointer}/CreateDate`),
      validUntil: null,
      url: Url?.replace(/^https:\/\//, '') ?? null,
      clientIds: ClientIDList ?? [],
    });
  }
  return known(providers, 'identity-providers', assembly.timeOf('identity-providers'));
};

const readInstanceProfiles = (
  profiles: readonly InstanceProfileDocument[],
  assembly: Assembly,
): readonly InstanceProfile[] => {
  const read = assembly.reader('instance-profiles.json');
  return profiles.map((profile, index) => {
    const pointer = `/InstanceProfiles/${index}`;
    return {
      arn: read.arn(profile.Arn, `${pointer}/Arn`),
      name: profile.InstanceProfileName,
      id: profile.InstanceProfileId,
      createDate: read.instant(profile.CreateDate, `${pointer}/CreateDate`),
      roles: (profile.Roles ?? []).map(({ RoleName }) => RoleName),
    };
  });
};
