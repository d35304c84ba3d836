import { epochMillis, type Instant } from '../kernel/time.ts';

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

/** A number with a comma each three digits: `5,000`. */
export const numberInWords = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** `1 finding`, `5,000 findings`; the plural is the singular with an s unless given. */
export const counted = (count: number, singular: string, plural = `${singular}s`): string =>
  `${numberInWords(count)} ${count === 1 ? singular : plural}`;

/** The text with its first letter large. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Words of a camelCase, PascalCase or kebab-case name: `maxPasswordAge` is `Max password age`, `MFADevices` `MFA devices`. */
export const nameInWords = (name: string): string =>
  capitalized(
    name
      .replaceAll('-', ' ')
      .replace(/([a-z\d])([A-Z])/g, '$1 $2')
      .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
      .replace(/\b[A-Z][a-z]+/g, (word) => word.toLowerCase()),
  );
