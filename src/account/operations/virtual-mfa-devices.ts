import { z } from 'zod';
import { iamArn } from '../../iam/arn.ts';
import { ok } from '../../kernel/result.ts';
import { awsError } from '../aws-error.ts';
import { base32 } from '../base32.ts';
import type { VirtualMfaDeviceState } from '../credential-state.ts';
import { operation, readOperation } from '../operation.ts';
import { qrCodePng } from '../qr-code.ts';
import { virtualMfaDeviceView } from './credential-views.ts';
import { deviceName, entityPath, paging, serialNumber } from './input.ts';
import { noSuchDevice } from './mfa-devices.ts';
import { page } from './page.ts';
import { tagOperations } from './tag-operations.ts';
import { MINDING_CASE, tagsInput, withTags } from './tags.ts';
import { tagsIfAny } from './views.ts';

/** The bytes that AWS makes a seed of: 64 letters in Base32. */
const SEED_BYTES = 40;

/** `iam:CreateVirtualMFADevice`: the only answer that ever holds the seed. */
const createVirtualMfaDevice = operation(
  'iam:CreateVirtualMFADevice',
  z.object({ Path: entityPath.default('/'), VirtualMFADeviceName: deviceName, Tags: tagsInput.default([]) }),
  (state, { Path, VirtualMFADeviceName, Tags }, call) => {
    const tags = withTags(new Map(), Tags, MINDING_CASE);
    if (!tags.ok) return tags;
    const arn = iamArn(state.partition, state.accountId, `mfa${Path}${VirtualMFADeviceName}`);
    if (state.virtualMfaDevices.has(arn)) {
      return awsError('EntityAlreadyExists', 'MFA device already exists.');
    }
    const seed = base32(call.random(SEED_BYTES));
    const device: VirtualMfaDeviceState = { serialNumber: arn, seed, assignedTo: null, tags: tags.value };
    const accountName = state.alias ?? state.accountId;
    return ok({
      state: { ...state, virtualMfaDevices: state.virtualMfaDevices.set(arn, device) },
      answer: {
        VirtualMFADevice: {
          SerialNumber: arn,
          Base32StringSeed: Buffer.from(seed, 'latin1'),
          // Source: `QRCodePNG` of the shape `VirtualMFADevice`, IAM API Reference.
          QRCodePNG: qrCodePng(`otpauth://totp/${VirtualMFADeviceName}@${accountName}?secret=${seed}`),
          Tags: tagsIfAny(tags.value),
        },
      },
    });
  },
);

/** `iam:DeleteVirtualMFADevice`: one that is assigned to nobody. */
const deleteVirtualMfaDevice = operation(
  'iam:DeleteVirtualMFADevice',
  z.object({ SerialNumber: serialNumber }),
  (state, { SerialNumber }) => {
    const device = state.virtualMfaDevices.get(SerialNumber);
    if (device === undefined) return noSuchDevice(SerialNumber);
    if (device.assignedTo !== null) {
      return awsError('DeleteConflict', 'MFA VirtualDevice in use. Must deactivate first.');
    }
    return ok({ state: { ...state, virtualMfaDevices: state.virtualMfaDevices.delete(SerialNumber) }, answer: {} });
  },
);

/** `iam:ListVirtualMFADevices`. */
const listVirtualMfaDevices = readOperation(
  'iam:ListVirtualMFADevices',
  z.object({ AssignmentStatus: z.enum(['Assigned', 'Unassigned', 'Any']).default('Any'), ...paging }),
  (state, input) => {
    const isWanted = (assigned: boolean): boolean =>
      input.AssignmentStatus === 'Any' || assigned === (input.AssignmentStatus === 'Assigned');
    const devices = page('ListVirtualMFADevices', input, function* (from) {
      for (const entry of state.virtualMfaDevices.entriesFrom(from)) {
        if (isWanted(entry[1].assignedTo !== null)) yield entry;
      }
    });
    if (!devices.ok) return devices;
    const { items, more } = devices.value;
    return ok({ VirtualMFADevices: items.map((device) => virtualMfaDeviceView(state, device)), ...more });
  },
);

/** The operations on virtual MFA devices as such. */
export const virtualMfaDeviceOperations = [
  createVirtualMfaDevice,
  deleteVirtualMfaDevice,
  listVirtualMfaDevices,
  ...tagOperations({
    noun: 'MFADevice',
    name: z.object({ SerialNumber: serialNumber }),
    find: (state, { SerialNumber }) => {
      const device = state.virtualMfaDevices.get(SerialNumber);
      return device === undefined ? noSuchDevice(SerialNumber) : ok(device);
    },
    save: (state, device) => ({
      ...state,
      virtualMfaDevices: state.virtualMfaDevices.set(device.serialNumber, device),
    }),
  }),
];
