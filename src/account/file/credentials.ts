import { iamArn } from '../../iam/arn.ts';
import {
  type AccessKeyState,
  type MfaDeviceState,
  nameKey,
  type ServiceSpecificCredentialState,
  type UploadedState,
  type VirtualMfaDeviceState,
} from '../account-state.ts';
import { OrderedMap } from '../ordered-map.ts';
import { uniqueId } from '../unique-id.ts';
import type { AccountFile } from './schema.ts';

type UserEntry = AccountFile['users'][number];

/** Access keys; ids that the file leaves out follow from the holder and the position. */
export const accessKeys = (
  file: AccountFile,
  entries: UserEntry['accessKeys'],
  holder: readonly string[],
): AccessKeyState[] =>
  entries.map((entry, index) => ({
    ...entry,
    accessKeyId: entry.accessKeyId ?? uniqueId('AKIA', [file.accountId, ...holder, String(index)]),
  }));

/** MFA devices. Virtual ones carry the ARN of a device of their holder's name, hardware ones a made-up number. */
export const mfaDevices = (file: AccountFile, entries: UserEntry['mfa'], holder: string): MfaDeviceState[] =>
  entries.map(({ kind, serialNumber, enableDate }, index) => ({
    serialNumber:
      serialNumber ?? (kind === 'virtual' ? virtualSerial(file, holder, index) : hardwareSerial(file, holder, index)),
    enableDate,
  }));

/** The virtual MFA devices of the root user and of all users, by serial number. */
export const virtualDevices = (file: AccountFile): OrderedMap<VirtualMfaDeviceState> =>
  OrderedMap.from([
    ...virtualDevicesOf(file, file.root.mfa, 'root-account-mfa-device', { kind: 'root' }),
    ...file.users.flatMap(({ mfa, userName }) =>
      virtualDevicesOf(file, mfa, userName, { kind: 'user', nameKey: nameKey(userName) }),
    ),
  ]);

const virtualDevicesOf = (
  file: AccountFile,
  entries: UserEntry['mfa'],
  holder: string,
  assignedTo: VirtualMfaDeviceState['assignedTo'],
): (readonly [string, VirtualMfaDeviceState])[] =>
  entries.flatMap(({ kind }, index) => {
    const serialNumber = virtualSerial(file, holder, index);
    return kind === 'virtual' ? [[serialNumber, { serialNumber, assignedTo, tags: new Map() }]] : [];
  });

const virtualSerial = (file: AccountFile, holder: string, index: number) =>
  iamArn(file.partition, file.accountId, `mfa/${holder}${index === 0 ? '' : `-${index + 1}`}`);

const hardwareSerial = (file: AccountFile, holder: string, index: number): string =>
  `GAHT${uniqueId('AKIA', [file.accountId, 'mfa', holder, String(index)]).slice(4, 12)}`;

/** SSH public keys and signing certificates. */
export const uploads = (
  file: AccountFile,
  entries: UserEntry['sshPublicKeys'] | UserEntry['signingCertificates'],
  holder: readonly string[],
): UploadedState[] =>
  entries.map((entry, index) => {
    const place = [file.accountId, ...holder, String(index)];
    const { status, uploadDate } = entry;
    return 'certificateId' in entry
      ? {
          id: entry.certificateId ?? `${uniqueId('AIDA', place).slice(4)}${uniqueId('AROA', place).slice(4)}`,
          status,
          uploadDate,
        }
      : { id: entry.sshPublicKeyId ?? uniqueId('APKA', place), status, uploadDate };
  });

/** Service-specific credentials; the user name of one is the user's with the account id, as IAM makes it. */
export const serviceSpecificCredentials = (
  file: AccountFile,
  entries: UserEntry['serviceSpecificCredentials'],
  userName: string,
): ServiceSpecificCredentialState[] =>
  entries.map(({ serviceSpecificCredentialId, serviceUserName, ...rest }, index) => ({
    ...rest,
    id: serviceSpecificCredentialId ?? uniqueId('ACCA', [file.accountId, 'user', userName, String(index)]),
    serviceUserName: serviceUserName ?? `${userName}-at-${file.accountId}`,
  }));
