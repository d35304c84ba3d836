import { z } from 'zod';
import { iamArn } from '../../../iam/arn.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import { withResource } from '../../account-resources.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { operation, readOperation } from '../../operation.ts';
import type { ResourceState } from '../../resource-state.ts';
import { parsed, statementsOf } from '../../trust-document.ts';
import { newUuid } from '../../unique-id.ts';
import { findFunction, ofFunction, refuse } from './lambda-functions.ts';

const statementId = z
  .string()
  .min(1)
  .max(100)
  .regex(/^([a-zA-Z0-9-_]+)$/);

const permission = ofFunction.extend({
  StatementId: statementId,
  Action: z.string().regex(/^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/),
  Principal: z.string().regex(/^[^\s]+$/),
  SourceArn: z.string().optional(),
  SourceAccount: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  EventSourceToken: z.string().max(256).optional(),
  FunctionUrlAuthType: z.enum(['NONE', 'AWS_IAM']).optional(),
  PrincipalOrgID: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/)
    .optional(),
});

/** The statement that Lambda makes of a permission. Source: "Resource-based policies", AWS Lambda Developer Guide. */
const statementOf = (input: z.output<typeof permission>, { arn }: ResourceState, { account }: Call): JsonObject => {
  const equal = {
    ...(input.SourceAccount === undefined ? {} : { 'AWS:SourceAccount': input.SourceAccount }),
    ...(input.EventSourceToken === undefined ? {} : { 'lambda:EventSourceToken': input.EventSourceToken }),
    ...(input.FunctionUrlAuthType === undefined ? {} : { 'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType }),
    ...(input.PrincipalOrgID === undefined ? {} : { 'aws:PrincipalOrgID': input.PrincipalOrgID }),
  };
  const condition = {
    ...(Object.keys(equal).length === 0 ? {} : { StringEquals: equal }),
    ...(input.SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
  };
  return {
    Sid: input.StatementId,
    Effect: 'Allow',
    Principal: principalOf(input.Principal, account.partition),
    Action: input.Action,
    Resource: arn,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
};

const principalOf = (principal: string, partition: string): JsonObject[string] => {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: iamArn(partition, principal, 'root') };
  return principal.startsWith('arn:') ? { AWS: principal } : { Service: principal };
};

const withStatements = (found: ResourceState, statements: readonly JsonObject[], { random }: Call): ResourceState => ({
  ...found,
  policy:
    statements.length === 0 ? null : JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements }),
  attributes: { ...found.attributes, revisionId: newUuid(random) },
});

const statementsIn = ({ policy }: ResourceState): readonly JsonObject[] =>
  policy === null ? [] : statementsOf(parsed(policy));

/** `lambda:AddPermission`. */
const addPermission = operation(
  'lambda:AddPermission',
  permission,
  (state, input, call) => {
    const found = findFunction(state, input.FunctionName, call);
    if (!found.ok) return found;
    const statements = statementsIn(found.value);
    if (statements.some(({ Sid }) => Sid === input.StatementId)) {
      const message = `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`;
      return awsError('ResourceConflictException', message, { Type: 'User' });
    }
    const statement = statementOf(input, found.value, call);
    return ok({
      state: withResource(state, withStatements(found.value, [...statements, statement], call)),
      answer: { Statement: JSON.stringify(statement) },
    });
  },
  refuse,
);

const notThere = (message: string): Result<never, AwsError> =>
  awsError('ResourceNotFoundException', message, { Type: 'User' });

/** `lambda:GetPolicy`. */
const getPolicy = readOperation(
  'lambda:GetPolicy',
  ofFunction,
  (state, { FunctionName }, call) => {
    const found = findFunction(state, FunctionName, call);
    if (!found.ok) return found;
    const { policy, attributes } = found.value;
    return policy === null
      ? notThere('The resource you requested does not exist.')
      : ok({ Policy: policy, RevisionId: attributes['revisionId'] });
  },
  refuse,
);

/** `lambda:RemovePermission`. */
const removePermission = operation(
  'lambda:RemovePermission',
  ofFunction.extend({ StatementId: statementId }),
  (state, { FunctionName, StatementId }, call) => {
    const found = findFunction(state, FunctionName, call);
    if (!found.ok) return found;
    const statements = statementsIn(found.value);
    const kept = statements.filter(({ Sid }) => Sid !== StatementId);
    return kept.length === statements.length
      ? notThere(`Statement ${StatementId} is not found in resource policy.`)
      : ok({ state: withResource(state, withStatements(found.value, kept, call)), answer: {} });
  },
  refuse,
);

/** The operations of Lambda on who may use a function. */
export const functionPermissionOperations = [addPermission, getPolicy, removePermission];
