import { ok, type Result } from '../../../kernel/result.ts';
import type { Instant } from '../../../kernel/time.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { accountAt, type CloudState, withAccount } from '../../cloud-state.ts';
import { stepOfCode } from '../../totp.ts';
import { callerIn } from '../callers.ts';
import { partsOf, withParts } from '../holders.ts';

/** The members of an input that give an MFA code. */
interface GivenMfa {
  readonly SerialNumber?: string | undefined;
  readonly TokenCode?: string | undefined;
}

/** When the caller proved to have an MFA device (null: not in this call), and the cloud, in which no code counts twice. */
interface VerifiedMfa {
  readonly cloud: CloudState;
  readonly at: Instant | null;
}

/**
 * Verifies the code that a call gives, if it gives one, of a device of the caller's. `AccessDenied` in AWS's words for a
 * device of somebody else, and for a wrong code. The seed of a hardware device is its maker's secret: any code is right.
 */
export const verifiedMfa = (
  cloud: CloudState,
  { SerialNumber, TokenCode }: GivenMfa,
  call: Call,
): Result<VerifiedMfa, AwsError> => {
  if (SerialNumber === undefined && TokenCode === undefined) return ok({ cloud, at: null });
  if (SerialNumber === undefined || TokenCode === undefined) {
    return failed('failed, must provide both MFA serial number and one time pass code.');
  }
  const state = accountAt(cloud, call.account);
  const holder = callerIn(state, call);
  const devices = holder.ok ? partsOf(state, holder.value).mfaDevices : [];
  const device = devices.find(({ serialNumber }) => serialNumber === SerialNumber);
  if (!holder.ok || device === undefined) {
    return failed(
      'failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    );
  }
  const seed = state.virtualMfaDevices.get(SerialNumber)?.seed;
  if (seed === undefined) return ok({ cloud, at: call.now });
  const lastStep = stepOfCode(seed, device, TokenCode, call.now);
  if (lastStep === null) return failed('failed with invalid MFA one time pass code. ');
  const mfaDevices = devices.map((each) => (each === device ? { ...device, lastStep } : each));
  return ok({ cloud: withAccount(cloud, withParts(state, holder.value, { mfaDevices })), at: call.now });
};

const failed = (reason: string): Result<never, AwsError> =>
  awsError('AccessDenied', `MultiFactorAuthentication ${reason}`);
