import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import type { AccountState, RootState, UserState } from '../account-state.ts';
import type { AwsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { type Answer, readOperation } from '../operation.ts';
import { findUser } from './account-entities.ts';
import { callerIn } from './callers.ts';
import { accessKeyView, mfaDeviceView, signingCertificateView, sshPublicKeyView } from './credential-views.ts';
import { paging, userName } from './input.ts';
import { type PageInput, page, wholeList } from './page.ts';

const ofHolder = z.object({ UserName: userName.optional(), ...paging });

/** Answers a page of a list that a user has, the caller where no user is named, and the root user too if it has it. */
const pageOfHolder = <T extends object>(
  list: string,
  member: string,
  { state, input, call }: { state: AccountState; input: PageInput & { UserName?: string | undefined }; call: Call },
  entriesOf: (holder: UserState | RootState) => readonly T[],
): Result<Answer, AwsError> => {
  const holder = input.UserName === undefined ? callerIn(state, call) : findUser(state, input.UserName);
  if (!holder.ok) return holder;
  const { value } = holder;
  const entries = page(list, input, wholeList(entriesOf(value === 'root' ? state.root : value)));
  if (!entries.ok) return entries;
  const owner = value === 'root' ? {} : { UserName: value.userName };
  return ok({ [member]: entries.value.items.map((entry) => ({ ...owner, ...entry })), ...entries.value.more });
};

/** `iam:ListAccessKeys`. */
const listAccessKeys = readOperation('iam:ListAccessKeys', ofHolder, (state, input, call) =>
  pageOfHolder('ListAccessKeys', 'AccessKeyMetadata', { state, input, call }, ({ accessKeys }) =>
    accessKeys.map(accessKeyView),
  ),
);

/** `iam:ListMFADevices`. */
const listMfaDevices = readOperation('iam:ListMFADevices', ofHolder, (state, input, call) =>
  pageOfHolder('ListMFADevices', 'MFADevices', { state, input, call }, ({ mfaDevices }) =>
    mfaDevices.map(mfaDeviceView),
  ),
);

/** `iam:ListSSHPublicKeys`. */
const listSshPublicKeys = readOperation('iam:ListSSHPublicKeys', ofHolder, (state, input, call) =>
  pageOfHolder('ListSSHPublicKeys', 'SSHPublicKeys', { state, input, call }, (holder) =>
    'sshPublicKeys' in holder ? holder.sshPublicKeys.map(sshPublicKeyView) : [],
  ),
);

/** `iam:ListSigningCertificates`. */
const listSigningCertificates = readOperation('iam:ListSigningCertificates', ofHolder, (state, input, call) =>
  pageOfHolder('ListSigningCertificates', 'Certificates', { state, input, call }, ({ signingCertificates }) =>
    signingCertificates.map(signingCertificateView),
  ),
);

/** The operations that read users' credentials. */
export const credentialOperations = [listAccessKeys, listMfaDevices, listSshPublicKeys, listSigningCertificates];
