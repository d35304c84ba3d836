import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { awsError } from '../../aws-error.ts';
import type { AssignmentState, IdentityCenterState } from '../../identity-center-state.ts';
import { operation, readOperation } from '../../operation.ts';
import { newUuid } from '../../unique-id.ts';
import {
  findInstance,
  findPermissionSet,
  ofInstance,
  ofPermissionSet,
  pageAnswer,
  paging,
  refuse,
} from './identity-center-operation.ts';

const principal = { PrincipalType: z.enum(['USER', 'GROUP']), PrincipalId: z.string().min(1).max(47) };

const accountId = z.string().regex(/^\d{12}$/);

const ofAssignment = ofPermissionSet.extend({
  TargetId: accountId,
  TargetType: z.literal('AWS_ACCOUNT'),
  ...principal,
});

const keyOf = ({ accountId: account, permissionSetArn, principalType, principalId }: AssignmentState): string =>
  [account, permissionSetArn, principalType, principalId].join('\0');

const statusView = (input: z.output<typeof ofAssignment>, requestId: string, now: string) => ({
  Status: 'SUCCEEDED',
  RequestId: requestId,
  TargetId: input.TargetId,
  TargetType: input.TargetType,
  PermissionSetArn: input.PermissionSetArn,
  PrincipalType: input.PrincipalType,
  PrincipalId: input.PrincipalId,
  CreatedDate: now,
});

/** `sso:CreateAccountAssignment`; one that is there already is no error. */
const createAssignment = operation(
  'sso:CreateAccountAssignment',
  ofAssignment,
  (state, input, call) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const { instance, set } = found.value;
    const assignment: AssignmentState = {
      accountId: input.TargetId,
      permissionSetArn: set.arn,
      principalType: input.PrincipalType,
      principalId: input.PrincipalId,
    };
    const assignments = instance.assignments.set(keyOf(assignment), assignment);
    return ok({
      state: { ...state, identityCenter: { ...instance, assignments } },
      answer: { AccountAssignmentCreationStatus: statusView(input, newUuid(call.random), call.now) },
    });
  },
  refuse,
);

/** `sso:DeleteAccountAssignment`. */
const deleteAssignment = operation(
  'sso:DeleteAccountAssignment',
  ofAssignment,
  (state, input, call) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const { instance, set } = found.value;
    const key = keyOf({
      accountId: input.TargetId,
      permissionSetArn: set.arn,
      principalType: input.PrincipalType,
      principalId: input.PrincipalId,
    });
    if (!instance.assignments.has(key)) {
      return awsError('ResourceNotFoundException', 'Could not find the account assignment.');
    }
    return ok({
      state: { ...state, identityCenter: { ...instance, assignments: instance.assignments.delete(key) } },
      answer: { AccountAssignmentDeletionStatus: statusView(input, newUuid(call.random), call.now) },
    });
  },
  refuse,
);

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
    const wanted = assignmentsWhere(
      found.value.instance,
      (each) => each.accountId === input.AccountId && each.permissionSetArn === input.PermissionSetArn,
    );
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

const unique = (texts: readonly string[]) => [...new Set(texts)].toSorted().map((text) => [text, text] as const);

/** `sso:ListPermissionSetsProvisionedToAccount`. */
const listPermissionSetsOfAccount = readOperation(
  'sso:ListPermissionSetsProvisionedToAccount',
  ofInstance.extend({ AccountId: accountId, ...paging }),
  (state, input) => {
    const instance = findInstance(state, input.InstanceArn);
    if (!instance.ok) return instance;
    const wanted = assignmentsWhere(instance.value, (each) => each.accountId === input.AccountId);
    return pageAnswer('PermissionSets', input, unique(wanted.map(([, each]) => each.permissionSetArn)));
  },
  refuse,
);

/** `sso:ListAccountsForProvisionedPermissionSet`. */
const listAccountsOfPermissionSet = readOperation(
  'sso:ListAccountsForProvisionedPermissionSet',
  ofPermissionSet.extend(paging),
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const wanted = assignmentsWhere(found.value.instance, (each) => each.permissionSetArn === input.PermissionSetArn);
    return pageAnswer('AccountIds', input, unique(wanted.map(([, each]) => each.accountId)));
  },
  refuse,
);

/** The operations of Identity Center on assignments to accounts. */
export const assignmentOperations = [
  createAssignment,
  deleteAssignment,
  listAssignments,
  listAssignmentsForPrincipal,
  listPermissionSetsOfAccount,
  listAccountsOfPermissionSet,
];
