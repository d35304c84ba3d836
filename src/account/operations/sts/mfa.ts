import { ok, type Result } from '../../../kernel/result.ts';
import type { Instant } from '../../../kernel/time.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { accountAt, type CloudState } from '../../cloud-state.ts';

/** The members of an input that give an MFA code. */
interface GivenMfa {
  readonly SerialNumber?: string | undefined;
  readonly TokenCode?: string | undefined;
}

/**
 * When the caller proved to have an MFA device: now, where the call gives a code of one of its own devices; null, where it
 * gives none. `AccessDenied` in AWS's words for a device that is not the caller's, and for a wrong code. Any code is right
 * for a device whose seed nobody knows.
 */
export const verifiedMfa = (
  cloud: CloudState,
  { SerialNumber, TokenCode }: GivenMfa,
  call: Call,
): Result<Instant | null, AwsError> => {
  if (SerialNumber === undefined && TokenCode === undefined) return ok(null);
  if (SerialNumber === undefined || TokenCode === undefined) {
    return failed('must provide both MFA serial number and one time pass code.');
  }
  const device = devicesOf(cloud, call).find(({ serialNumber }) => serialNumber === SerialNumber);
  return device === undefined
    ? failed(
        'unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
      )
    : ok(call.now);
};

const devicesOf = (cloud: CloudState, { account, caller }: Call): readonly { readonly serialNumber: string }[] => {
  const state = accountAt(cloud, account);
  if (caller.kind === 'root') return state.root.mfaDevices;
  return caller.kind === 'user' ? (state.users.get(caller.nameKey)?.mfaDevices ?? []) : [];
};

const failed = (reason: string): Result<never, AwsError> =>
  awsError('AccessDenied', `MultiFactorAuthentication failed, ${reason}`);
