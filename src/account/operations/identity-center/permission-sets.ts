import { z } from 'zod';
import { friendlyName, parseArn } from '../../../iam/arn.ts';
import { ok } from '../../../kernel/result.ts';
import { awsError } from '../../aws-error.ts';
import type { PermissionSetState } from '../../identity-center-state.ts';
import { operation, readOperation } from '../../operation.ts';
import { checkPolicyDocument } from '../../policy-grammar/check-policy-document.ts';
import {
  findInstance,
  findPermissionSet,
  ofInstance,
  ofPermissionSet,
  pageAnswer,
  paging,
  refuse,
  ssoArn,
  withPermissionSet,
} from './identity-center-operation.ts';

/** `sso:CreatePermissionSet`. */
const createPermissionSet = operation(
  'sso:CreatePermissionSet',
  ofInstance.extend({
    Name: z
      .string()
      .min(1)
      .max(32)
      .regex(/^[\w+=,.@-]+$/),
    Description: z.string().min(1).max(700).optional(),
    SessionDuration: z.string().min(1).max(100).default('PT1H'),
  }),
  (state, input, call) => {
    const instance = findInstance(state, input.InstanceArn);
    if (!instance.ok) return instance;
    const { permissionSets, instanceArn } = instance.value;
    if ([...permissionSets.values()].some(({ name }) => name === input.Name)) {
      return awsError('ConflictException', `PermissionSet with name ${input.Name} already exists.`);
    }
    const id = Buffer.from(call.random(8)).toString('hex');
    const set: PermissionSetState = {
      arn: ssoArn(state, `permissionSet/${friendlyName(instanceArn)}/ps-${id}`),
      name: input.Name,
      description: input.Description ?? null,
      createdDate: call.now,
      sessionDuration: input.SessionDuration,
      inlinePolicy: '',
      managedPolicies: [],
    };
    return ok({
      state: withPermissionSet(state, instance.value, set),
      answer: { PermissionSet: permissionSetView(set) },
    });
  },
  refuse,
);

const permissionSetView = ({ name, arn, description, createdDate, sessionDuration }: PermissionSetState) => ({
  Name: name,
  PermissionSetArn: arn,
  Description: description,
  CreatedDate: createdDate,
  SessionDuration: sessionDuration,
});

/** `sso:DescribePermissionSet`. */
const describePermissionSet = readOperation(
  'sso:DescribePermissionSet',
  ofPermissionSet,
  (state, input) => {
    const found = findPermissionSet(state, input);
    return found.ok ? ok({ PermissionSet: permissionSetView(found.value.set) }) : found;
  },
  refuse,
);

/** `sso:ListPermissionSets`: their ARNs. */
const listPermissionSets = readOperation(
  'sso:ListPermissionSets',
  ofInstance.extend(paging),
  (state, input) => {
    const instance = findInstance(state, input.InstanceArn);
    if (!instance.ok) return instance;
    const sets = [...instance.value.permissionSets.values()];
    return pageAnswer(
      'PermissionSets',
      input,
      sets.map(({ arn }) => [arn, arn] as const),
    );
  },
  refuse,
);

/** `sso:DeletePermissionSet`: one that is assigned nowhere. */
const deletePermissionSet = operation(
  'sso:DeletePermissionSet',
  ofPermissionSet,
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const { instance, set } = found.value;
    if ([...instance.assignments.values()].some(({ permissionSetArn }) => permissionSetArn === set.arn)) {
      return awsError('ConflictException', 'There are assignments that refer to the permission set.');
    }
    const permissionSets = instance.permissionSets.delete(set.arn);
    return ok({ state: { ...state, identityCenter: { ...instance, permissionSets } }, answer: {} });
  },
  refuse,
);

/** `sso:PutInlinePolicyToPermissionSet`. */
const putInlinePolicy = operation(
  'sso:PutInlinePolicyToPermissionSet',
  ofPermissionSet.extend({ InlinePolicy: z.string().min(1).max(32_768) }),
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const checked = checkPolicyDocument(input.InlinePolicy, 'inline');
    if (!checked.ok) return awsError('ValidationException', checked.error.message);
    const set = { ...found.value.set, inlinePolicy: input.InlinePolicy };
    return ok({ state: withPermissionSet(state, found.value.instance, set), answer: {} });
  },
  refuse,
);

/** `sso:GetInlinePolicyForPermissionSet`: empty where there is none. */
const getInlinePolicy = readOperation(
  'sso:GetInlinePolicyForPermissionSet',
  ofPermissionSet,
  (state, input) => {
    const found = findPermissionSet(state, input);
    return found.ok ? ok({ InlinePolicy: found.value.set.inlinePolicy }) : found;
  },
  refuse,
);

/** `sso:DeleteInlinePolicyFromPermissionSet`. */
const deleteInlinePolicy = operation(
  'sso:DeleteInlinePolicyFromPermissionSet',
  ofPermissionSet,
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const set = { ...found.value.set, inlinePolicy: '' };
    return ok({ state: withPermissionSet(state, found.value.instance, set), answer: {} });
  },
  refuse,
);

const ofManagedPolicy = ofPermissionSet.extend({ ManagedPolicyArn: z.string().min(20).max(2048) });

/** `sso:AttachManagedPolicyToPermissionSet`. */
const attachManagedPolicy = operation(
  'sso:AttachManagedPolicyToPermissionSet',
  ofManagedPolicy,
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const { instance, set } = found.value;
    const arn = parseArn(input.ManagedPolicyArn);
    if (!arn.ok) return awsError('ValidationException', `The policy ARN ${input.ManagedPolicyArn} is not valid.`);
    if (set.managedPolicies.includes(arn.value)) {
      const message = `Permission set with id ${set.arn} already has a typed link attachment to a managed policy with ${arn.value}`;
      return awsError('ConflictException', message);
    }
    const managedPolicies = [...set.managedPolicies, arn.value];
    return ok({ state: withPermissionSet(state, instance, { ...set, managedPolicies }), answer: {} });
  },
  refuse,
);

/** `sso:DetachManagedPolicyFromPermissionSet`. */
const detachManagedPolicy = operation(
  'sso:DetachManagedPolicyFromPermissionSet',
  ofManagedPolicy,
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const { instance, set } = found.value;
    const managedPolicies = set.managedPolicies.filter((arn) => arn !== input.ManagedPolicyArn);
    if (managedPolicies.length === set.managedPolicies.length) {
      return awsError('ResourceNotFoundException', `Could not find ManagedPolicy with arn ${input.ManagedPolicyArn}`);
    }
    return ok({ state: withPermissionSet(state, instance, { ...set, managedPolicies }), answer: {} });
  },
  refuse,
);

/** `sso:ListManagedPoliciesInPermissionSet`. */
const listManagedPolicies = readOperation(
  'sso:ListManagedPoliciesInPermissionSet',
  ofPermissionSet.extend(paging),
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const policies = found.value.set.managedPolicies.toSorted();
    return pageAnswer(
      'AttachedManagedPolicies',
      input,
      policies.map((arn) => [arn, { Name: friendlyName(arn), Arn: arn }] as const),
    );
  },
  refuse,
);

/** The operations of Identity Center on permission sets. */
export const permissionSetOperations = [
  createPermissionSet,
  describePermissionSet,
  listPermissionSets,
  deletePermissionSet,
  putInlinePolicy,
  getInlinePolicy,
  deleteInlinePolicy,
  attachManagedPolicy,
  detachManagedPolicy,
  listManagedPolicies,
];
