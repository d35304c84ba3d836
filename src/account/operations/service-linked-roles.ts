import { z } from 'zod';
import { iamArn } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { withRole } from '../account-edits.ts';
import { nameKey, type RoleState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { awsManagedPolicies } from '../aws-managed-policies.ts';
import { accountAt } from '../cloud-state.ts';
import { cloudOperation, operation, readOperation } from '../operation.ts';
import { checkQuota } from '../quotas.ts';
import { newUniqueId, newUuid } from '../unique-id.ts';
import { findRole, found } from './account-entities.ts';
import { descriptionText, roleName } from './input.ts';
import { LINKED_SERVICES, WITH_SUFFIX } from './linked-services.ts';
import { isServiceLinked } from './protected-roles.ts';
import { withRoleGone } from './role-edits.ts';
import { newRoleView } from './views.ts';

/** `iam:CreateServiceLinkedRole`. */
const createServiceLinkedRole = operation(
  'iam:CreateServiceLinkedRole',
  z.object({
    AWSServiceName: z
      .string()
      .min(1)
      .max(128)
      .regex(/^[\w+=,.@-]+$/),
    Description: descriptionText.nullable().default(null),
    CustomSuffix: z
      .string()
      .min(1)
      .max(64)
      .regex(/^[\w+=,.@-]+$/)
      .optional(),
  }),
  (state, { AWSServiceName: service, Description, CustomSuffix }, call) => {
    const name = linkedRoleName(service, CustomSuffix);
    if (!name.ok) return name;
    if (state.roles.has(nameKey(name.value))) {
      const message = `Service role name ${name.value} has been taken in this account, please try a different suffix.`;
      return awsError('InvalidInput', message);
    }
    const allowed = checkQuota(state, 'RolesPerAccount', state.roles.size + 1);
    if (!allowed.ok) return allowed;
    const path = `/aws-service-role/${service}/`;
    const role: RoleState = {
      roleName: name.value,
      roleId: newUniqueId('AROA', call.random),
      arn: iamArn(state.partition, state.accountId, `role${path}${name.value}`),
      path,
      createDate: call.now,
      description: Description,
      maxSessionDuration: 3600,
      assumeRolePolicyDocument: trustOf(service),
      inlinePolicies: [],
      attachedPolicies: policiesOf(service, state.partition),
      permissionsBoundary: null,
      tags: new Map(),
      lastUsed: null,
    };
    return ok({ state: withRole(state, role), answer: { Role: newRoleView(role) } });
  },
);

const serviceKey = (service: string): string => service.replace(/\.amazonaws\.com$/, '');

/** The name that a service's role has. A service that the table does not know has its principal's first word in it. */
const linkedRoleName = (service: string, suffix: string | undefined): Result<string, AwsError> => {
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com$/.test(service)) {
    return awsError('InvalidInput', `Service principal ${service} is not valid.`);
  }
  const key = serviceKey(service);
  if (suffix !== undefined && !WITH_SUFFIX.has(key)) {
    return awsError('InvalidInput', `Custom suffix is not allowed for ${service}`);
  }
  const subject = LINKED_SERVICES.get(key)?.[0] ?? key.charAt(0).toUpperCase() + key.slice(1).replaceAll('.', '_');
  const name = `AWSServiceRoleFor${subject}${suffix === undefined ? '' : `_${suffix}`}`;
  return name.length > 64 ? awsError('InvalidInput', 'The role name is longer than 64 characters.') : ok(name);
};

const trustOf = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Action: ['sts:AssumeRole'], Principal: { Service: [service] }, Effect: 'Allow' }],
  });

const policiesOf = (service: string, partition: string) => {
  const name = LINKED_SERVICES.get(serviceKey(service))?.[1];
  const policy = name === undefined ? undefined : awsManagedPolicies(partition).get(nameKey(name));
  return policy === undefined ? [] : [policy.arn];
};

/** `iam:DeleteServiceLinkedRole`. The task that it names is done when it is asked after. */
const deleteServiceLinkedRole = cloudOperation(
  'iam:DeleteServiceLinkedRole',
  z.object({ RoleName: roleName }),
  (cloud, { RoleName }, call) => {
    const state = accountAt(cloud, call.account);
    const role = findRole(state, RoleName);
    if (!role.ok) return role;
    if (!isServiceLinked(role.value)) {
      return awsError('NoSuchEntity', `The role with name ${RoleName} cannot be found.`);
    }
    const taskId = `task${role.value.path}${role.value.roleName}/${newUuid(call.random)}`;
    const roleDeletions = state.roleDeletions.set(taskId, { taskId, status: 'SUCCEEDED' });
    const gone = withRoleGone(cloud, { ...state, roleDeletions }, role.value);
    return ok({ cloud: gone, answer: { DeletionTaskId: taskId } });
  },
);

/** `iam:GetServiceLinkedRoleDeletionStatus`. */
const getDeletionStatus = readOperation(
  'iam:GetServiceLinkedRoleDeletionStatus',
  z.object({ DeletionTaskId: z.string().min(1).max(1000) }),
  (state, { DeletionTaskId }) => {
    const task = found(state.roleDeletions.get(DeletionTaskId), `Deletion task ${DeletionTaskId} cannot be found.`);
    return task.ok ? ok({ Status: task.value.status }) : task;
  },
);

/** The operations on service-linked roles. */
export const serviceLinkedRoleOperations = [createServiceLinkedRole, deleteServiceLinkedRole, getDeletionStatus];
