import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import { withUser } from '../account-edits.ts';
import type { AccountState, UserState } from '../account-state.ts';
import type { AwsError } from '../aws-error.ts';
import { type Operation, operation } from '../operation.ts';
import { findUser } from './account-entities.ts';
import {
  boundaryArn,
  withAttached,
  withDetached,
  withInline,
  withoutBoundary,
  withoutInline,
} from './entity-policy-edits.ts';
import { arnText, entityName, newUserName, policyDocument, userName } from './input.ts';
import { IGNORING_CASE, tagKeysInput, tagsInput, withoutTags, withTags } from './tags.ts';

/** Defines an operation that changes a user and answers nothing. */
const userEdit = <Schema extends z.ZodType<{ readonly UserName: string }>>(
  name: string,
  schema: Schema,
  edit: (user: UserState, input: z.output<Schema>, state: AccountState) => Result<UserState, AwsError>,
): Operation =>
  operation(name, schema, (state, input) => {
    const user = findUser(state, input.UserName);
    if (!user.ok) return user;
    const edited = edit(user.value, input, state);
    return edited.ok ? ok({ state: withUser(state, edited.value), answer: {} }) : edited;
  });

const onePolicy = z.object({ UserName: newUserName, PolicyArn: arnText });

/** The operations that change a user's policies, permissions boundary and tags. */
export const userPolicyEditOperations = [
  userEdit('iam:AttachUserPolicy', onePolicy, (user, { PolicyArn }, state) =>
    withAttached(state, 'user', user, PolicyArn),
  ),
  userEdit('iam:DetachUserPolicy', onePolicy, (user, { PolicyArn }) => withDetached(user, PolicyArn)),
  userEdit(
    'iam:PutUserPolicy',
    z.object({ UserName: userName, PolicyName: entityName, PolicyDocument: policyDocument }),
    (user, input, state) => withInline(state, { kind: 'user', name: user.userName }, user, input),
  ),
  userEdit('iam:DeleteUserPolicy', z.object({ UserName: userName, PolicyName: entityName }), (user, { PolicyName }) =>
    withoutInline('user', user, PolicyName),
  ),
  userEdit(
    'iam:PutUserPermissionsBoundary',
    z.object({ UserName: newUserName, PermissionsBoundary: arnText }),
    (user, { PermissionsBoundary }, state) => {
      const boundary = boundaryArn(state, PermissionsBoundary);
      return boundary.ok ? ok({ ...user, permissionsBoundary: boundary.value }) : boundary;
    },
  ),
  userEdit('iam:DeleteUserPermissionsBoundary', z.object({ UserName: newUserName }), (user) => withoutBoundary(user)),
  userEdit('iam:TagUser', z.object({ UserName: userName, Tags: tagsInput }), (user, { Tags }) => {
    const tags = withTags(user.tags, Tags, IGNORING_CASE);
    return tags.ok ? ok({ ...user, tags: tags.value }) : tags;
  }),
  userEdit('iam:UntagUser', z.object({ UserName: userName, TagKeys: tagKeysInput }), (user, { TagKeys }) =>
    ok({ ...user, tags: withoutTags(user.tags, TagKeys, IGNORING_CASE) }),
  ),
];
