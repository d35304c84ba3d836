/**
 * Reads a date as milliseconds since the UNIX epoch, from epoch seconds or the W3C profile of ISO 8601 (a month up to
 * fractions of a second, a time with its offset); null for any other text.
 * Source: "Date condition operators", IAM User Guide; https://www.w3.org/TR/NOTE-datetime.
 */
export const parseDateValue = (text: string): number | null => {
  // Digits alone are seconds, four of them as well: nobody writes a policy about a whole year.
  if (/^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return Number(text) * 1000;
  const match = ISO_8601.exec(text);
  if (match === null) return null;
  const [, year, month, day = '1', hour = '0', minute = '0', second = '0', fraction = '0', offset = 'Z'] = match;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // A month or day that there is not runs over into another month.
  if (date.getUTCMonth() !== Number(month) - 1) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const minutes = Number(hour) * 60 + Number(minute) - offsetMinutes(offset);
  return date.getTime() + minutes * 60_000 + Number(second) * 1000 + Number(`0.${fraction}`) * 1000;
};

const ISO_8601 = /^(\d{4})-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,15}))?)?(Z|[+-]\d{2}:\d{2}))?)?$/;

const offsetMinutes = (offset: string): number => {
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return offset.startsWith('-') ? -minutes : minutes;
};
