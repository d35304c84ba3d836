// How condition operators read the text of a value. Each answers null for text that is no such value.

/** An integer or a decimal. */
export const toNumber = (text: string): number | null => (/^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : null);

/** An instant in milliseconds: an ISO 8601 date or time in the W3C's profile, or seconds since 1970. */
export const toInstant = (text: string): number | null => {
  if (/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text)) {
    const instant = Date.parse(text);
    return Number.isNaN(instant) ? null : instant;
  }
  return /^-?\d+$/.test(text) ? Number(text) * 1000 : null;
};

/** `true` or `false` in whatever case. */
export const toBoolean = (text: string): boolean | null => {
  if (text.toLowerCase() === 'true') return true;
  return text.toLowerCase() === 'false' ? false : null;
};

/** The bytes of base64 text, as text of a byte a character. */
export const toBytes = (text: string): string | null =>
  /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) ? atob(text) : null;

/** The bits of an IP address as a text of zeros and ones: 32 for IPv4, 128 for IPv6. */
export const toAddressBits = (text: string): string | null =>
  text.includes(':') ? toBits6(text) : text.includes('.') ? toBits4(text) : null;

/** The bits that all addresses of a block begin with, and how many bits its addresses have. */
export const toBlock = (text: string): { readonly prefix: string; readonly size: number } | null => {
  const [address = '', length, ...more] = text.split('/');
  const bits = toAddressBits(address);
  if (bits === null || more.length > 0) return null;
  if (length === undefined) return { prefix: bits, size: bits.length };
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits.length) return null;
  return { prefix: bits.slice(0, Number(length)), size: bits.length };
};

const toBits4 = (text: string): string | null => {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('');
};

const toBits6 = (text: string): string | null => {
  const [left = '', right, ...more] = text.split('::');
  if (more.length > 0) return null;
  const groupsOf = (half: string) => (half === '' ? [] : half.split(':'));
  const before = groupsOf(left);
  const after = right === undefined ? [] : groupsOf(right);
  const missing = 8 - before.length - after.length;
  if (right === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return null;
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
};
