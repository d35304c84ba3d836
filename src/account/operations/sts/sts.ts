import { assumeRole } from './assume-role.ts';
import { assumeRoleWithSaml, assumeRoleWithWebIdentity } from './assume-role-with-token.ts';
import { assumeRoot } from './assume-root.ts';
import { getDelegatedAccessToken, getWebIdentityToken } from './outbound-tokens.ts';
import { getFederationToken, getSessionToken } from './own-sessions.ts';
import { decodeMessage, getAccessKeyInfo, getCallerIdentity } from './who-is-it.ts';

/** The operations of AWS STS. */
export const stsOperations = [
  getCallerIdentity,
  getAccessKeyInfo,
  assumeRole,
  assumeRoleWithSaml,
  assumeRoleWithWebIdentity,
  getSessionToken,
  getFederationToken,
  assumeRoot,
  decodeMessage,
  getWebIdentityToken,
  getDelegatedAccessToken,
];
