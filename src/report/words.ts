import type { Category } from '../finding/check-result.ts';
import { epochMillis, type Instant, parseInstant } from '../kernel/time.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** The day of an instant, for people: `2 Jan 2026`. */
export const dayInWords = (instant: Instant): string => {
  const date = new Date(epochMillis(instant));
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`;
};

/** An instant to the minute, for people: `2 Jan 2026, 03:04 UTC`. */
export const timeInWords = (instant: Instant): string => {
  const date = new Date(epochMillis(instant));
  return `${dayInWords(instant)}, ${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())} UTC`;
};

/** A text with each instant in it as people write it. */
export const instantsInWords = (text: string): string =>
  text.replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, (written) => {
    const instant = parseInstant(written);
    return instant.ok ? timeInWords(instant.value) : written;
  });

/** A number with a comma each three digits: `5,000`. */
export const numberInWords = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** `1 finding`, `5,000 findings`; the plural is the singular with an s unless given. */
export const counted = (count: number, singular: string, plural = `${singular}s`): string =>
  `${numberInWords(count)} ${count === 1 ? singular : plural}`;

/** The text with its first letter large. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const ACRONYMS = /\b(acl|arn|aws|iam|id|ip|kms|mfa|oidc|saml|scp|ssh|sts|tls|url)(s?)\b/gi;

/** Words of a camelCase, PascalCase or kebab-case name: `maxPasswordAge` is `Max password age`, `mfa-devices` `MFA devices`. */
export const nameInWords = (name: string): string => capitalized(uncapitalizedName(name));

/** The same amid a sentence: `max password age`, `MFA devices`. */
export const uncapitalizedName = (name: string): string =>
  name
    .replaceAll('-', ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/\b[A-Z][a-z]+/g, (word) => word.toLowerCase())
    .replace(ACRONYMS, (_word, acronym: string, plural: string) => acronym.toUpperCase() + plural);

/** How a category is called on the page. */
export const CATEGORY_LABELS: Readonly<Record<Category, string>> = {
  credentials: 'Credentials',
  unused: 'Unused access',
  external: 'External access',
  escalation: 'Privilege escalation',
  policy: 'Policies',
  account: 'Account settings',
};

/** `alice, bob and carol`; with more than `most` names: `alice, bob and 3 more`. */
export const listedInWords = (names: readonly string[], most: number): string => {
  const shown =
    names.length <= most + 1 ? names : [...names.slice(0, most), `${numberInWords(names.length - most)} more`];
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
};
