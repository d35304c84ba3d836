import { assumeRole } from './assume-role.ts';
import { assumeRoleWithSaml, assumeRoleWithWebIdentity } from './assume-role-with-token.ts';
import { getFederationToken, getSessionToken } from './own-sessions.ts';
import { getAccessKeyInfo, getCallerIdentity } from './who-is-it.ts';

/** The operations of AWS STS. */
export const stsOperations = [
  getCallerIdentity,
  getAccessKeyInfo,
  assumeRole,
  assumeRoleWithSaml,
  assumeRoleWithWebIdentity,
  getSessionToken,
  getFederationToken,
];
