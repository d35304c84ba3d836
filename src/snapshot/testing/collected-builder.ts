import { type Arn, parseArn } from '../../iam/arn.ts';
import type { Result } from '../../kernel/result.ts';
import { type Instant, parseInstant } from '../../kernel/time.ts';
import { type Collected, type CollectionGap, known, missing, type SourceName } from '../collected.ts';

/** The account of the builders unless told otherwise. */
export const TEST_ACCOUNT = '123456789012';

/** When the builders' accounts were collected unless told otherwise. */
export const TEST_TIME = '2026-01-01T00:00:00Z';

/** When the builders' entities were created unless told otherwise. */
export const TEST_CREATE_DATE = '2025-01-01T00:00:00Z';

/** A datum written plainly, or wrapped where it is a gap. */
export type Plain<T> = T | Collected<T>;

/** The value of a parse that a test relies on; throws with the parser's message where it failed. */
export const must = <T>(result: Result<T, string>): T => {
  if (!result.ok) throw new Error(result.error);
  return result.value;
};

/** The instant that ISO-8601 text names. */
export const at = (text: string): Instant => must(parseInstant(text));

/** The ARN that text names. */
export const arn = (text: string): Arn => must(parseArn(text));

/** A datum missing because AWS refused the call: `denied('iam:ListAccessKeys')`. */
export const denied = (action: string, source: SourceName = sourceOf(action), subject: string | null = null) =>
  missing(gap({ action, source, subject, reason: 'denied', detail: `${action} was denied` }));

/** A datum missing because nobody asked for its source. */
export const skipped = (source: SourceName) =>
  missing(gap({ action: source, source, reason: 'skipped', detail: `${source} was not collected` }));

/** A gap; a denied `iam:GetAccountAuthorizationDetails` where nothing is said. */
export const gap = (parts: Partial<CollectionGap> = {}): CollectionGap => ({
  source: 'authorization-details',
  action: 'iam:GetAccountAuthorizationDetails',
  reason: 'denied',
  detail: 'iam:GetAccountAuthorizationDetails was denied',
  subject: null,
  ...parts,
});

const SOURCES_BY_ACTION: Readonly<Record<string, SourceName>> = {
  'iam:GenerateCredentialReport': 'credential-report',
  'iam:GetCredentialReport': 'credential-report',
  'iam:GetAccountSummary': 'account-summary',
  'iam:GetAccountPasswordPolicy': 'password-policy',
  'iam:ListAccountAliases': 'account-alias',
  'iam:ListAccessKeys': 'access-keys',
  'iam:GetAccessKeyLastUsed': 'access-keys',
  'iam:ListMFADevices': 'mfa-devices',
  'iam:ListVirtualMFADevices': 'mfa-devices',
  'iam:ListServiceSpecificCredentials': 'service-specific-credentials',
  'iam:ListSSHPublicKeys': 'ssh-public-keys',
  'iam:ListSigningCertificates': 'signing-certificates',
  'iam:ListServerCertificates': 'server-certificates',
  'iam:ListSAMLProviders': 'identity-providers',
  'iam:ListOpenIDConnectProviders': 'identity-providers',
  'iam:ListInstanceProfiles': 'instance-profiles',
};

const sourceOf = (action: string): SourceName => SOURCES_BY_ACTION[action] ?? 'authorization-details';

/** Wraps a plain datum as read from a source at `TEST_TIME`; leaves a wrapped one alone. */
export const collected = <T>(datum: Plain<T>, source: SourceName): Collected<T> =>
  isCollected(datum) ? datum : known(datum, source, at(TEST_TIME));

const isCollected = <T>(datum: Plain<T>): datum is Collected<T> =>
  typeof datum === 'object' && datum !== null && 'known' in datum;
