import {
  ListAccessKeysCommand,
  ListMFADevicesCommand,
  ListServiceSpecificCredentialsCommand,
  ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand,
  type ServiceSpecificCredentialMetadata,
} from '@aws-sdk/client-iam';
import type {
  AccessKeyDocument,
  MfaDevicesDocument,
  ServiceSpecificCredentialDocument,
  SigningCertificateDocument,
  SshPublicKeyDocument,
} from '../../snapshot/snapshot-documents.ts';
import type { SourceAction } from './actions.ts';
import { allPages, isoTime, isoTimeOrAbsent, required } from './answers.ts';
import type { ReadDocuments, Reader } from './reader.ts';
import type { UserRef } from './reported-users.ts';

/**
 * Who has to be asked about one by one, so that nothing is asked that a list already tells. The credential report tells
 * who has access keys, MFA or signing certificates; whom it does not know is asked about everything. Nothing tells who
 * has SSH public keys: that is one call a user, which at the default pace of 20 a second takes 250 seconds for the
 * 5,000 users that an account may have.
 */
export const usersToAsk = (users: readonly UserRef[], virtualMfaUsers: ReadonlySet<string>) => ({
  accessKeys: users.filter(({ reported }) => reported === null || reported.accessKeys.length > 0),
  mfaDevices: users.filter(
    ({ reported, arn }) => (reported === null || reported.mfaActive) && !virtualMfaUsers.has(arn),
  ),
  sshPublicKeys: users,
  signingCertificates: users.filter(({ reported }) => reported === null || reported.hasSigningCertificate),
});

/** What calls for each user told; what is null or absent is a gap. */
export interface UserCredentials {
  /** Without their last use. */
  readonly accessKeys: readonly AccessKeyDocument[] | null;
  readonly mfaDevices: MfaDevicesDocument['MFADevices'] | null;
  readonly documents: ReadDocuments;
}

/** Asks about users one by one. */
export const collectUserCredentials = async (
  reader: Reader,
  ask: ReturnType<typeof usersToAsk>,
): Promise<UserCredentials> => {
  const [accessKeys, mfaDevices, sshPublicKeys, certificates] = await Promise.all([
    collectAccessKeys(reader, ask.accessKeys),
    collectMfaDevices(reader, ask.mfaDevices),
    collectSshPublicKeys(reader, ask.sshPublicKeys),
    collectSigningCertificates(reader, ask.signingCertificates),
  ]);
  const documents = {
    ...(sshPublicKeys && { sshPublicKeys: { SSHPublicKeys: sshPublicKeys } }),
    ...(certificates && { signingCertificates: { Certificates: certificates } }),
  };
  return { accessKeys, mfaDevices, documents };
};

const collectAccessKeys = async (reader: Reader, users: readonly UserRef[]) =>
  forEachUser(reader, 'iam:ListAccessKeys', users, (UserName) =>
    allPages(
      (Marker) => reader.iam.send(new ListAccessKeysCommand({ UserName, Marker })),
      (page): readonly AccessKeyDocument[] =>
        (page.AccessKeyMetadata ?? []).map((key) => ({
          UserName,
          AccessKeyId: required(key.AccessKeyId, 'AccessKeyId'),
          Status: required(key.Status, 'Status'),
          CreateDate: isoTime(required(key.CreateDate, 'CreateDate')),
        })),
    ),
  );

const collectMfaDevices = async (reader: Reader, users: readonly UserRef[]) =>
  forEachUser(reader, 'iam:ListMFADevices', users, (UserName) =>
    allPages(
      (Marker) => reader.iam.send(new ListMFADevicesCommand({ UserName, Marker })),
      (page): NonNullable<MfaDevicesDocument['MFADevices']> =>
        (page.MFADevices ?? []).map(({ SerialNumber, EnableDate }) => ({
          UserName,
          SerialNumber: required(SerialNumber, 'SerialNumber'),
          EnableDate: isoTimeOrAbsent(EnableDate),
        })),
    ),
  );

const collectSshPublicKeys = async (reader: Reader, users: readonly UserRef[]) =>
  forEachUser(reader, 'iam:ListSSHPublicKeys', users, (UserName) =>
    allPages(
      (Marker) => reader.iam.send(new ListSSHPublicKeysCommand({ UserName, Marker })),
      (page): readonly SshPublicKeyDocument[] =>
        (page.SSHPublicKeys ?? []).map(({ SSHPublicKeyId, Status, UploadDate }) => ({
          UserName,
          SSHPublicKeyId: required(SSHPublicKeyId, 'SSHPublicKeyId'),
          Status: required(Status, 'Status'),
          UploadDate: isoTimeOrAbsent(UploadDate),
        })),
    ),
  );

const collectSigningCertificates = async (reader: Reader, users: readonly UserRef[]) =>
  forEachUser(reader, 'iam:ListSigningCertificates', users, (UserName) =>
    allPages(
      (Marker) => reader.iam.send(new ListSigningCertificatesCommand({ UserName, Marker })),
      (page): readonly SigningCertificateDocument[] =>
        (page.Certificates ?? []).map(({ CertificateId, Status, UploadDate }) => ({
          UserName,
          CertificateId: required(CertificateId, 'CertificateId'),
          Status: required(Status, 'Status'),
          UploadDate: isoTimeOrAbsent(UploadDate),
        })),
    ),
  );

/** The service-specific credentials of the whole account, in one run of pages, without their passwords. */
export const collectServiceSpecificCredentials = async (reader: Reader): Promise<ReadDocuments> => {
  const credentials = await reader.read('iam:ListServiceSpecificCredentials', () =>
    allPages(
      (Marker) => reader.iam.send(new ListServiceSpecificCredentialsCommand({ AllUsers: true, Marker })),
      (page) => (page.ServiceSpecificCredentials ?? []).map(serviceSpecificCredential),
    ),
  );
  return credentials === null ? {} : { serviceSpecificCredentials: { ServiceSpecificCredentials: credentials } };
};

const serviceSpecificCredential = (
  credential: ServiceSpecificCredentialMetadata,
): ServiceSpecificCredentialDocument => ({
  UserName: required(credential.UserName, 'UserName'),
  ServiceSpecificCredentialId: required(credential.ServiceSpecificCredentialId, 'ServiceSpecificCredentialId'),
  ServiceName: required(credential.ServiceName, 'ServiceName'),
  Status: required(credential.Status, 'Status'),
  CreateDate: isoTime(required(credential.CreateDate, 'CreateDate')),
  ExpirationDate: isoTimeOrAbsent(credential.ExpirationDate),
});

/** What calls for each user answer, all together; null: a gap about all of them. */
const forEachUser = async <T>(
  reader: Reader,
  action: SourceAction,
  users: readonly UserRef[],
  list: (userName: string) => Promise<readonly T[]>,
): Promise<readonly T[] | null> => {
  const lists = await reader.readEach(
    action,
    users,
    ({ arn }) => arn,
    ({ userName }) => list(userName),
  );
  return lists?.flatMap((entries) => entries ?? []) ?? null;
};

/** Notes that nobody could be asked about: neither the authorization details nor the credential report was read. */
export const noteUnknownUsers = (reader: Reader): void => {
  const reason = reader.gaps().some((gap) => gap.reason === 'denied') ? 'denied' : 'failed';
  const detail = 'not asked: neither the authorization details nor the credential report could be read for the users';
  for (const action of USER_ACTIONS) reader.note({ action, subject: null, reason, detail });
};

const USER_ACTIONS = [
  'iam:ListAccessKeys',
  'iam:ListMFADevices',
  'iam:ListSSHPublicKeys',
  'iam:ListSigningCertificates',
] as const satisfies readonly SourceAction[];
