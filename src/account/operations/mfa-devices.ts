import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import { type AccountState, nameKey } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import type { MfaDeviceState, VirtualMfaDeviceState } from '../credential-state.ts';
import { operation, readOperation } from '../operation.ts';
import { checkQuota } from '../quotas.ts';
import { clockShownBy } from '../totp.ts';
import { findUser } from './account-entities.ts';
import { type Holder, holderOf, ownerName, partsOf, withParts } from './holders.ts';
import { serialNumber, userName } from './input.ts';

const code = z
  .string()
  .min(6)
  .max(6)
  .regex(/^[\d]+$/);

const twoCodes = z.object({
  UserName: userName,
  SerialNumber: serialNumber,
  AuthenticationCode1: code,
  AuthenticationCode2: code,
});

const clockOf = (
  state: AccountState,
  input: z.output<typeof twoCodes>,
  now: Call['now'],
  purpose: 'enable' | 'resync',
): Result<Pick<MfaDeviceState, 'driftSteps' | 'lastStep'>, AwsError> => {
  const codes = [input.AuthenticationCode1, input.AuthenticationCode2] as const;
  const device = state.virtualMfaDevices.get(input.SerialNumber);
  // The seed of a hardware device is its maker's secret: any two codes pass for it, as long as they differ.
  const unknown = codes[0] === codes[1] ? null : { driftSteps: 0, lastStep: 0 };
  const clock = device === undefined ? unknown : clockShownBy(device.seed, codes, now, purpose);
  return clock === null
    ? awsError('InvalidAuthenticationCode', 'Authentication code for device is not valid.')
    : ok(clock);
};

/** `iam:EnableMFADevice`: a virtual device that was made before, or a hardware device. */
const enableMfaDevice = operation('iam:EnableMFADevice', twoCodes, (state, input, call) => {
  const { UserName, SerialNumber } = input;
  const user = findUser(state, UserName);
  if (!user.ok) return user;
  const device = state.virtualMfaDevices.get(SerialNumber);
  if (device === undefined && SerialNumber.startsWith('arn:')) return noSuchDevice(SerialNumber);
  if (user.value.mfaDevices.some((each) => each.serialNumber === SerialNumber)) {
    return awsError('EntityAlreadyExists', `MFA Device for user ${UserName} already exists.`);
  }
  if ((device?.assignedTo ?? null) !== null || state.indexes.mfaDeviceOwners.has(SerialNumber)) {
    return awsError('EntityAlreadyExists', 'MFA Device is already in use.');
  }
  const { mfaDevices } = user.value;
  const allowed = checkQuota(state, 'MFADevicesPerUser', mfaDevices.length + 1);
  if (!allowed.ok) return allowed;
  const clock = clockOf(state, input, call.now, 'enable');
  if (!clock.ok) return clock;
  const enabled = { serialNumber: SerialNumber, enableDate: call.now, ...clock.value };
  const assigned = withAssignment(state, device, { kind: 'user', nameKey: nameKey(UserName) });
  return ok({ state: withParts(assigned, user.value, { mfaDevices: [...mfaDevices, enabled] }), answer: {} });
});

/** AWS's refusal of a device that is not there. */
export const noSuchDevice = (serial: string): Result<never, AwsError> =>
  awsError('NoSuchEntity', `MFA Device with serial number ${serial} does not exist.`);

const withAssignment = (
  state: AccountState,
  device: VirtualMfaDeviceState | undefined,
  assignedTo: VirtualMfaDeviceState['assignedTo'],
): AccountState =>
  device === undefined
    ? state
    : {
        ...state,
        virtualMfaDevices: state.virtualMfaDevices.set(device.serialNumber, { ...device, assignedTo }),
      };

/** A device of a holder's, or AWS's refusal of one that is not. */
const deviceOf = (state: AccountState, holder: Holder, serial: string): Result<MfaDeviceState, AwsError> => {
  const device = partsOf(state, holder).mfaDevices.find((each) => each.serialNumber === serial);
  if (device !== undefined) return ok(device);
  const isSomewhere = state.virtualMfaDevices.has(serial) || state.indexes.mfaDeviceOwners.has(serial);
  return isSomewhere ? awsError('NoSuchEntity', 'MFA Device invalid for user.') : noSuchDevice(serial);
};

/** `iam:ResyncMFADevice`. */
const resyncMfaDevice = operation('iam:ResyncMFADevice', twoCodes, (state, input, call) => {
  const user = findUser(state, input.UserName);
  if (!user.ok) return user;
  const device = deviceOf(state, user.value, input.SerialNumber);
  if (!device.ok) return device;
  const clock = clockOf(state, input, call.now, 'resync');
  if (!clock.ok) return clock;
  const mfaDevices = user.value.mfaDevices.map((each) => (each === device.value ? { ...each, ...clock.value } : each));
  return ok({ state: withParts(state, user.value, { mfaDevices }), answer: {} });
});

/** `iam:DeactivateMFADevice`: a virtual device stays, assigned to nobody. */
const deactivateMfaDevice = operation(
  'iam:DeactivateMFADevice',
  z.object({ UserName: userName.optional(), SerialNumber: serialNumber }),
  (state, { UserName, SerialNumber }, call) => {
    const holder = holderOf(state, UserName, call);
    if (!holder.ok) return holder;
    const device = deviceOf(state, holder.value, SerialNumber);
    if (!device.ok) return device;
    const mfaDevices = partsOf(state, holder.value).mfaDevices.filter((each) => each !== device.value);
    const without = withParts(state, holder.value, { mfaDevices });
    return ok({ state: withAssignment(without, state.virtualMfaDevices.get(SerialNumber), null), answer: {} });
  },
);

/** `iam:GetMFADevice`: of the user named, or of whoever has it. As recorded from AWS it tells of no virtual device. */
const getMfaDevice = readOperation(
  'iam:GetMFADevice',
  z.object({ UserName: userName.optional(), SerialNumber: serialNumber }),
  (state, { UserName, SerialNumber }) => {
    if (/^arn:[^:]+:iam::\d+:mfa\//.test(SerialNumber)) return awsError('ValidationError', NOT_VIRTUAL);
    const owner = state.users.get(state.indexes.mfaDeviceOwners.get(SerialNumber) ?? '');
    const holder: Result<Holder, AwsError> = UserName === undefined ? ok(owner ?? 'root') : findUser(state, UserName);
    if (!holder.ok) return holder;
    const device = deviceOf(state, holder.value, SerialNumber);
    return device.ok
      ? ok({ UserName: ownerName(holder.value), SerialNumber, EnableDate: device.value.enableDate })
      : noSuchDevice(SerialNumber);
  },
);

const NOT_VIRTUAL =
  'The MFA device serial number sent in the request is invalid or not supported by this API. Currently, only hardware FIDO security keys are supported. Please use the compatible device or API.';

/** The operations on the MFA devices that users have. */
export const mfaDeviceOperations = [enableMfaDevice, resyncMfaDevice, deactivateMfaDevice, getMfaDevice];
