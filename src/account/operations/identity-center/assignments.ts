import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { accountAt, type CloudState, withAccount } from '../../cloud-state.ts';
import type {
  AssignmentState,
  IdentityCenterState,
  PermissionSetState,
  ProvisioningRequestState,
} from '../../identity-center-state.ts';
import { cloudOperation } from '../../operation.ts';
import { newUuid } from '../../unique-id.ts';
import { accountId, assignmentsOf, principal } from './assignment-lists.ts';
import { findPermissionSet, ofPermissionSet, refuse } from './identity-center-operation.ts';
import {
  type Provisioned,
  provisionedIn,
  provisionedKey,
  withoutProvisioned,
  withProvisioned,
} from './provisioned-roles.ts';
import { pendingView, withRequest } from './requests.ts';

const ofAssignment = ofPermissionSet.extend({
  TargetId: accountId,
  TargetType: z.literal('AWS_ACCOUNT'),
  ...principal,
});

const keyOf = ({ accountId: account, permissionSetArn, principalType, principalId }: AssignmentState): string =>
  [account, permissionSetArn, principalType, principalId].join('\0');

const assignmentOf = (input: z.output<typeof ofAssignment>, { arn }: PermissionSetState): AssignmentState => ({
  accountId: input.TargetId,
  permissionSetArn: arn,
  principalType: input.PrincipalType,
  principalId: input.PrincipalId,
});

const newRequest = (
  given: Pick<ProvisioningRequestState, 'kind' | 'accountId' | 'permissionSetArn' | 'principal'>,
  failureReason: string | null,
  { now, random }: Call,
): ProvisioningRequestState => ({ ...given, id: newUuid(random), createdDate: now, failureReason });

/** The cloud with the caller's instance after what was done. */
const withInstance = (cloud: CloudState, call: Call, identityCenter: IdentityCenterState): CloudState =>
  withAccount(cloud, { ...accountAt(cloud, call.account), identityCenter });

const found = (
  cloud: CloudState,
  input: z.output<typeof ofPermissionSet>,
  call: Call,
): Result<Provisioned & { readonly set: PermissionSetState }, AwsError> => {
  const both = findPermissionSet(accountAt(cloud, call.account), input);
  return both.ok ? ok({ ...both.value, cloud }) : both;
};

/** `sso:CreateAccountAssignment`: the account gets the role of the permission set. One that is there already is no error. */
const createAssignment = cloudOperation(
  'sso:CreateAccountAssignment',
  ofAssignment,
  (cloud, input, call) => {
    const place = found(cloud, input, call);
    if (!place.ok) return place;
    const { set, instance } = place.value;
    const assignment = assignmentOf(input, set);
    const done = withProvisioned(place.value, set, input.TargetId, call);
    const request = newRequest(
      { ...assignment, kind: 'creation', principal: assignment },
      done.ok ? null : done.error,
      call,
    );
    const after = done.ok
      ? { ...done.value.instance, assignments: instance.assignments.set(keyOf(assignment), assignment) }
      : instance;
    return ok({
      cloud: withInstance(done.ok ? done.value.cloud : cloud, call, withRequest(after, request)),
      answer: { AccountAssignmentCreationStatus: pendingView(request) },
    });
  },
  refuse,
);

/** `sso:DeleteAccountAssignment`: with the last one of a permission set in an account its role goes. */
const deleteAssignment = cloudOperation(
  'sso:DeleteAccountAssignment',
  ofAssignment,
  (cloud, input, call) => {
    const place = found(cloud, input, call);
    if (!place.ok) return place;
    const { set, instance } = place.value;
    const assignment = assignmentOf(input, set);
    const key = keyOf(assignment);
    if (!instance.assignments.has(key)) {
      return awsError('ResourceNotFoundException', 'Could not find the account assignment.');
    }
    const left = { cloud, instance: { ...instance, assignments: instance.assignments.delete(key) } };
    const role = instance.provisioned.get(provisionedKey(set.arn, input.TargetId));
    const isLast = assignmentsOf(left.instance, set.arn, input.TargetId).length === 0;
    const after = isLast && role !== undefined ? withoutProvisioned(left, role, call) : left;
    const request = newRequest({ ...assignment, kind: 'deletion', principal: assignment }, null, call);
    return ok({
      cloud: withInstance(after.cloud, call, withRequest(after.instance, request)),
      answer: { AccountAssignmentDeletionStatus: pendingView(request) },
    });
  },
  refuse,
);

/** `sso:ProvisionPermissionSet`: the roles that there are of it, in one account or in all, follow what it has become. */
const provisionPermissionSet = cloudOperation(
  'sso:ProvisionPermissionSet',
  ofPermissionSet.extend({
    TargetId: accountId.optional(),
    TargetType: z.enum(['AWS_ACCOUNT', 'ALL_PROVISIONED_ACCOUNTS']),
  }),
  (cloud, input, call) => {
    const place = found(cloud, input, call);
    if (!place.ok) return place;
    const { set, instance } = place.value;
    const isOne = input.TargetType === 'AWS_ACCOUNT';
    if (isOne && input.TargetId === undefined) {
      return awsError('ValidationException', 'TargetId is required when TargetType is AWS_ACCOUNT.');
    }
    const roles = provisionedIn(instance, set.arn).filter((role) => !isOne || role.accountId === input.TargetId);
    if (isOne && roles.length === 0) {
      return awsError(
        'ResourceNotFoundException',
        `The permission set is not provisioned to account ${input.TargetId}.`,
      );
    }
    const start: Result<Provisioned, string> = ok(place.value);
    const done = roles.reduce(
      (sofar: Result<Provisioned, string>, role) =>
        sofar.ok ? withProvisioned(sofar.value, set, role.accountId, call) : sofar,
      start,
    );
    const request = newRequest(
      { kind: 'provisioning', accountId: input.TargetId ?? null, permissionSetArn: set.arn, principal: null },
      done.ok ? null : done.error,
      call,
    );
    const after = done.ok ? done.value : place.value;
    return ok({
      cloud: withInstance(after.cloud, call, withRequest(after.instance, request)),
      answer: { PermissionSetProvisioningStatus: pendingView(request) },
    });
  },
  refuse,
);

/** The operations of Identity Center that give permission sets to accounts. */
export const assignmentOperations = [createAssignment, deleteAssignment, provisionPermissionSet];
