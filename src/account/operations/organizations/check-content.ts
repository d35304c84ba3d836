import { isJsonObject, type JsonObject, type JsonValue } from '../../../kernel/json.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { PolicyType } from '../../organization-state.ts';
import { checkPolicyDocument } from '../../policy-grammar/check-policy-document.ts';
import { parsed } from '../../trust-document.ts';
import { constraintViolation } from './organization-operation.ts';

/** Of an SCP or RCP, in characters. Source: "Quotas for AWS Organizations". */
const LONGEST = 10_240;

/** Whether AWS Organizations would take a document for a policy of a type. */
export const checkContent = (type: PolicyType, content: string): Result<null, AwsError> => {
  const document = parsed(content);
  if (!isJsonObject(document)) return MALFORMED;
  if (type !== 'SERVICE_CONTROL_POLICY' && type !== 'RESOURCE_CONTROL_POLICY') return ok(null);
  if (content.length > LONGEST) {
    return constraintViolation('POLICY_CONTENT_LIMIT_EXCEEDED', 'You have exceeded the maximum policy content size.');
  }
  const statements = statementsOf(document);
  if (type === 'RESOURCE_CONTROL_POLICY' && !statements.every(isRcpStatement)) return MALFORMED;
  // But for the principal, which RCPs must name and SCPs must not, they have the grammar of identity-based policies.
  const asIdentity =
    type === 'SERVICE_CONTROL_POLICY' ? content : JSON.stringify(withoutPrincipals(document, statements));
  return checkPolicyDocument(asIdentity, 'inline').ok ? ok(null) : MALFORMED;
};

const MALFORMED = awsError(
  'MalformedPolicyDocumentException',
  'The provided policy document does not meet the requirements of the specified policy type.',
);

const statementsOf = ({ Statement: statement }: JsonObject): readonly JsonValue[] =>
  statement === undefined ? [] : [statement].flat();

/** A customer's RCP denies, and for everybody. Source: "RCP syntax", AWS Organizations User Guide. */
const isRcpStatement = (statement: JsonValue): boolean =>
  isJsonObject(statement) && statement['Effect'] === 'Deny' && statement['Principal'] === '*';

const withoutPrincipals = (document: JsonObject, statements: readonly JsonValue[]): JsonObject => ({
  ...document,
  Statement: statements.map((statement) => {
    if (!isJsonObject(statement)) return statement;
    const { Principal: _, ...rest } = statement;
    return rest;
  }),
});
