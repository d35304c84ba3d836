import { err, type Result } from '../../kernel/result.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { Caller } from '../call.ts';
import { UNKNOWN_CREDENTIALS } from '../signer.ts';

/**
 * What temporary credentials cannot be used for, whatever policies say; null: they can. Those of GetSessionToken reach IAM
 * with MFA alone, and of STS two operations; those of GetFederationToken reach neither but for GetCallerIdentity. A role
 * is never assumed by the root user. Source: "Compare AWS STS credentials", IAM User Guide.
 */
export const refusedSession = (operation: string, caller: Caller): Result<never, AwsError> | null => {
  if (operation === 'sts:GetCallerIdentity') return null;
  if (operation === 'sts:AssumeRole' && caller.kind === 'root') {
    return awsError('AccessDenied', 'Roles may not be assumed by root accounts.');
  }
  if (caller.kind === 'federatedUser') {
    return /^(?:iam|sts):/.test(operation) ? refused(operation) : null;
  }
  if (caller.kind !== 'user' || caller.session === undefined) return null;
  if (operation.startsWith('iam:')) return caller.session.mfaAuthenticatedAt === null ? refused(operation) : null;
  return operation.startsWith('sts:') && operation !== 'sts:AssumeRole' ? refused(operation) : null;
};

const refused = (operation: string): Result<never, AwsError> =>
  /^sts:Get(?:SessionToken|FederationToken)$/.test(operation)
    ? awsError('AccessDenied', `Cannot call ${operation.slice('sts:'.length)} with session credentials`)
    : err(UNKNOWN_CREDENTIALS);
