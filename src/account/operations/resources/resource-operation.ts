import { isJsonObject } from '../../../kernel/json.ts';
import { type AwsErrorCode, awsError } from '../../aws-error.ts';
import type { Refuse } from '../../operation.ts';
import type { ResourceState } from '../../resource-state.ts';
import { parsed, statementsOf } from '../../trust-document.ts';
import { validationMessage } from '../validation-message.ts';

// What the operations of the services around IAM have in common.

/** Refuses input that breaks the model's constraints with a code of the service. */
export const refuseAs =
  (code: AwsErrorCode): Refuse =>
  (issues) =>
    awsError(code, validationMessage(issues));

/**
 * Whether text is a resource-based policy as far as its form goes: statements with an effect, a principal and actions.
 * Source: "Grammar of the IAM JSON policy language", IAM User Guide.
 */
export const isResourcePolicy = (text: string): boolean => {
  const document = parsed(text);
  if (!isJsonObject(document)) return false;
  const { Version: version, Statement: statement } = document;
  const statements = statementsOf(document);
  const count = Array.isArray(statement) ? statement.length : 1;
  return (
    (version === undefined || version === '2012-10-17' || version === '2008-10-17') &&
    statements.length > 0 &&
    statements.length === count &&
    statements.every(
      ({ Effect: effect, Principal, NotPrincipal, Action, NotAction }) =>
        (effect === 'Allow' || effect === 'Deny') &&
        (Principal === undefined) !== (NotPrincipal === undefined) &&
        (Action === undefined) !== (NotAction === undefined),
    )
  );
};

/** Tags as `Key` and `Value`. */
export const tagList = ({ tags }: ResourceState) => [...tags].map(([Key, Value]) => ({ Key, Value }));

/** Tags of a list of `Key` and `Value`. */
export const tagMap = (
  tags: readonly { readonly Key: string; readonly Value: string }[],
): ReadonlyMap<string, string> => new Map(tags.map(({ Key, Value }) => [Key, Value]));

/** The tags without those of some keys. */
export const withoutKeys = ({ tags }: ResourceState, keys: readonly string[]): ReadonlyMap<string, string> =>
  new Map([...tags].filter(([key]) => !keys.includes(key)));
