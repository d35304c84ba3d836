import { z } from 'zod';
import { friendlyName } from '../../../iam/arn.ts';
import { ok } from '../../../kernel/result.ts';
import { awsError } from '../../aws-error.ts';
import type { PermissionSetState } from '../../identity-center-state.ts';
import { operation, readOperation } from '../../operation.ts';
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
import { tags } from './tags.ts';

const details = {
  Description: z.string().min(1).max(700).optional(),
  SessionDuration: z
    .string()
    .min(1)
    .max(100)
    .regex(/^P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/)
    .optional(),
  RelayState: z.string().min(1).max(240).optional(),
};

/** `sso:CreatePermissionSet`. */
const createPermissionSet = operation(
  'sso:CreatePermissionSet',
  ofInstance.extend({
    Name: z
      .string()
      .min(1)
      .max(32)
      .regex(/^[\w+=,.@-]+$/),
    ...details,
    Tags: tags.default([]),
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
      sessionDuration: input.SessionDuration ?? 'PT1H',
      relayState: input.RelayState ?? null,
      inlinePolicy: '',
      managedPolicies: [],
      customerPolicies: [],
      permissionsBoundary: null,
      tags: new Map(input.Tags.map(({ Key, Value }) => [Key, Value])),
      version: 0,
    };
    return ok({
      state: withPermissionSet(state, instance.value, set),
      answer: { PermissionSet: permissionSetView(set) },
    });
  },
  refuse,
);

const permissionSetView = ({
  name,
  arn,
  description,
  createdDate,
  sessionDuration,
  relayState,
}: PermissionSetState) => ({
  Name: name,
  PermissionSetArn: arn,
  Description: description ?? undefined,
  CreatedDate: createdDate,
  SessionDuration: sessionDuration,
  RelayState: relayState ?? undefined,
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

/** `sso:UpdatePermissionSet`. */
const updatePermissionSet = operation(
  'sso:UpdatePermissionSet',
  ofPermissionSet.extend(details),
  (state, input) => {
    const found = findPermissionSet(state, input);
    if (!found.ok) return found;
    const { instance, set } = found.value;
    const updated = {
      ...set,
      description: input.Description ?? set.description,
      sessionDuration: input.SessionDuration ?? set.sessionDuration,
      relayState: input.RelayState ?? set.relayState,
    };
    return ok({ state: withPermissionSet(state, instance, updated), answer: {} });
  },
  refuse,
);

/** The operations of Identity Center on permission sets. */
export const permissionSetOperations = [
  createPermissionSet,
  describePermissionSet,
  updatePermissionSet,
  listPermissionSets,
  deletePermissionSet,
];
