import { z } from 'zod';
import { type Arn, arnOf } from '../../../iam/arn.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { AccountState } from '../../account-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { IdentityCenterState, PermissionSetState } from '../../identity-center-state.ts';
import type { Answer } from '../../operation.ts';
import { cutPage } from '../page.ts';
import { refuseAs } from '../resources/resource-operation.ts';

/** Refuses input that breaks the model's constraints. */
export const refuse = refuseAs('ValidationException');

/** The input of what asks about an instance. */
export const ofInstance = z.object({
  InstanceArn: z.string().regex(/^arn:[\w-]+:sso:::instance\/(?:sso)?ins-[a-zA-Z0-9-.]{16}$/),
});

/** The input of what asks about a permission set. */
export const ofPermissionSet = ofInstance.extend({
  PermissionSetArn: z
    .string()
    .regex(/^arn:[\w-]+:sso:::permissionSet\/(?:sso)?ins-[a-zA-Z0-9-.]{16}\/ps-[a-zA-Z0-9-./]{16}$/),
});

/** The members that a paged list takes. */
export const paging = { MaxResults: z.int().min(1).max(100).default(100), NextToken: z.string().max(2048).optional() };

/** The instance of an account, or the service's refusal. */
export const findInstance = (state: AccountState, arn: string): Result<IdentityCenterState, AwsError> => {
  const { identityCenter } = state;
  return identityCenter?.instanceArn === arn
    ? ok(identityCenter)
    : awsError('ResourceNotFoundException', `Could not find Instance with arn ${arn}`);
};

/** An instance and one of its permission sets, or the service's refusal. */
export const findPermissionSet = (
  state: AccountState,
  input: { readonly InstanceArn: string; readonly PermissionSetArn: string },
): Result<{ readonly instance: IdentityCenterState; readonly set: PermissionSetState }, AwsError> => {
  const instance = findInstance(state, input.InstanceArn);
  if (!instance.ok) return instance;
  const set = instance.value.permissionSets.get(input.PermissionSetArn);
  return set === undefined
    ? awsError('ResourceNotFoundException', `Could not find PermissionSet with arn ${input.PermissionSetArn}`)
    : ok({ instance: instance.value, set });
};

/** One page of a list, under the name that the answer has for it. */
export const pageAnswer = <T>(
  name: string,
  { NextToken, MaxResults }: { readonly NextToken?: string | undefined; readonly MaxResults: number },
  entries: readonly (readonly [key: string, item: T])[],
): Result<Answer, AwsError> => {
  const cut = cutPage(name, NextToken, MaxResults, (from) => entries.filter(([key]) => key >= from));
  return cut === null
    ? awsError('ValidationException', 'The NextToken is invalid.')
    : ok({ [name]: cut.items, NextToken: cut.next });
};

/** The account with what a permission set gives to accounts changed, or with a new one. */
export const withPermissionSet = (
  state: AccountState,
  instance: IdentityCenterState,
  set: PermissionSetState,
): AccountState => ({
  ...state,
  identityCenter: {
    ...instance,
    permissionSets: instance.permissionSets.set(set.arn, { ...set, version: set.version + 1 }),
  },
});

/** The ARN of something in Identity Center, which stands in no account and no region. */
export const ssoArn = ({ partition }: AccountState, resource: string): Arn =>
  arnOf({ partition, service: 'sso', region: '', account: '', resource });
