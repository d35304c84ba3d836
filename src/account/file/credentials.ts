import { type Arn, iamArn, parseArn } from '../../iam/arn.ts';
import type { Instant } from '../../kernel/time.ts';
import { nameKey } from '../account-state.ts';
import { apiKeyPrefix } from '../credential-services.ts';
import type {
  AccessKeyState,
  LoginProfileState,
  MfaDeviceState,
  ServiceSpecificCredentialState,
  UploadedState,
  VirtualMfaDeviceState,
} from '../credential-state.ts';
import { OrderedMap } from '../ordered-map.ts';
import { hashPassword } from '../passwords.ts';
import { seedOfSerialNumber } from '../totp.ts';
import { uniqueId } from '../unique-id.ts';
import type { AccountFile } from './schema.ts';

type UserEntry = AccountFile['users'][number];

/** A user's password; its dates follow the user's where they are left out. */
export const loginProfile = (entry: UserEntry['password'], user: readonly string[], userCreated: Instant) => {
  if (entry === null) return null;
  const createDate = entry.createDate ?? userCreated;
  const profile: LoginProfileState = {
    createDate,
    lastChanged: entry.lastChanged ?? createDate,
    passwordResetRequired: entry.resetRequired,
    password: entry.password === null ? null : hashPassword(entry.password, uniqueId('AIDA', [...user, 'salt'])),
    formerPasswords: [],
  };
  return profile;
};

/** Access keys; ids that the file leaves out follow from the holder and the position. */
export const accessKeys = (
  file: AccountFile,
  entries: UserEntry['accessKeys'],
  holder: readonly string[],
): AccessKeyState[] =>
  entries.map(({ secretAccessKey, ...entry }, index) => ({
    ...entry,
    ...(secretAccessKey === null ? {} : { secretAccessKey }),
    accessKeyId: entry.accessKeyId ?? uniqueId('AKIA', [file.accountId, ...holder, String(index)]),
  }));

/** MFA devices. Virtual ones carry the ARN of a device of their holder's name, hardware ones a made-up number. */
export const mfaDevices = (file: AccountFile, entries: UserEntry['mfa'], holder: string): MfaDeviceState[] =>
  entries.map((entry, index) => ({
    serialNumber:
      entry.kind === 'virtual'
        ? virtualSerial(file, entry, holder, index)
        : (entry.serialNumber ?? hardwareSerial(file, holder, index)),
    enableDate: entry.enableDate,
    driftSteps: 0,
    lastStep: 0,
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
  entries.flatMap((entry, index) => {
    const serialNumber = virtualSerial(file, entry, holder, index);
    const seed = entry.seed ?? seedOfSerialNumber(serialNumber);
    return entry.kind === 'virtual' ? [[serialNumber, { serialNumber, seed, assignedTo, tags: new Map() }]] : [];
  });

/** The ARN that the file gives a virtual device, or else one of its holder's name. */
const virtualSerial = (
  file: AccountFile,
  { serialNumber }: UserEntry['mfa'][number],
  holder: string,
  index: number,
): Arn => {
  const given = serialNumber === null ? null : parseArn(serialNumber);
  if (given?.ok === true) return given.value;
  return iamArn(file.partition, file.accountId, `mfa/${holder}${index === 0 ? '' : `-${index + 1}`}`);
};

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
    const [id, uploaded] =
      'certificateId' in entry
        ? [
            entry.certificateId ?? `${uniqueId('AIDA', place).slice(4)}${uniqueId('AROA', place).slice(4)}`,
            entry.certificateBody,
          ]
        : [entry.sshPublicKeyId ?? uniqueId('APKA', place), entry.sshPublicKeyBody];
    return { id, status, uploadDate, ...(uploaded ?? { body: '', fingerprint: '' }) };
  });

/** Service-specific credentials; the user name of one is the user's with the account id, as IAM makes it. */
export const serviceSpecificCredentials = (
  file: AccountFile,
  entries: UserEntry['serviceSpecificCredentials'],
  userName: string,
): ServiceSpecificCredentialState[] =>
  entries.map(({ serviceSpecificCredentialId, serviceUserName, ...rest }, index) => {
    const name = serviceUserName ?? `${userName}-at-${file.accountId}`;
    const hasApiKeys = apiKeyPrefix(rest.serviceName) !== null;
    return {
      ...rest,
      id: serviceSpecificCredentialId ?? uniqueId('ACCA', [file.accountId, 'user', userName, String(index)]),
      serviceUserName: hasApiKeys ? null : name,
      serviceCredentialAlias: hasApiKeys ? name : null,
    };
  });
