import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import { withRole } from '../account-edits.ts';
import type { AccountState, RoleState } from '../account-state.ts';
import type { AwsError } from '../aws-error.ts';
import { type Operation, operation } from '../operation.ts';
import { findRole } from './account-entities.ts';
import {
  boundaryArn,
  withAttached,
  withDetached,
  withInline,
  withoutBoundary,
  withoutInline,
} from './entity-policy-edits.ts';
import { arnText, entityName, policyDocument, roleName } from './input.ts';
import { modifiableRole } from './protected-roles.ts';
import { IGNORING_CASE, tagKeysInput, tagsInput, withoutTags, withTags } from './tags.ts';

/** Defines an operation that changes a role and answers nothing. */
const roleEdit = <Schema extends z.ZodType<{ readonly RoleName: string }>>(
  name: string,
  schema: Schema,
  edit: (role: RoleState, input: z.output<Schema>, state: AccountState) => Result<RoleState, AwsError>,
  find: typeof findRole = modifiableRole,
): Operation =>
  operation(name, schema, (state, input) => {
    const role = find(state, input.RoleName);
    if (!role.ok) return role;
    const edited = edit(role.value, input, state);
    return edited.ok ? ok({ state: withRole(state, edited.value), answer: {} }) : edited;
  });

const onePolicy = z.object({ RoleName: roleName, PolicyArn: arnText });

/** The operations that change a role's policies, permissions boundary and tags; AWS's own roles may be tagged. */
export const rolePolicyEditOperations = [
  roleEdit('iam:AttachRolePolicy', onePolicy, (role, { PolicyArn }, state) =>
    withAttached(state, 'role', role, PolicyArn),
  ),
  roleEdit('iam:DetachRolePolicy', onePolicy, (role, { PolicyArn }) => withDetached(role, PolicyArn)),
  roleEdit(
    'iam:PutRolePolicy',
    z.object({ RoleName: roleName, PolicyName: entityName, PolicyDocument: policyDocument }),
    (role, input, state) => withInline(state, { kind: 'role', name: role.roleName }, role, input),
  ),
  roleEdit('iam:DeleteRolePolicy', z.object({ RoleName: roleName, PolicyName: entityName }), (role, { PolicyName }) =>
    withoutInline('role', role, PolicyName),
  ),
  roleEdit(
    'iam:PutRolePermissionsBoundary',
    z.object({ RoleName: roleName, PermissionsBoundary: arnText }),
    (role, { PermissionsBoundary }, state) => {
      const boundary = boundaryArn(state, PermissionsBoundary);
      return boundary.ok ? ok({ ...role, permissionsBoundary: boundary.value }) : boundary;
    },
  ),
  roleEdit('iam:DeleteRolePermissionsBoundary', z.object({ RoleName: roleName }), (role) => withoutBoundary(role)),
  roleEdit(
    'iam:TagRole',
    z.object({ RoleName: roleName, Tags: tagsInput }),
    (role, { Tags }) => {
      const tags = withTags(role.tags, Tags, IGNORING_CASE);
      return tags.ok ? ok({ ...role, tags: tags.value }) : tags;
    },
    findRole,
  ),
  roleEdit(
    'iam:UntagRole',
    z.object({ RoleName: roleName, TagKeys: tagKeysInput }),
    (role, { TagKeys }) => ok({ ...role, tags: withoutTags(role.tags, TagKeys, IGNORING_CASE) }),
    findRole,
  ),
];
