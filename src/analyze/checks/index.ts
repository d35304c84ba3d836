import type { Check } from '../define-check.ts';
import { accountPasswordPolicyWeak } from './account/account-password-policy-weak.ts';
import { rootUserHasAccessKey } from './credentials/root-user-has-access-key.ts';
import { rootUserUsedRecently } from './credentials/root-user-used-recently.ts';
import { rootUserWithoutMfa } from './credentials/root-user-without-mfa.ts';
import { userAccessKeyNotRotated } from './credentials/user-access-key-not-rotated.ts';
import { userConsoleAccessWithoutMfa } from './credentials/user-console-access-without-mfa.ts';
import { userHasTwoActiveAccessKeys } from './credentials/user-has-two-active-access-keys.ts';
import { principalCanBecomeAdministrator } from './escalation/principal-can-become-administrator.ts';
import { roleTrustsAnyPrincipal } from './external/role-trusts-any-principal.ts';
import { roleTrustsForeignAccountWithoutExternalId } from './external/role-trusts-foreign-account-without-external-id.ts';
import { groupHasInlinePolicy } from './policy/group-has-inline-policy.ts';
import { inlinePolicyGrantsEverything } from './policy/inline-policy-grants-everything.ts';
import { managedPolicyGrantsEverything } from './policy/managed-policy-grants-everything.ts';
import { roleHasInlinePolicy } from './policy/role-has-inline-policy.ts';
import { userHasInlinePolicy } from './policy/user-has-inline-policy.ts';
import { userPolicyAttachedDirectly } from './policy/user-policy-attached-directly.ts';
import { roleUnused } from './unused/role-unused.ts';
import { userAccessKeyUnused } from './unused/user-access-key-unused.ts';
import { userPasswordUnused } from './unused/user-password-unused.ts';

/** Every check, by family. */
export const checks: readonly Check[] = [
  accountPasswordPolicyWeak,
  rootUserHasAccessKey,
  rootUserUsedRecently,
  rootUserWithoutMfa,
  userAccessKeyNotRotated,
  userConsoleAccessWithoutMfa,
  userHasTwoActiveAccessKeys,
  principalCanBecomeAdministrator,
  roleTrustsAnyPrincipal,
  roleTrustsForeignAccountWithoutExternalId,
  groupHasInlinePolicy,
  inlinePolicyGrantsEverything,
  managedPolicyGrantsEverything,
  roleHasInlinePolicy,
  userHasInlinePolicy,
  userPolicyAttachedDirectly,
  roleUnused,
  userAccessKeyUnused,
  userPasswordUnused,
];
