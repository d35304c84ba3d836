import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import type { AccountState, RootState, UserState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { type Answer, readOperation } from '../operation.ts';
import { findUser } from './account-entities.ts';
import { callerIn } from './callers.ts';
import {
  accessKeyView,
  mfaDeviceView,
  serviceSpecificCredentialView,
  signingCertificateView,
  sshPublicKeyView,
} from './credential-views.ts';
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

/** `iam:ListServiceSpecificCredentials`, of one user or of all. */
const listServiceSpecificCredentials = readOperation(
  'iam:ListServiceSpecificCredentials',
  ofHolder.extend({ ServiceName: z.string().optional(), AllUsers: z.boolean().default(false) }),
  (state, input, call) => {
    const matching = (user: UserState) =>
      user.serviceSpecificCredentials
        .filter(({ serviceName }) => input.ServiceName === undefined || serviceName === input.ServiceName)
        .map(serviceSpecificCredentialView);
    if (!input.AllUsers) {
      return pageOfHolder(LIST_CREDENTIALS, CREDENTIALS, { state, input, call }, (holder) =>
        'serviceSpecificCredentials' in holder ? matching(holder) : [],
      );
    }
    if (input.UserName !== undefined) {
      return awsError('ValidationError', 'AllUsers and UserName cannot be specified together.');
    }
    const everybodys = [...state.users.values()].flatMap((user) =>
      matching(user).map((credential) => ({ UserName: user.userName, ...credential })),
    );
    const credentials = page(LIST_CREDENTIALS, input, wholeList(everybodys));
    return credentials.ok ? ok({ [CREDENTIALS]: credentials.value.items, ...credentials.value.more }) : credentials;
  },
);

const LIST_CREDENTIALS = 'ListServiceSpecificCredentials';
const CREDENTIALS = 'ServiceSpecificCredentials';

/** The operations that read users' credentials. */
export const credentialOperations = [
  listAccessKeys,
  listMfaDevices,
  listSshPublicKeys,
  listSigningCertificates,
  listServiceSpecificCredentials,
];
