import { inflateSync } from 'node:zlib';
import {
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  type EnableMFADeviceCommandInput,
  GetMFADeviceCommand,
  type IAMClient,
  ListMFADevicesCommand,
  ListMFADeviceTagsCommand,
  ListVirtualMFADevicesCommand,
  ResyncMFADeviceCommand,
  TagMFADeviceCommand,
  UntagMFADeviceCommand,
} from '@aws-sdk/client-iam';
import decodeQR from 'qr/decode.js';
import { describe, expect, it } from 'vitest';
import { totpCode } from '../../src/account/one-time-code.ts';
import { runningAccount } from './running-account.ts';

const account = '{ alias: acme, users: [{ userName: Bob }, { userName: Eve }] }';
const UserName = 'Bob';
const SerialNumber = 'arn:aws:iam::123456789012:mfa/phone';
const start = Date.parse('2026-01-31T12:00:00Z') / 30_000;

const newDevice = async (iam: IAMClient): Promise<string> => {
  const { VirtualMFADevice } = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone' }));
  return Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString();
};

/** The two codes that a device shows around a step. */
const codes = (seed: string, step: number) => ({
  AuthenticationCode1: totpCode(seed, step - 1),
  AuthenticationCode2: totpCode(seed, step),
});

const enable = (iam: IAMClient, input: Partial<EnableMFADeviceCommandInput>) =>
  iam.send(
    new EnableMFADeviceCommand({
      UserName,
      SerialNumber,
      AuthenticationCode1: '111111',
      AuthenticationCode2: '222222',
      ...input,
    }),
  );

/** The text of a QR code in a PNG with one bit a pixel and no filters. */
const textOfPng = (png: Uint8Array): string => {
  const file = Buffer.from(png);
  const side = file.readUInt32BE(16);
  const at = file.indexOf('IDAT');
  const rows = inflateSync(file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4)));
  const stride = 1 + Math.ceil(side / 8);
  const data = Array.from({ length: side * side }, (_, pixel) => {
    const x = pixel % side;
    const byte = rows[Math.floor(pixel / side) * stride + 1 + (x >> 3)] ?? 0;
    const grey = ((byte >> (7 - (x & 7))) & 1) * 255;
    return [grey, grey, grey, 255];
  }).flat();
  return decodeQR({ width: side, height: side, data: Uint8Array.from(data) });
};

describe('a virtual MFA device', () => {
  it('is made with a seed, and a picture that an authenticator reads', async () => {
    const { iam, endpoint } = await runningAccount(account);
    const { VirtualMFADevice } = await iam.send(
      new CreateVirtualMFADeviceCommand({
        VirtualMFADeviceName: 'phone',
        Path: '/x/',
        Tags: [{ Key: 'k', Value: 'v' }],
      }),
    );
    expect(VirtualMFADevice?.SerialNumber).toBe('arn:aws:iam::123456789012:mfa/x/phone');
    expect(VirtualMFADevice?.Tags).toEqual([{ Key: 'k', Value: 'v' }]);
    const seed = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString();
    expect(seed).toMatch(/^[A-Z2-7]{64}$/);
    expect(textOfPng(VirtualMFADevice?.QRCodePNG ?? new Uint8Array())).toBe(`otpauth://totp/phone@acme?secret=${seed}`);
    expect(await (await fetch(`${endpoint}/_vigil/state`)).text()).not.toContain(seed);
    await expect(
      iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'phone', Path: '/x/' })),
    ).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'MFA device already exists.',
      $metadata: { httpStatusCode: 409 },
    });
  });

  it('is enabled by two codes that follow each other, and is nobody else’s then', async () => {
    const { iam } = await runningAccount(account);
    const seed = await newDevice(iam);
    const invalid = {
      name: 'InvalidAuthenticationCodeException',
      message: 'Authentication code for device is not valid.',
      $metadata: { httpStatusCode: 403 },
    };
    await expect(enable(iam, {})).rejects.toMatchObject(invalid);
    const { AuthenticationCode1, AuthenticationCode2 } = codes(seed, start);
    await expect(
      enable(iam, { AuthenticationCode1: AuthenticationCode2, AuthenticationCode2: AuthenticationCode1 }),
    ).rejects.toMatchObject(invalid);
    await enable(iam, codes(seed, start));
    const EnableDate = new Date('2026-01-31T12:00:00Z');
    expect((await iam.send(new ListMFADevicesCommand({ UserName }))).MFADevices).toEqual([
      { UserName, SerialNumber, EnableDate },
    ]);
    await expect(iam.send(new GetMFADeviceCommand({ SerialNumber }))).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining('Currently, only hardware FIDO security keys are supported.') as unknown,
    });
    await expect(enable(iam, codes(seed, start))).rejects.toMatchObject({
      message: `MFA Device for user ${UserName} already exists.`,
    });
    await expect(enable(iam, { UserName: 'Eve', ...codes(seed, start) })).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'MFA Device is already in use.',
    });
    await expect(iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'MFA VirtualDevice in use. Must deactivate first.',
      $metadata: { httpStatusCode: 409 },
    });
  });

  it('stays, unassigned, when it is deactivated, and then can be deleted', async () => {
    const { iam } = await runningAccount(account);
    const seed = await newDevice(iam);
    await enable(iam, codes(seed, start));
    const serials = async (AssignmentStatus: 'Assigned' | 'Unassigned' | 'Any') =>
      (await iam.send(new ListVirtualMFADevicesCommand({ AssignmentStatus }))).VirtualMFADevices?.length;
    expect([await serials('Assigned'), await serials('Unassigned'), await serials('Any')]).toEqual([1, 0, 1]);
    await expect(iam.send(new DeactivateMFADeviceCommand({ UserName: 'Eve', SerialNumber }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'MFA Device invalid for user.',
    });
    await iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }));
    expect([await serials('Assigned'), await serials('Unassigned'), await serials('Any')]).toEqual([0, 1, 1]);
    await iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }));
    await expect(iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `MFA Device with serial number ${SerialNumber} does not exist.`,
      $metadata: { httpStatusCode: 404 },
    });
    await expect(enable(iam, {})).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  it('whose clock went wrong is put right by two codes', async () => {
    const { iam, clock } = await runningAccount(account);
    const seed = await newDevice(iam);
    await enable(iam, codes(seed, start));
    clock.moveTo('2026-03-01T12:00:00Z');
    const anHourAgo = Date.parse('2026-03-01T11:00:00Z') / 30_000;
    const resync = (input: ReturnType<typeof codes>) =>
      iam.send(new ResyncMFADeviceCommand({ UserName, SerialNumber, ...input }));
    await resync(codes(seed, anHourAgo));
    await expect(resync(codes(seed, start))).rejects.toMatchObject({ name: 'InvalidAuthenticationCodeException' });
    await expect(
      iam.send(new ResyncMFADeviceCommand({ UserName: 'Eve', SerialNumber, ...codes(seed, anHourAgo) })),
    ).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  it('has tags', async () => {
    const { iam } = await runningAccount(account);
    await newDevice(iam);
    const tags = async () => (await iam.send(new ListMFADeviceTagsCommand({ SerialNumber }))).Tags;
    await iam.send(new TagMFADeviceCommand({ SerialNumber, Tags: [{ Key: 'k', Value: 'v' }] }));
    expect(await tags()).toEqual([{ Key: 'k', Value: 'v' }]);
    await iam.send(new UntagMFADeviceCommand({ SerialNumber, TagKeys: ['k'] }));
    expect(await tags()).toEqual([]);
    await expect(iam.send(new ListMFADeviceTagsCommand({ SerialNumber: `${SerialNumber}2` }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });
});

describe('hardware MFA devices', () => {
  it('are enabled by their serial number, eight a user at most', async () => {
    const { iam } = await runningAccount('{ quotas: { MFADevicesPerUser: 1 }, users: [{ userName: Bob }] }');
    await expect(enable(iam, { SerialNumber: 'GAHT12345678', AuthenticationCode2: '111111' })).rejects.toMatchObject({
      name: 'InvalidAuthenticationCodeException',
    });
    await enable(iam, { SerialNumber: 'GAHT12345678' });
    await expect(enable(iam, { SerialNumber: 'GAHT87654321' })).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for MFADevicesPerUser: 1',
    });
    await expect(enable(iam, { SerialNumber: 'GAHT12345678' })).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
    });
    await iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber: 'GAHT12345678' }));
    await expect(iam.send(new GetMFADeviceCommand({ SerialNumber: 'GAHT12345678' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });

  it('show codes of six digits', async () => {
    const { iam } = await runningAccount(account);
    await expect(
      enable(iam, { SerialNumber: 'GAHT12345678', AuthenticationCode1: '12345', AuthenticationCode2: 'abcdef' }),
    ).rejects.toMatchObject({ name: 'ValidationError' });
  });
});
