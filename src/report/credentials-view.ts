import { daysBetween, type Instant, parseInstant } from '../kernel/time.ts';
import type { CredentialReportRow } from '../snapshot/account-snapshot.ts';
import { visibleText } from './visible-text.ts';
import { counted } from './words.ts';

/** A user's credentials with their ages, as the page shows them. */
export interface CredentialView {
  readonly name: string;
  readonly nameOrder: string;
  readonly arn: string;
  readonly created: string;
  readonly password: CredentialCell;
  readonly mfa: { readonly label: string; readonly status: 'good' | 'bad' | 'none' };
  readonly keys: readonly CredentialCell[];
  /** The age of the oldest active key in days with leading zeros, so that it sorts as text. */
  readonly keyOrder: string;
}

interface CredentialCell {
  readonly label: string;
  /** `412 days old, last used 3 days ago`; empty: nothing is known. */
  readonly detail: string;
}

/** The rows of the credential report as of an instant, in their order. */
export const credentialViews = (rows: readonly CredentialReportRow[], now: Instant): readonly CredentialView[] =>
  rows.map((row) => ({
    name: row.user === '<root_account>' ? 'Root user' : visibleText(row.user),
    nameOrder: visibleText(row.user.toLowerCase()),
    arn: visibleText(row.arn),
    created: ageOf(row.user_creation_time, now) ?? 'Not known',
    password: passwordCell(row, now),
    mfa: mfaCell(row),
    keys: [keyCell(row, 1, now), keyCell(row, 2, now)],
    keyOrder: String(Math.max(...([1, 2] as const).map((slot) => activeKeyDays(row, slot, now)))).padStart(6, '0'),
  }));

const passwordCell = (row: CredentialReportRow, now: Instant): CredentialCell => {
  const { password_enabled: enabled, password_last_used: used, password_last_changed: changed } = row;
  if (enabled === 'false') return { label: 'None', detail: '' };
  const facts = [withAge('changed', changed, now), useText(used, now)].filter((text) => text !== '').join(', ');
  return { label: enabled === 'true' ? 'Enabled' : enabled === 'not_supported' ? 'Root' : 'Not known', detail: facts };
};

const mfaCell = ({ mfa_active: active, password_enabled: password }: CredentialReportRow): CredentialView['mfa'] => {
  if (active === 'true') return { label: 'Yes', status: 'good' };
  if (active !== 'false') return { label: 'Not known', status: 'none' };
  return { label: 'No', status: password === 'false' ? 'none' : 'bad' };
};

const keyCell = (row: CredentialReportRow, slot: 1 | 2, now: Instant): CredentialCell => {
  const active = row[`access_key_${slot}_active`];
  const rotated = row[`access_key_${slot}_last_rotated`];
  const isThere = parseInstant(rotated).ok || active === 'true';
  if (!isThere) return { label: active === 'false' ? 'None' : 'Not known', detail: '' };
  const age = ageOf(rotated, now);
  const facts = [age === null ? '' : `${age} old`, useText(row[`access_key_${slot}_last_used_date`], now)];
  return { label: active === 'true' ? 'Active' : 'Inactive', detail: facts.filter((text) => text !== '').join(', ') };
};

const activeKeyDays = (row: CredentialReportRow, slot: 1 | 2, now: Instant): number => {
  const rotated = parseInstant(row[`access_key_${slot}_last_rotated`]);
  return row[`access_key_${slot}_active`] === 'true' && rotated.ok ? daysBetween(rotated.value, now) : 0;
};

const useText = (used: string, now: Instant): string =>
  used === 'N/A' ? 'never used' : used === 'no_information' ? 'no use known' : withAge('used', used, now);

const withAge = (verb: string, time: string, now: Instant): string => {
  const age = ageOf(time, now);
  return age === null ? '' : age === '0 days' ? `${verb} today` : `${verb} ${age} ago`;
};

const ageOf = (time: string, now: Instant): string | null => {
  const instant = parseInstant(time);
  return instant.ok ? counted(daysBetween(instant.value, now), 'day') : null;
};
