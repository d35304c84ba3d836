import type { CredentialReportRow, Mfa, MfaDevice, VirtualMfaDevice } from '../account-snapshot.ts';
import { type Collected, known, mapCollected, missing } from '../collected.ts';
import { booleanCell } from '../credential-report-cells.ts';
import type { Assembly } from './assembly.ts';
import { type UserNames, userDocuments } from './user-documents.ts';

/** The virtual MFA devices of the account, whoever has them. */
export const readVirtualMfaDevices = (assembly: Assembly): Collected<readonly VirtualMfaDevice[]> => {
  const read = assembly.reader('mfa-devices.json');
  const devices = assembly.documents.mfaDevices?.VirtualMFADevices;
  if (devices === undefined) return missing(assembly.gaps.ofSource('mfa-devices', 'iam:ListVirtualMFADevices'));
  const value = devices.map(({ SerialNumber, EnableDate, User }, index) => ({
    serialNumber: SerialNumber,
    userArn: User === undefined ? null : read.arn(User.Arn, `/VirtualMFADevices/${index}/User/Arn`),
    enableDate: read.instantOrNull(EnableDate, `/VirtualMFADevices/${index}/EnableDate`),
  }));
  return known(value, 'mfa-devices', assembly.timeOf('mfa-devices'));
};

/**
 * The MFA of users. The devices of the user (`ListMFADevices`) and the virtual ones of the account are newer than the
 * credential report, which knows only whether there is one, and is up to four hours old.
 */
export const readMfa = (assembly: Assembly, virtualDevices: Collected<readonly VirtualMfaDevice[]>) => {
  const read = assembly.reader('mfa-devices.json');
  const virtualByUser = new Map<string, MfaDevice[]>();
  for (const { userArn, serialNumber, enableDate } of virtualDevices.known ? virtualDevices.value : []) {
    if (userArn === null) continue;
    const device = { serialNumber, kind: 'virtual' as const, enableDate };
    virtualByUser.set(userArn, [...(virtualByUser.get(userArn) ?? []), device]);
  }
  const listed = userDocuments(assembly, {
    source: 'mfa-devices',
    action: 'iam:ListMFADevices',
    documents: assembly.documents.mfaDevices?.MFADevices,
  });
  return (user: UserNames, row: Collected<CredentialReportRow>): Collected<Mfa> => {
    const virtual = virtualByUser.get(user.arn) ?? [];
    const devices = mapCollected(listed(user), (entries) =>
      withoutTwins([
        ...virtual,
        ...entries.map(({ document: { SerialNumber, EnableDate }, index }) => ({
          serialNumber: SerialNumber,
          kind: kindOf(SerialNumber),
          enableDate: read.instantOrNull(EnableDate, `/MFADevices/${index}/EnableDate`),
        })),
      ]),
    );
    if (devices.known) return mapCollected(devices, ({ length }) => ({ active: length > 0, devices }));
    if (virtual.length > 0 && virtualDevices.known) {
      return mapCollected(virtualDevices, () => ({ active: true, devices }));
    }
    const active = row.known ? booleanCell(row.value.mfa_active) : null;
    if (!row.known || active === null) return row.known ? devices : row;
    const none = known([], row.source, row.time);
    return known({ active, devices: active ? devices : none }, row.source, row.time);
  };
};

// A virtual device's serial number is an ARN of IAM's `mfa/`; security keys are `u2f/`, hardware tokens no ARN at all.
const kindOf = (serialNumber: string): MfaDevice['kind'] =>
  /^arn:[^:]*:iam::[^:]*:mfa\//.test(serialNumber) ? 'virtual' : 'hardware';

const withoutTwins = (devices: readonly MfaDevice[]): readonly MfaDevice[] => [
  ...new Map(devices.map((device) => [device.serialNumber, device])).values(),
];
