import type { Instant } from '../../kernel/time.ts';
import type { AccountState } from '../account-state.ts';
import type {
  AccessKeyState,
  MfaDeviceState,
  ServiceSpecificCredentialState,
  UploadedState,
  VirtualMfaDeviceState,
} from '../credential-state.ts';
import { rootView, userListView } from './views.ts';

// The shapes of users' credentials; of the first ones the user name is left to the caller.

/** The shape `AccessKeyLastUsed`; an unused key has `N/A` and no date. */
export const accessKeyLastUsedView = ({ lastUsed }: AccessKeyState) =>
  lastUsed === null
    ? { ServiceName: 'N/A', Region: 'N/A' }
    : { LastUsedDate: lastUsed.date, ServiceName: lastUsed.service, Region: lastUsed.region };

/** The shape `AccessKeyMetadata`, without the user name. */
export const accessKeyView = ({ accessKeyId, status, createDate }: AccessKeyState) => ({
  AccessKeyId: accessKeyId,
  Status: status,
  CreateDate: createDate,
});

/** The shape `MFADevice`, without the user name. */
export const mfaDeviceView = ({ serialNumber, enableDate }: MfaDeviceState) => ({
  SerialNumber: serialNumber,
  EnableDate: enableDate,
});

/** The shape `SSHPublicKeyMetadata`, without the user name. */
export const sshPublicKeyView = ({ id, status, uploadDate }: UploadedState) => ({
  SSHPublicKeyId: id,
  Status: status,
  UploadDate: uploadDate,
});

/** The shape `SigningCertificate`, without the user name. */
export const signingCertificateView = ({ id, status, uploadDate, body }: UploadedState) => ({
  CertificateId: id,
  CertificateBody: body,
  Status: status,
  UploadDate: uploadDate,
});

/** The shape `ServiceSpecificCredentialMetadata`, without the user name. */
export const serviceSpecificCredentialView = (credential: ServiceSpecificCredentialState, now: Instant) => ({
  ServiceSpecificCredentialId: credential.id,
  ServiceUserName: credential.serviceUserName ?? undefined,
  ServiceCredentialAlias: credential.serviceCredentialAlias ?? undefined,
  ServiceName: credential.serviceName,
  Status: credential.expirationDate !== null && credential.expirationDate <= now ? 'Expired' : credential.status,
  CreateDate: credential.createDate,
  ExpirationDate: credential.expirationDate ?? undefined,
});

/** The shape `VirtualMFADevice`; one that belongs to nobody has no user and no date. */
export const virtualMfaDeviceView = (state: AccountState, device: VirtualMfaDeviceState) => {
  const { serialNumber, assignedTo } = device;
  const user = assignedTo?.kind === 'user' ? state.users.get(assignedTo.nameKey) : undefined;
  const holder = assignedTo?.kind === 'root' ? state.root : user;
  const view = user === undefined ? rootView(state) : userListView(user);
  return {
    SerialNumber: serialNumber,
    EnableDate: holder?.mfaDevices.find((used) => used.serialNumber === serialNumber)?.enableDate,
    User: holder === undefined ? undefined : view,
  };
};
