import type { Arn } from '../iam/arn.ts';
import type { Instant } from '../kernel/time.ts';

/** A console password as it is kept: nobody can tell it from this, only try one against it. */
export interface PasswordHash {
  readonly salt: string;
  readonly hash: string;
}

/** A console password. */
export interface LoginProfileState {
  readonly createDate: Instant;
  readonly lastChanged: Instant;
  readonly passwordResetRequired: boolean;
  /** Null: not known, as of an imported account; `emulated` passes for it then. */
  readonly password: PasswordHash | null;
  /** The passwords before this one, newest first; as many as a password policy can ask for. */
  readonly formerPasswords: readonly PasswordHash[];
}

/** An access key. */
export interface AccessKeyState {
  readonly accessKeyId: string;
  /** Absent: not known, as of keys of an imported account; `emulated` signs for it then. */
  readonly secretAccessKey?: string;
  readonly status: 'Active' | 'Inactive';
  readonly createDate: Instant;
  readonly lastUsed: { readonly date: Instant; readonly service: string; readonly region: string } | null;
}

/** An MFA device that somebody uses; the serial number of a virtual one is its ARN. */
export interface MfaDeviceState {
  readonly serialNumber: string;
  readonly enableDate: Instant;
  /** How many steps of 30 seconds the device is ahead of the clock. */
  readonly driftSteps: number;
  /** The step of the newest code that was taken; none is taken twice. */
  readonly lastStep: number;
}

/** A virtual MFA device and the user whose it is, by name key; null: assigned to nobody. */
export interface VirtualMfaDeviceState {
  readonly serialNumber: Arn;
  /** In Base32. */
  readonly seed: string;
  readonly assignedTo: { readonly kind: 'root' } | { readonly kind: 'user'; readonly nameKey: string } | null;
  readonly tags: ReadonlyMap<string, string>;
}

/** An SSH public key or a signing certificate. */
export interface UploadedState {
  readonly id: string;
  readonly status: 'Active' | 'Inactive';
  readonly uploadDate: Instant;
  /** Empty: not known, as of an imported account; so for the fingerprint. */
  readonly body: string;
  readonly fingerprint: string;
}

/** A credential for one service. */
export interface ServiceSpecificCredentialState {
  readonly id: string;
  readonly serviceName: string;
  /** Null for API keys, which have an alias instead. */
  readonly serviceUserName: string | null;
  readonly serviceCredentialAlias: string | null;
  readonly status: 'Active' | 'Inactive' | 'Expired';
  readonly createDate: Instant;
  readonly expirationDate: Instant | null;
}
