import { ListVirtualMFADevicesCommand } from '@aws-sdk/client-iam';
import type { MfaDevicesDocument } from '../../snapshot/snapshot-documents.ts';
import { allPages, isoTimeOrAbsent, required } from './answers.ts';
import type { Reader } from './reader.ts';

type VirtualMfaDevices = NonNullable<MfaDevicesDocument['VirtualMFADevices']>;

/** The virtual MFA devices of the whole account, assigned or not; null: a gap. Their seeds are not in the list. */
export const collectVirtualMfaDevices = async (reader: Reader): Promise<VirtualMfaDevices | null> =>
  reader.read('iam:ListVirtualMFADevices', () =>
    allPages(
      (Marker) => reader.iam.send(new ListVirtualMFADevicesCommand({ Marker, MaxItems: 1000 })),
      (page): VirtualMfaDevices =>
        (page.VirtualMFADevices ?? []).map(({ SerialNumber, EnableDate, User }) => ({
          SerialNumber: required(SerialNumber, 'SerialNumber'),
          EnableDate: isoTimeOrAbsent(EnableDate),
          User: User?.Arn === undefined ? undefined : { Arn: User.Arn, UserName: User.UserName },
        })),
    ),
  );

/** ARNs of those who have one. */
export const holdersOf = (devices: VirtualMfaDevices | null): ReadonlySet<string> =>
  new Set(devices?.flatMap(({ User }) => (User === undefined ? [] : [User.Arn])));
