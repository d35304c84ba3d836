import { z } from 'zod';
import { ok } from '../../kernel/result.ts';
import { newAccessKeyId } from '../access-key-id.ts';
import { awsError } from '../aws-error.ts';
import { identityOf } from '../caller-identity.ts';
import type { AccessKeyState } from '../credential-state.ts';
import { operation, readOperation } from '../operation.ts';
import { checkQuota } from '../quotas.ts';
import { accessKeyLastUsedView, accessKeyView } from './credential-views.ts';
import { changeParts, type HolderParts, holderOf, ownerName, partsOf, withParts } from './holders.ts';
import { credentialStatus, userName } from './input.ts';

const accessKeyId = z
  .string()
  .min(16)
  .max(128)
  .regex(/^[\w]+$/);

/** `iam:CreateAccessKey`: the only answer that ever holds the secret. */
const createAccessKey = operation(
  'iam:CreateAccessKey',
  z.object({ UserName: userName.optional() }),
  (state, { UserName }, call) => {
    const holder = holderOf(state, UserName, call);
    if (!holder.ok) return holder;
    const { accessKeys } = partsOf(state, holder.value);
    const allowed = checkQuota(state, 'AccessKeysPerUser', accessKeys.length + 1);
    if (!allowed.ok) return allowed;
    const key = {
      accessKeyId: newAccessKeyId('AKIA', state.accountId, call.random),
      secretAccessKey: Buffer.from(call.random(30)).toString('base64'),
      status: 'Active',
      createDate: call.now,
      lastUsed: null,
    } as const satisfies AccessKeyState;
    return ok({
      state: withParts(state, holder.value, { accessKeys: [...accessKeys, key] }),
      answer: {
        AccessKey: {
          UserName: ownerName(holder.value),
          ...accessKeyView(key),
          SecretAccessKey: key.secretAccessKey,
        },
      },
    });
  },
);

/** `iam:UpdateAccessKey`. */
const updateAccessKey = operation(
  'iam:UpdateAccessKey',
  z.object({ UserName: userName.optional(), AccessKeyId: accessKeyId, Status: credentialStatus }),
  (state, { UserName, AccessKeyId, Status }, call) =>
    changeParts({ state, call, name: UserName }, ({ accessKeys }) =>
      keyIn(accessKeys, AccessKeyId) === undefined
        ? noSuchKey(AccessKeyId)
        : ok({
            accessKeys: accessKeys.map((key) => (key.accessKeyId === AccessKeyId ? { ...key, status: Status } : key)),
          }),
    ),
);

/** `iam:DeleteAccessKey`. */
const deleteAccessKey = operation(
  'iam:DeleteAccessKey',
  z.object({ UserName: userName.optional(), AccessKeyId: accessKeyId }),
  (state, { UserName, AccessKeyId }, call) =>
    changeParts({ state, call, name: UserName }, ({ accessKeys }) =>
      keyIn(accessKeys, AccessKeyId) === undefined
        ? noSuchKey(AccessKeyId)
        : ok({ accessKeys: accessKeys.filter((key) => key.accessKeyId !== AccessKeyId) }),
    ),
);

/** `iam:GetAccessKeyLastUsed`: of a key that the account does not have, nobody may know anything. */
const getAccessKeyLastUsed = readOperation(
  'iam:GetAccessKeyLastUsed',
  z.object({ AccessKeyId: accessKeyId }),
  (state, { AccessKeyId }, { caller }) => {
    const owner = state.users.get(state.indexes.accessKeyOwners.get(AccessKeyId) ?? '');
    const key = keyIn((owner ?? state.root).accessKeys, AccessKeyId);
    if (key !== undefined) return ok({ UserName: owner?.userName, AccessKeyLastUsed: accessKeyLastUsedView(key) });
    const who = identityOf(state, caller)?.arn ?? '';
    const message = `User: ${who} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key ${AccessKeyId}`;
    return awsError('AccessDenied', message);
  },
);

const keyIn = (keys: HolderParts['accessKeys'], id: string): AccessKeyState | undefined =>
  keys.find((key) => key.accessKeyId === id);

const noSuchKey = (id: string) => awsError('NoSuchEntity', `The Access Key with id ${id} cannot be found.`);

/** The operations on single access keys. */
export const accessKeyOperations = [createAccessKey, updateAccessKey, deleteAccessKey, getAccessKeyLastUsed];
