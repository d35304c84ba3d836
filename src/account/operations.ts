import type { Operation } from './operation.ts';
import { accessAnalyzerOperations } from './operations/access-analyzer.ts';
import { accessKeyOperations } from './operations/access-keys.ts';
import { accountAliasOperations } from './operations/account-aliases.ts';
import { accountSettingsOperations } from './operations/account-settings.ts';
import { accountOperations } from './operations/account-wide.ts';
import { getAccountAuthorizationDetails } from './operations/authorization-details.ts';
import { contextKeyOperations } from './operations/context-keys.ts';
import { credentialReportOperations } from './operations/credential-report.ts';
import { credentialOperations } from './operations/credentials.ts';
import { delegationRequestOperations } from './operations/delegation-requests.ts';
import { federationOperations } from './operations/federation.ts';
import { groupEditOperations } from './operations/group-edits.ts';
import { groupOperations } from './operations/groups.ts';
import { identityCenterOperations } from './operations/identity-center.ts';
import { instanceProfileOperations } from './operations/instance-profiles.ts';
import { lastAccessOperations } from './operations/last-access.ts';
import { loginProfileOperations } from './operations/login-profiles.ts';
import { managedPolicyOperations } from './operations/managed-policies.ts';
import { mfaDeviceOperations } from './operations/mfa-devices.ts';
import { organizationAccessOperations } from './operations/organization-access.ts';
import { organizationsOperations } from './operations/organizations.ts';
import { passwordPolicyOperations } from './operations/password-policy.ts';
import { policyEditOperations } from './operations/policy-edits.ts';
import { resourceOperations } from './operations/resources.ts';
import { roleEditOperations } from './operations/role-edits.ts';
import { rolePolicyEditOperations } from './operations/role-policy-edits.ts';
import { roleOperations } from './operations/roles.ts';
import { rootAccessOperations } from './operations/root-access.ts';
import { serviceCredentialOperations } from './operations/service-credentials.ts';
import { serviceLinkedRoleOperations } from './operations/service-linked-roles.ts';
import { signingCertificateOperations } from './operations/signing-certificates.ts';
import { simulationOperations } from './operations/simulation.ts';
import { sshPublicKeyOperations } from './operations/ssh-public-keys.ts';
import { stsOperations } from './operations/sts/sts.ts';
import { userEditOperations } from './operations/user-edits.ts';
import { userPolicyEditOperations } from './operations/user-policy-edits.ts';
import { userOperations } from './operations/users.ts';
import { virtualMfaDeviceOperations } from './operations/virtual-mfa-devices.ts';

/** Every operation of the emulated account, by its name as an IAM action: `iam:GetUser`. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  [
    ...stsOperations,
    getAccountAuthorizationDetails,
    ...accountOperations,
    ...accountAliasOperations,
    ...credentialReportOperations,
    ...userOperations,
    ...userEditOperations,
    ...userPolicyEditOperations,
    ...accessKeyOperations,
    ...loginProfileOperations,
    ...passwordPolicyOperations,
    ...mfaDeviceOperations,
    ...sshPublicKeyOperations,
    ...signingCertificateOperations,
    ...serviceCredentialOperations,
    ...virtualMfaDeviceOperations,
    ...credentialOperations,
    ...groupOperations,
    ...groupEditOperations,
    ...roleOperations,
    ...roleEditOperations,
    ...rolePolicyEditOperations,
    ...serviceLinkedRoleOperations,
    ...instanceProfileOperations,
    ...managedPolicyOperations,
    ...policyEditOperations,
    ...federationOperations,
    ...accountSettingsOperations,
    ...delegationRequestOperations,
    ...lastAccessOperations,
    ...organizationAccessOperations,
    ...rootAccessOperations,
    ...contextKeyOperations,
    ...simulationOperations,
    ...organizationsOperations,
    ...resourceOperations,
    ...accessAnalyzerOperations,
    ...identityCenterOperations,
  ].map((operation) => [operation.name, operation]),
);
