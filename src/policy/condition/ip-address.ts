/**
 * An IP address as a point on one line: IPv6 addresses are what they are, IPv4 addresses stand below zero, so that no
 * range holds addresses of both families.
 */
export type IpPoint = number | bigint;

/** The addresses of a CIDR block. `end` is the first that is no longer in it. */
export interface IpRange {
  readonly start: IpPoint;
  readonly end: IpPoint;
}

/** Reads an IPv4 or IPv6 address; null for any other text, such as octets with leading zeros. */
export const parseIpAddress = (text: string): IpPoint | null => (text.includes(':') ? parseV6(text) : parseV4(text));

/**
 * Reads a CIDR block; an address without prefix is the single address, and bits behind the prefix do not count.
 * Source: "IP address condition operators", IAM User Guide.
 */
export const parseIpRange = (text: string): IpRange | null => {
  const slash = text.indexOf('/');
  const address = parseIpAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === null) return null;
  const bits = typeof address === 'bigint' ? 128 : 32;
  const prefix = slash < 0 ? String(bits) : text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) return null;
  if (typeof address === 'bigint') {
    const size = 1n << BigInt(bits - Number(prefix));
    const start = address - (address % size);
    return { start, end: start + size };
  }
  const size = 2 ** (bits - Number(prefix));
  const start = Math.floor(address / size) * size;
  return { start, end: start + size };
};

const parseV4 = (text: string): number | null => {
  const value = parseOctets(text);
  return value === null ? null : value - 2 ** 32;
};

const parseOctets = (text: string): number | null => {
  const octets = text.split('.');
  if (octets.length !== 4) return null;
  let value = 0;
  for (const octet of octets) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(octet) || Number(octet) > 255) return null;
    value = value * 256 + Number(octet);
  }
  return value;
};

const parseV6 = (text: string): bigint | null => {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half, index) => parseGroups(half, index === halves.length - 1));
  if (head === null || head === undefined || tail === null) return null;
  // Without `::` all eight groups are there; with it, it stands for at least one.
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...new Array<number>(missing).fill(0), ...(tail ?? [])];
  return groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n);
};

/** Groups of 16 bits; the last two of an address may be written as IPv4. */
const parseGroups = (text: string, isEnd: boolean): readonly number[] | null => {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (isEnd && index === parts.length - 1 && part.includes('.')) {
      const octets = parseOctets(part);
      if (octets === null) return null;
      groups.push(Math.floor(octets / 65_536), octets % 65_536);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
};
