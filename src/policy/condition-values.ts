import { parseDateValue } from './condition/date-value.ts';
import { parseDecimal } from './condition/decimal.ts';
import { type IpRange, parseIpRange } from './condition/ip-address.ts';

/** Whether a condition operator, without set operator and `IfExists`, can make something of a value. */
export const isValueFor = (base: string, value: string): boolean => {
  if (base.startsWith('Numeric')) return parseDecimal(value) !== null;
  if (base.startsWith('Date')) return parseDateValue(value) !== null;
  if (base.endsWith('IpAddress')) return parseIpRange(value) !== null;
  if (base === 'Bool' || base === 'Null') return /^(?:true|false)$/i.test(value);
  return base !== 'BinaryEquals' || /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value);
};

// RFC 1918, and what stays on its host or link.
const PRIVATE_BLOCKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '169.254.0.0/16', 'fc00::/7'];

/** Whether a block of addresses is one of private addresses only. */
export const isPrivateBlock = (text: string): boolean => {
  const block = parseIpRange(text);
  return block !== null && PRIVATE_BLOCKS.some((each) => contains(parseIpRange(each), block));
};

const contains = (outer: IpRange | null, inner: IpRange): boolean =>
  outer !== null && typeof outer.start === typeof inner.start && outer.start <= inner.start && inner.end <= outer.end;

/** A block of IPv4 addresses without the bits behind its prefix; null for what is none. */
export const maskedBlock = (text: string): string | null => {
  const block = parseIpRange(text);
  const prefix = text.split('/')[1];
  if (block === null || prefix === undefined || typeof block.start === 'bigint') return null;
  const address = block.start + 2 ** 32;
  return `${[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')}/${prefix}`;
};
