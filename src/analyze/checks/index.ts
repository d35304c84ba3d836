import type { Check } from '../define-check.ts';
import { accessAnalyzerMissesAccess } from './account/access-analyzer-misses-access.ts';
import { accountPasswordPolicyWeak } from './account/account-password-policy-weak.ts';
import { accountPasswordPolicyWithoutCharacterRules } from './account/account-password-policy-without-character-rules.ts';
import { accountPasswordPolicyWithoutExpiry } from './account/account-password-policy-without-expiry.ts';
import { accountQuotaNearlyFull } from './account/account-quota-nearly-full.ts';
import { accountWithoutAccessAnalyzer } from './account/account-without-access-analyzer.ts';
import { accountWithoutAuditorRole } from './account/account-without-auditor-role.ts';
import { accountWithoutSupportRole } from './account/account-without-support-role.ts';
import { analyzerArchivesTooMuch } from './account/analyzer-archives-too-much.ts';
import { delegatedAdministratorUndeclared } from './account/delegated-administrator-undeclared.ts';
import { identityProviderMetadataExpired } from './account/identity-provider-metadata-expired.ts';
import { managementAccountRunsWorkloads } from './account/management-account-runs-workloads.ts';
import { organizationAccountsWithoutGuardrails } from './account/organization-accounts-without-guardrails.ts';
import { organizationPolicyQuotaNearlyFull } from './account/organization-policy-quota-nearly-full.ts';
import { organizationPolicyTypeDisabled } from './account/organization-policy-type-disabled.ts';
import { organizationRootAccessNotCentralized } from './account/organization-root-access-not-centralized.ts';
import { organizationWithoutDelegatedAdministrator } from './account/organization-without-delegated-administrator.ts';
import { permissionSetSessionTooLong } from './credentials/permission-set-session-too-long.ts';
import { rootUserHasAccessKey } from './credentials/root-user-has-access-key.ts';
import { rootUserHasSigningCertificate } from './credentials/root-user-has-signing-certificate.ts';
import { rootUserUsedRecently } from './credentials/root-user-used-recently.ts';
import { rootUserWithoutHardwareMfa } from './credentials/root-user-without-hardware-mfa.ts';
import { rootUserWithoutMfa } from './credentials/root-user-without-mfa.ts';
import { serverCertificateExpired } from './credentials/server-certificate-expired.ts';
import { serverCertificateExpiresSoon } from './credentials/server-certificate-expires-soon.ts';
import { userAccessKeyMadeAtCreation } from './credentials/user-access-key-made-at-creation.ts';
import { userAccessKeyNotRotated } from './credentials/user-access-key-not-rotated.ts';
import { userAccessKeyQuarantinedAsLeaked } from './credentials/user-access-key-quarantined-as-leaked.ts';
import { userConsoleAccessWithoutMfa } from './credentials/user-console-access-without-mfa.ts';
import { userHasSigningCertificate } from './credentials/user-has-signing-certificate.ts';
import { userHasTwoActiveAccessKeys } from './credentials/user-has-two-active-access-keys.ts';
import { userOnboardingIncomplete } from './credentials/user-onboarding-incomplete.ts';
import { userServiceSpecificCredentialNeverExpires } from './credentials/user-service-specific-credential-never-expires.ts';
import { userServiceSpecificCredentialNotRotated } from './credentials/user-service-specific-credential-not-rotated.ts';
import { userSshPublicKeyNotRotated } from './credentials/user-ssh-public-key-not-rotated.ts';
import { principalCanBecomeAdministrator } from './escalation/principal-can-become-administrator.ts';
import { principalCanBecomeAdministratorElsewhere } from './escalation/principal-can-become-administrator-elsewhere.ts';
import { principalCanGainSensitiveAccess } from './escalation/principal-can-gain-sensitive-access.ts';
import { principalCanReachCrownJewel } from './escalation/principal-can-reach-crown-jewel.ts';
import { principalCanReachCrownJewelElsewhere } from './escalation/principal-can-reach-crown-jewel-elsewhere.ts';
import { resourceAllowsAnybody } from './external/resource-allows-anybody.ts';
import { resourceAllowsForeignAccount } from './external/resource-allows-foreign-account.ts';
import { resourceAllowsServiceWithoutSource } from './external/resource-allows-service-without-source.ts';
import { resourceOpenByAccessAnalyzerAlone } from './external/resource-open-by-access-analyzer-alone.ts';
import { roleTrustsAnyPrincipal } from './external/role-trusts-any-principal.ts';
import { roleTrustsForeignAccountWithoutExternalId } from './external/role-trusts-foreign-account-without-external-id.ts';
import { roleTrustsSamlWithoutAudience } from './external/role-trusts-saml-without-audience.ts';
import { roleTrustsServiceWithoutSource } from './external/role-trusts-service-without-source.ts';
import { roleTrustsUndeclaredAccount } from './external/role-trusts-undeclared-account.ts';
import { roleTrustsWebIdentitiesTooBroadly } from './external/role-trusts-web-identities-too-broadly.ts';
import { cloudshellFullAccessAttached } from './policy/cloudshell-full-access-attached.ts';
import { groupHasInlinePolicy } from './policy/group-has-inline-policy.ts';
import { inlinePolicyGrantsEverything } from './policy/inline-policy-grants-everything.ts';
import { managedPolicyDuplicated } from './policy/managed-policy-duplicated.ts';
import { managedPolicyGrantsEverything } from './policy/managed-policy-grants-everything.ts';
import { permissionSetAssignedToUsers } from './policy/permission-set-assigned-to-users.ts';
import { permissionSetCanBecomeAdministrator } from './policy/permission-set-can-become-administrator.ts';
import { permissionSetGrantsAdministrator } from './policy/permission-set-grants-administrator.ts';
import { policyAllowsAllButSomeActions } from './policy/policy-allows-all-but-some-actions.ts';
import { policyAllowsAllButSomeResources } from './policy/policy-allows-all-but-some-resources.ts';
import { policyConditionRestrictsNobody } from './policy/policy-condition-restricts-nobody.ts';
import { policyDenyProtectsNothing } from './policy/policy-deny-protects-nothing.ts';
import { policyMfaConditionSparesAccessKeys } from './policy/policy-mfa-condition-spares-access-keys.ts';
import { policySizeNearlyFull } from './policy/policy-size-nearly-full.ts';
import { policyStatementNeverGrants } from './policy/policy-statement-never-grants.ts';
import { policyStatementRedundant } from './policy/policy-statement-redundant.ts';
import { policyVersionIgnoresVariables } from './policy/policy-version-ignores-variables.ts';
import { principalCanPassAnyRole } from './policy/principal-can-pass-any-role.ts';
import { principalHoldsWholeSensitiveService } from './policy/principal-holds-whole-sensitive-service.ts';
import { principalIsAdministratorByManyPolicies } from './policy/principal-is-administrator-by-many-policies.ts';
import { principalManagesPermissionsEverywhere } from './policy/principal-manages-permissions-everywhere.ts';
import { principalOpensAccessByTaggingItself } from './policy/principal-opens-access-by-tagging-itself.ts';
import { principalReadsAllSensitiveData } from './policy/principal-reads-all-sensitive-data.ts';
import { roleHasInlinePolicy } from './policy/role-has-inline-policy.ts';
import { userDangerousGrantsWithoutMfa } from './policy/user-dangerous-grants-without-mfa.ts';
import { userHasInlinePolicy } from './policy/user-has-inline-policy.ts';
import { userPolicyAttachedDirectly } from './policy/user-policy-attached-directly.ts';
import { userWithoutGroup } from './policy/user-without-group.ts';
import { groupWithoutMembers } from './unused/group-without-members.ts';
import { identityProviderUnused } from './unused/identity-provider-unused.ts';
import { instanceProfileWithoutRole } from './unused/instance-profile-without-role.ts';
import { managedPolicyHasManyVersions } from './unused/managed-policy-has-many-versions.ts';
import { managedPolicyUnattached } from './unused/managed-policy-unattached.ts';
import { permissionSetAssignedToNobody } from './unused/permission-set-assigned-to-nobody.ts';
import { principalHasUnusedActions } from './unused/principal-has-unused-actions.ts';
import { principalHasUnusedServices } from './unused/principal-has-unused-services.ts';
import { roleUnused } from './unused/role-unused.ts';
import { userAccessKeyNeverUsed } from './unused/user-access-key-never-used.ts';
import { userAccessKeyUnused } from './unused/user-access-key-unused.ts';
import { userInactive } from './unused/user-inactive.ts';
import { userInactiveCredentialKept } from './unused/user-inactive-credential-kept.ts';
import { userPasswordNeverUsed } from './unused/user-password-never-used.ts';
import { userPasswordUnused } from './unused/user-password-unused.ts';

/** Every check, by family. */
export const checks: readonly Check[] = [
  accessAnalyzerMissesAccess,
  accountPasswordPolicyWeak,
  accountPasswordPolicyWithoutCharacterRules,
  accountPasswordPolicyWithoutExpiry,
  accountQuotaNearlyFull,
  accountWithoutAccessAnalyzer,
  accountWithoutAuditorRole,
  accountWithoutSupportRole,
  analyzerArchivesTooMuch,
  delegatedAdministratorUndeclared,
  identityProviderMetadataExpired,
  managementAccountRunsWorkloads,
  organizationAccountsWithoutGuardrails,
  organizationPolicyQuotaNearlyFull,
  organizationPolicyTypeDisabled,
  organizationRootAccessNotCentralized,
  organizationWithoutDelegatedAdministrator,
  permissionSetSessionTooLong,
  rootUserHasAccessKey,
  rootUserHasSigningCertificate,
  rootUserUsedRecently,
  rootUserWithoutHardwareMfa,
  rootUserWithoutMfa,
  serverCertificateExpired,
  serverCertificateExpiresSoon,
  userAccessKeyMadeAtCreation,
  userAccessKeyNotRotated,
  userAccessKeyQuarantinedAsLeaked,
  userConsoleAccessWithoutMfa,
  userHasSigningCertificate,
  userHasTwoActiveAccessKeys,
  userOnboardingIncomplete,
  userServiceSpecificCredentialNeverExpires,
  userServiceSpecificCredentialNotRotated,
  userSshPublicKeyNotRotated,
  principalCanBecomeAdministrator,
  principalCanBecomeAdministratorElsewhere,
  principalCanGainSensitiveAccess,
  principalCanReachCrownJewel,
  principalCanReachCrownJewelElsewhere,
  resourceAllowsAnybody,
  resourceAllowsForeignAccount,
  resourceAllowsServiceWithoutSource,
  resourceOpenByAccessAnalyzerAlone,
  roleTrustsAnyPrincipal,
  roleTrustsForeignAccountWithoutExternalId,
  roleTrustsSamlWithoutAudience,
  roleTrustsServiceWithoutSource,
  roleTrustsUndeclaredAccount,
  roleTrustsWebIdentitiesTooBroadly,
  cloudshellFullAccessAttached,
  groupHasInlinePolicy,
  inlinePolicyGrantsEverything,
  managedPolicyDuplicated,
  managedPolicyGrantsEverything,
  permissionSetAssignedToUsers,
  permissionSetCanBecomeAdministrator,
  permissionSetGrantsAdministrator,
  policyAllowsAllButSomeActions,
  policyAllowsAllButSomeResources,
  policyConditionRestrictsNobody,
  policyDenyProtectsNothing,
  policyMfaConditionSparesAccessKeys,
  policySizeNearlyFull,
  policyStatementNeverGrants,
  policyStatementRedundant,
  policyVersionIgnoresVariables,
  principalCanPassAnyRole,
  principalHoldsWholeSensitiveService,
  principalIsAdministratorByManyPolicies,
  principalManagesPermissionsEverywhere,
  principalOpensAccessByTaggingItself,
  principalReadsAllSensitiveData,
  roleHasInlinePolicy,
  userDangerousGrantsWithoutMfa,
  userHasInlinePolicy,
  userPolicyAttachedDirectly,
  userWithoutGroup,
  groupWithoutMembers,
  identityProviderUnused,
  instanceProfileWithoutRole,
  managedPolicyHasManyVersions,
  managedPolicyUnattached,
  permissionSetAssignedToNobody,
  principalHasUnusedActions,
  principalHasUnusedServices,
  roleUnused,
  userAccessKeyNeverUsed,
  userAccessKeyUnused,
  userInactive,
  userInactiveCredentialKept,
  userPasswordNeverUsed,
  userPasswordUnused,
];
