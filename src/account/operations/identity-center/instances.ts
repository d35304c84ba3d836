import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import type { AccountState } from '../../account-state.ts';
import { awsError } from '../../aws-error.ts';
import { emptyIdentityCenter, type IdentityCenterState } from '../../identity-center-state.ts';
import { operation, readOperation } from '../../operation.ts';
import { findInstance, ofInstance, pageAnswer, paging, refuse, ssoArn } from './identity-center-operation.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** `sso:CreateInstance`: an account has one at most. */
const createInstance = operation(
  'sso:CreateInstance',
  z.object({ Name: z.string().max(255).default('') }),
  (state, { Name }, call) => {
    if (state.identityCenter !== null) {
      return awsError('ConflictException', 'The account already has an instance of IAM Identity Center.');
    }
    const instanceArn = ssoArn(state, `instance/ssoins-${hex(call.random(8))}`);
    const identityStoreId = `d-${hex(call.random(5))}`;
    const identityCenter = emptyIdentityCenter({ instanceArn, identityStoreId, name: Name, createdDate: call.now });
    return ok({ state: { ...state, identityCenter }, answer: { InstanceArn: instanceArn } });
  },
  refuse,
);

const instanceView = ({ accountId }: AccountState, instance: IdentityCenterState) => ({
  InstanceArn: instance.instanceArn,
  IdentityStoreId: instance.identityStoreId,
  OwnerAccountId: accountId,
  Name: instance.name,
  CreatedDate: instance.createdDate,
  Status: 'ACTIVE',
});

/** `sso:ListInstances`. */
const listInstances = readOperation(
  'sso:ListInstances',
  z.object(paging),
  (state, input) => {
    const { identityCenter } = state;
    return pageAnswer('Instances', input, identityCenter === null ? [] : [['0', instanceView(state, identityCenter)]]);
  },
  refuse,
);

/** `sso:DescribeInstance`. */
const describeInstance = readOperation(
  'sso:DescribeInstance',
  ofInstance,
  (state, { InstanceArn }) => {
    const instance = findInstance(state, InstanceArn);
    return instance.ok ? ok(instanceView(state, instance.value)) : instance;
  },
  refuse,
);

/** `sso:DeleteInstance`: with everything in it. */
const deleteInstance = operation(
  'sso:DeleteInstance',
  ofInstance,
  (state, { InstanceArn }) => {
    const instance = findInstance(state, InstanceArn);
    return instance.ok ? ok({ state: { ...state, identityCenter: null }, answer: {} }) : instance;
  },
  refuse,
);

/** The operations of Identity Center on instances. */
export const instanceOperations = [createInstance, listInstances, describeInstance, deleteInstance];
