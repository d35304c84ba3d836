import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import type { AccountState } from '../../account-state.ts';
import { awsError } from '../../aws-error.ts';
import { accountAt, withAccount } from '../../cloud-state.ts';
import { emptyIdentityCenter, type IdentityCenterState } from '../../identity-center-state.ts';
import { cloudOperation, operation, readOperation } from '../../operation.ts';
import { findInstance, ofInstance, pageAnswer, paging, refuse, ssoArn } from './identity-center-operation.ts';
import { withoutProvisioned } from './provisioned-roles.ts';

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

/** `sso:UpdateInstance`. */
const updateInstance = operation(
  'sso:UpdateInstance',
  ofInstance.extend({ Name: z.string().max(255).optional() }),
  (state, { InstanceArn, Name }) => {
    const instance = findInstance(state, InstanceArn);
    if (!instance.ok) return instance;
    const identityCenter = { ...instance.value, name: Name ?? instance.value.name };
    return ok({ state: { ...state, identityCenter }, answer: {} });
  },
  refuse,
);

/** `sso:DeleteInstance`: with everything in it, and with the roles that it has made. */
const deleteInstance = cloudOperation(
  'sso:DeleteInstance',
  ofInstance,
  (cloud, { InstanceArn }, call) => {
    const instance = findInstance(accountAt(cloud, call.account), InstanceArn);
    if (!instance.ok) return instance;
    const start = { cloud, instance: instance.value };
    const { cloud: bare } = [...instance.value.provisioned.values()].reduce(
      (state, role) => withoutProvisioned(state, role, call),
      start,
    );
    return ok({ cloud: withAccount(bare, { ...accountAt(bare, call.account), identityCenter: null }), answer: {} });
  },
  refuse,
);

/** The operations of Identity Center on instances. */
export const instanceOperations = [createInstance, listInstances, describeInstance, updateInstance, deleteInstance];
