import { z } from 'zod';
import { parseAccountId } from '../../../iam/account-id.ts';
import type { AssignmentState, IdentityCenterState, ProvisionedState } from '../../identity-center-state.ts';
import { readOperation } from '../../operation.ts';
import {
  findInstance,
  findPermissionSet,
  ofInstance,
  ofPermissionSet,
  pageAnswer,
  paging,
  refuse,
} from './identity-center-operation.ts';
import { provisionedIn } from './provisioned-roles.ts';

/** The members that name a user or group of the identity store. */
export const principal = { PrincipalType: z.enum(['USER', 'GROUP']), PrincipalId: z.string().min(1).max(47) };

/** The id of an account. */
export const accountId = z.string().transform((text, context) => {
  const id = parseAccountId(text);
  if (id.ok) return id.value;
  context.addIssue({ code: 'invalid_format', format: 'regex', pattern: '/^\\d{12}$/', input: text });
  return z.NEVER;
});

/** The assignments of a permission set in an account. */
export const assignmentsOf = (instance: IdentityCenterState, permissionSetArn: string, account: string) =>
  assignmentsWhere(instance, (each) => each.accountId === account && each.permissionSetArn === permissionSetArn);

const assignmentsWhere = ({ assignments }: IdentityCenterState, isWanted: (assignment: AssignmentState) => boolean) =>
  [...assignments.entriesFrom('')].filter(([, assignment]) => isWanted(assignment));

const assignmentView = (assignment: AssignmentState) => ({
  AccountId: assignment.accountId,
  PermissionSetArn: assignment.permissionSetArn,
  PrincipalType: assignment.principalType,
  PrincipalId: assignment.principalId,
});

/** `sso:ListAccountAssignments`: of a permission set in an account. */
const listAssignments = readOperation(
  'sso:ListAccountAssignments',
  ofPermissionSet.extend({ AccountId: accountId, ...paging }),
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const wanted = assignmentsOf(found.value.instance, input.PermissionSetArn, input.AccountId);
    return pageAnswer(
      'AccountAssignments',
      input,
      wanted.map(([key, each]) => [key, assignmentView(each)] as const),
    );
  },
  refuse,
);

/** `sso:ListAccountAssignmentsForPrincipal`: those that name the user or group itself. */
const listAssignmentsForPrincipal = readOperation(
  'sso:ListAccountAssignmentsForPrincipal',
  ofInstance.extend({ ...principal, Filter: z.object({ AccountId: accountId.optional() }).optional(), ...paging }),
  (state, input) => {
    const instance = findInstance(state, input.InstanceArn);
    if (!instance.ok) return instance;
    const account = input.Filter?.AccountId;
    const wanted = assignmentsWhere(
      instance.value,
      (each) =>
        each.principalId === input.PrincipalId &&
        each.principalType === input.PrincipalType &&
        (account === undefined || each.accountId === account),
    );
    return pageAnswer(
      'AccountAssignments',
      input,
      wanted.map(([key, each]) => [key, assignmentView(each)] as const),
    );
  },
  refuse,
);

const provisioningStatus = z
  .enum(['LATEST_PERMISSION_SET_PROVISIONED', 'LATEST_PERMISSION_SET_NOT_PROVISIONED'])
  .optional();

/** Whether a role is as its permission set is now, or is not, as was asked for. */
const hasStatus = (
  { permissionSets }: IdentityCenterState,
  { permissionSetArn, version }: ProvisionedState,
  wanted: z.output<typeof provisioningStatus>,
): boolean => {
  const isLatest = permissionSets.get(permissionSetArn)?.version === version;
  return wanted === undefined || isLatest === (wanted === 'LATEST_PERMISSION_SET_PROVISIONED');
};

/** `sso:ListPermissionSetsProvisionedToAccount`. */
const listPermissionSetsOfAccount = readOperation(
  'sso:ListPermissionSetsProvisionedToAccount',
  ofInstance.extend({ AccountId: accountId, ProvisioningStatus: provisioningStatus, ...paging }),
  (state, input) => {
    const instance = findInstance(state, input.InstanceArn);
    if (!instance.ok) return instance;
    const roles = [...instance.value.provisioned.values()].filter(
      (role) => role.accountId === input.AccountId && hasStatus(instance.value, role, input.ProvisioningStatus),
    );
    return pageAnswer(
      'PermissionSets',
      input,
      roles.map(({ permissionSetArn: arn }) => [arn, arn] as const),
    );
  },
  refuse,
);

/** `sso:ListAccountsForProvisionedPermissionSet`. */
const listAccountsOfPermissionSet = readOperation(
  'sso:ListAccountsForProvisionedPermissionSet',
  ofPermissionSet.extend({ ProvisioningStatus: provisioningStatus, ...paging }),
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const { instance, set } = found.value;
    const roles = provisionedIn(instance, set.arn).filter((role) =>
      hasStatus(instance, role, input.ProvisioningStatus),
    );
    return pageAnswer(
      'AccountIds',
      input,
      roles.map((role) => [role.accountId, role.accountId] as const),
    );
  },
  refuse,
);

/** The operations of Identity Center that list who is assigned what, where. */
export const assignmentLists = [
  listAssignments,
  listAssignmentsForPrincipal,
  listPermissionSetsOfAccount,
  listAccountsOfPermissionSet,
];
