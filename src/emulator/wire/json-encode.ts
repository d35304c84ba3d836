import { epochMillis, type Instant } from '../../kernel/time.ts';
import type { Shape, StructureShape, TimestampFormat } from './shape.ts';

/** A value of a structure as JSON: members that are null or undefined are left out. Source: Smithy, "AWS JSON 1.1 protocol". */
export const encodeJson = (shape: StructureShape, value: unknown): Record<string, unknown> => {
  const encoded: Record<string, unknown> = {};
  if (!isRecord(value)) return encoded;
  for (const { name, jsonName, shape: inner } of shape.members) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    if (member !== undefined && member !== null) encoded[jsonName] = encode(inner, member);
  }
  return encoded;
};

const encode = (shape: Shape, value: unknown): unknown => {
  switch (shape.kind) {
    case 'structure':
      return encodeJson(shape, value);
    case 'list':
      return Array.isArray(value) ? value.map((item: unknown) => encode(shape.item, item)) : [];
    case 'map':
      return isRecord(value)
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(shape.value, item)]))
        : {};
    case 'timestamp':
      return isInstant(value) ? timeOf(value, shape.format) : value;
    case 'blob':
      return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : '';
    default:
      return value;
  }
};

const timeOf = (instant: Instant, format: TimestampFormat): string | number => {
  if (format === 'dateTime') return instant;
  return format === 'httpDate' ? new Date(epochMillis(instant)).toUTCString() : epochMillis(instant) / 1000;
};

const isInstant = (value: unknown): value is Instant => typeof value === 'string';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
