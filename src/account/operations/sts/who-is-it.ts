import { z } from 'zod';
import { ok } from '../../../kernel/result.ts';
import { accountOfAccessKeyId } from '../../access-key-id.ts';
import { decodeAuthorizationMessage } from '../../authorization-message.ts';
import { awsError } from '../../aws-error.ts';
import { identityOf } from '../../caller-identity.ts';
import { cloudOperation, readOperation } from '../../operation.ts';
import { ROOT_ACCESS_KEY_ID } from '../../signer.ts';

/** `sts:GetCallerIdentity`. */
export const getCallerIdentity = readOperation('sts:GetCallerIdentity', z.object({}), (state, _input, call) => {
  const identity = identityOf(state, call.caller);
  if (identity === null)
    return awsError('InvalidClientTokenId', 'The security token included in the request is invalid.');
  return ok({ UserId: identity.userId, Account: state.accountId, Arn: identity.arn });
});

/** `sts:GetAccessKeyInfo`: the account that a key id is of, whether or not the key is active, or still there. */
export const getAccessKeyInfo = {
  ...cloudOperation(
    'sts:GetAccessKeyInfo',
    z.object({
      AccessKeyId: z
        .string()
        .min(16)
        .max(128)
        .regex(/^[\w]*$/),
    }),
    (cloud, { AccessKeyId }, call) => {
      const holder = [...cloud.accounts.values()].find(
        ({ indexes, root }) =>
          indexes.accessKeyOwners.has(AccessKeyId) || root.accessKeys.some((key) => key.accessKeyId === AccessKeyId),
      );
      const own = AccessKeyId === ROOT_ACCESS_KEY_ID ? call.account.accountId : null;
      const Account = holder?.accountId ?? own ?? accountOfAccessKeyId(AccessKeyId);
      return Account === null
        ? awsError('ValidationError', `The access key ${AccessKeyId} is not valid.`)
        : ok({ cloud, answer: { Account } });
    },
  ),
  readOnly: true,
};

/** `sts:DecodeAuthorizationMessage`, of a message that came with a refusal of this emulator's. */
export const decodeMessage = readOperation(
  'sts:DecodeAuthorizationMessage',
  z.object({ EncodedMessage: z.string().min(1).max(10_240) }),
  (_state, { EncodedMessage }) => {
    const DecodedMessage = decodeAuthorizationMessage(EncodedMessage);
    return DecodedMessage === null
      ? awsError('InvalidAuthorizationMessageException', 'Invalid encoded authorization message')
      : ok({ DecodedMessage });
  },
);
