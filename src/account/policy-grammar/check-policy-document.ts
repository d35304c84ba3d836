import type { JsonValue } from '../../kernel/json.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { parsed } from '../trust-document.ts';
import { identityPolicyProblem } from './identity-policy.ts';
import { trustPolicyProblem } from './trust-policy.ts';

/**
 * What a policy document is for: a version of a managed policy, an inline policy of a user, group or role (which may do
 * without a version, as those from 2008 do), or a role's trust policy.
 */
export type DocumentKind = 'managed' | 'inline' | 'trust';

/**
 * Whether IAM would accept a policy document; `MalformedPolicyDocument` in AWS's words where it would not. Its resources
 * are to be in the account's partition, where one is given.
 */
export const checkPolicyDocument = (
  text: string,
  kind: DocumentKind,
  partition: string | null = null,
): Result<null, AwsError> => {
  const problem = problemOf(parsed(text), kind, partition);
  return problem === null ? ok(null) : awsError('MalformedPolicyDocument', problem);
};

const problemOf = (document: JsonValue | undefined, kind: DocumentKind, partition: string | null): string | null => {
  switch (kind) {
    case 'managed':
      return identityPolicyProblem(document, { since2012: true, partition });
    case 'inline':
      return identityPolicyProblem(document, { since2012: false, partition });
    case 'trust':
      return trustPolicyProblem(document);
  }
};
