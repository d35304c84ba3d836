import type { Instant } from '../../kernel/time.ts';
import type { AccessKey, LastUse, Mfa, Password, PasswordPolicy } from '../account-snapshot.ts';
import type { Collected } from '../collected.ts';
import { at, collected, TEST_ACCOUNT, TEST_CREATE_DATE } from './collected-builder.ts';

/** A password policy that is strong in each part. */
export const passwordPolicy = (parts: Partial<PasswordPolicy> = {}): PasswordPolicy => ({
  minimumPasswordLength: 14,
  requireSymbols: true,
  requireNumbers: true,
  requireUppercaseCharacters: true,
  requireLowercaseCharacters: true,
  allowUsersToChangePassword: true,
  maxPasswordAge: 90,
  passwordReusePrevention: 24,
  hardExpiry: false,
  ...parts,
});

/** The parts of a password, with plain dates. */
export interface PasswordParts {
  readonly enabled?: boolean;
  readonly lastUsed?: string | null;
  readonly lastChanged?: string | null;
  readonly nextRotation?: string | null;
}

/** A console password: enabled, set at `TEST_CREATE_DATE`, never used. */
export const password = (parts: PasswordParts = {}): Password => {
  const enabled = parts.enabled ?? true;
  return {
    enabled,
    lastUsed: atOrNull(parts.lastUsed ?? null),
    lastChanged: atOrNull(parts.lastChanged ?? (enabled ? TEST_CREATE_DATE : null)),
    nextRotation: atOrNull(parts.nextRotation ?? null),
  };
};

/** MFA that is off. */
export const noMfa = (): Mfa => ({ active: false, devices: collected([], 'mfa-devices') });

/** MFA that is on, by one virtual device. */
export const virtualMfa = (serialNumber = `arn:aws:iam::${TEST_ACCOUNT}:mfa/device`): Mfa => ({
  active: true,
  devices: collected([{ serialNumber, kind: 'virtual', enableDate: at(TEST_CREATE_DATE) }], 'mfa-devices'),
});

/** The parts of an access key, with plain dates. */
export interface AccessKeyParts {
  readonly accessKeyId?: string;
  readonly status?: AccessKey['status'];
  readonly createDate?: string;
  /** A date (service and region unknown), null: never used, or a gap. */
  readonly lastUsed?: string | null | Collected<LastUse | null>;
}

/** An access key: active, made at `TEST_CREATE_DATE`, never used. */
export const accessKey = (parts: AccessKeyParts = {}): AccessKey => ({
  accessKeyId: parts.accessKeyId ?? 'AKIAIOSFODNN7EXAMPLE',
  status: parts.status ?? 'Active',
  createDate: at(parts.createDate ?? TEST_CREATE_DATE),
  lastUsed:
    typeof parts.lastUsed === 'string'
      ? collected({ date: at(parts.lastUsed), service: null, region: null }, 'access-keys')
      : collected<LastUse | null>(parts.lastUsed ?? null, 'access-keys'),
});

const atOrNull = (text: string | null): Instant | null => (text === null ? null : at(text));
