import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import { withUser } from '../account-edits.ts';
import type { AccountState, UserState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { UploadedState } from '../credential-state.ts';
import { operation, readOperation } from '../operation.ts';
import { checkQuota } from '../quotas.ts';
import { parseSshPublicKey, type SshPublicKey } from '../ssh-public-key.ts';
import { newUniqueId } from '../unique-id.ts';
import { findUser } from './account-entities.ts';
import { sshPublicKeyView } from './credential-views.ts';
import { credentialStatus, latinText, newUserName } from './input.ts';

const oneKey = z.object({
  UserName: newUserName,
  SSHPublicKeyId: z
    .string()
    .min(20)
    .max(128)
    .regex(/^[\w]+$/),
});

const keyView = ({ userName }: UserState, key: UploadedState, body: string) => ({
  UserName: userName,
  ...sshPublicKeyView(key),
  Fingerprint: key.fingerprint,
  SSHPublicKeyBody: body,
});

/** `iam:UploadSSHPublicKey`: an RSA key of 2048 bits or more, in SSH or PEM encoding. */
const uploadSshPublicKey = operation(
  'iam:UploadSSHPublicKey',
  z.object({ UserName: newUserName, SSHPublicKeyBody: latinText(16_384) }),
  (state, { UserName, SSHPublicKeyBody }, { now, random }) => {
    const user = findUser(state, UserName);
    if (!user.ok) return user;
    const parsed = readable(SSHPublicKeyBody);
    if (!parsed.ok) return parsed;
    const { fingerprint } = parsed.value;
    const { sshPublicKeys } = user.value;
    if (sshPublicKeys.some((key) => key.fingerprint === fingerprint)) {
      return awsError('DuplicateSSHPublicKey', 'The SSH public key is already associated with the specified IAM user.');
    }
    const allowed = checkQuota(state, 'SSHPublicKeysPerUser', sshPublicKeys.length + 1);
    if (!allowed.ok) return allowed;
    const key: UploadedState = {
      id: newUniqueId('APKA', random),
      status: 'Active',
      uploadDate: now,
      body: SSHPublicKeyBody,
      fingerprint,
    };
    return ok({
      state: withUser(state, { ...user.value, sshPublicKeys: [...sshPublicKeys, key] }),
      answer: { SSHPublicKey: keyView(user.value, key, SSHPublicKeyBody) },
    });
  },
);

const readable = (body: string): Result<SshPublicKey, AwsError> => {
  const parsed = parseSshPublicKey(body);
  if (parsed === 'unrecognized') return awsError('UnrecognizedPublicKeyEncoding', INVALID_KEY);
  return parsed === 'invalid' ? awsError('InvalidPublicKey', INVALID_KEY) : ok(parsed);
};

const INVALID_KEY = 'Invalid public key uploaded.';

/** A user and one of the user's keys. */
const findKey = (
  state: AccountState,
  { UserName, SSHPublicKeyId }: z.output<typeof oneKey>,
): Result<{ readonly user: UserState; readonly key: UploadedState }, AwsError> => {
  const user = findUser(state, UserName);
  if (!user.ok) return user;
  const key = user.value.sshPublicKeys.find(({ id }) => id === SSHPublicKeyId);
  return key === undefined
    ? awsError('NoSuchEntity', `The Public Key with id ${SSHPublicKeyId} cannot be found.`)
    : ok({ user: user.value, key });
};

/** `iam:GetSSHPublicKey`: in the encoding asked for. */
const getSshPublicKey = readOperation(
  'iam:GetSSHPublicKey',
  oneKey.extend({ Encoding: z.enum(['SSH', 'PEM']) }),
  (state, input) => {
    const found = findKey(state, input);
    if (!found.ok) return found;
    const { user, key } = found.value;
    const parsed = parseSshPublicKey(key.body);
    const body = typeof parsed === 'string' ? key.body : input.Encoding === 'SSH' ? parsed.ssh : parsed.pem;
    return ok({ SSHPublicKey: keyView(user, key, body) });
  },
);

/** `iam:UpdateSSHPublicKey`. */
const updateSshPublicKey = operation(
  'iam:UpdateSSHPublicKey',
  oneKey.extend({ Status: credentialStatus }),
  (state, input) => {
    const found = findKey(state, input);
    if (!found.ok) return found;
    const { user, key } = found.value;
    const sshPublicKeys = user.sshPublicKeys.map((each) => (each === key ? { ...key, status: input.Status } : each));
    return ok({ state: withUser(state, { ...user, sshPublicKeys }), answer: {} });
  },
);

/** `iam:DeleteSSHPublicKey`. */
const deleteSshPublicKey = operation('iam:DeleteSSHPublicKey', oneKey, (state, input) => {
  const found = findKey(state, input);
  if (!found.ok) return found;
  const { user, key } = found.value;
  const sshPublicKeys = user.sshPublicKeys.filter((each) => each !== key);
  return ok({ state: withUser(state, { ...user, sshPublicKeys }), answer: {} });
});

/** The operations on single SSH public keys. */
export const sshPublicKeyOperations = [uploadSshPublicKey, getSshPublicKey, updateSshPublicKey, deleteSshPublicKey];
