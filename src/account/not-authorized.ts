import type { Call } from './call.ts';
import { identityOf } from './caller-identity.ts';
import { accountAt, type CloudState } from './cloud-state.ts';

/**
 * AWS's words for a caller that may not: `User: … is not authorized to perform: … on resource: …`. `reason` says why,
 * where AWS does. Source: "Troubleshoot access denied error messages", IAM User Guide.
 */
export const notAuthorized = (cloud: CloudState, call: Call, action: string, resource: string, reason = ''): string => {
  const identity = identityOf(accountAt(cloud, call.account), call.caller);
  // Who shows no credentials, but the token of an identity provider.
  if (identity === null) return `Not authorized to perform ${action}`;
  return `User: ${identity.arn} is not authorized to perform: ${action} on resource: ${resource}${reason}`;
};
