import { isJsonObject } from '../../kernel/json.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { parseInstant, toInstant } from '../../kernel/time.ts';
import type { Shape, StructureShape } from './shape.ts';
import { type WireProblem, wireProblem } from './wire-problem.ts';

/**
 * Decodes the JSON text of a request to a value of a shape: times become `Instant`s, blobs bytes. Members that the shape
 * does not know, and null ones, are left out, as AWS does. Source: Smithy, "AWS JSON 1.1 protocol".
 */
export const decodeJson = (shape: StructureShape, text: string): Result<Record<string, unknown>, WireProblem> => {
  try {
    const parsed: unknown = text.trim() === '' ? {} : JSON.parse(text);
    return ok(decodeStructure(shape, parsed, 0));
  } catch (error) {
    if (error instanceof SerializationProblem) return serializationProblem(error.message);
    if (error instanceof SyntaxError || error instanceof RangeError) return serializationProblem('');
    throw error;
  }
};

/** JSON that does not say what the operation's input would be. */
export const serializationProblem = (message: string): Result<never, WireProblem> =>
  wireProblem('SerializationException', 400, message);

/** Ends decoding from the depth of the recursion; never leaves this file. */
class SerializationProblem extends Error {}

/** Shapes that contain themselves could go on for as long as the body does. */
const DEEPEST = 64;

const decode = (shape: Shape, value: unknown, depth: number): unknown => {
  if (depth > DEEPEST) throw new SerializationProblem('The input is nested too deeply');
  switch (shape.kind) {
    case 'structure':
      return decodeStructure(shape, value, depth);
    case 'list':
      if (!Array.isArray(value)) throw new SerializationProblem(unexpected(value));
      return value.filter((item) => item !== null).map((item: unknown) => decode(shape.item, item, depth + 1));
    case 'map':
      if (!isJsonObject(value)) throw new SerializationProblem(unexpected(value));
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, item]) => item !== null)
          .map(([key, item]) => [key, decode(shape.value, item, depth + 1)]),
      );
    case 'timestamp':
      return decodeTime(value);
    case 'document':
      return value;
    case 'blob':
      if (typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value)) {
        return new Uint8Array(Buffer.from(value, 'base64'));
      }
      throw new SerializationProblem(`${kindOf(value)} can not be converted to a Blob`);
    default:
      if (typeof value === shape.kind) return value;
      throw new SerializationProblem(`${kindOf(value)} can not be converted to ${NAMES[shape.kind]}`);
  }
};

const NAMES = { string: 'a String', boolean: 'a Boolean', number: 'an Integer' } as const;

const decodeStructure = (shape: StructureShape, value: unknown, depth: number): Record<string, unknown> => {
  if (!isJsonObject(value)) throw new SerializationProblem(unexpected(value));
  const decoded: Record<string, unknown> = {};
  for (const { name, jsonName, shape: inner } of shape.members) {
    const member = Object.hasOwn(value, jsonName) ? value[jsonName] : null;
    if (member !== null && member !== undefined) decoded[name] = decode(inner, member, depth + 1);
  }
  return decoded;
};

/** Clients write seconds since 1970, or ISO-8601 where the model says so; both are understood. */
const decodeTime = (value: unknown): unknown => {
  if (typeof value === 'number' && Math.abs(value) < 253_402_300_800) return toInstant(value * 1000);
  const parsed = parseInstant(typeof value === 'string' ? value : '');
  if (parsed.ok) return parsed.value;
  throw new SerializationProblem(`${kindOf(value)} can not be converted to a Timestamp`);
};

const unexpected = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? 'Start of structure or map found where not expected'
    : 'Unexpected field type';

/** What AWS calls the kinds of JSON values. */
const kindOf = (value: unknown): string => {
  if (typeof value === 'string') return 'STRING_VALUE';
  if (typeof value === 'number') return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  return Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT';
};
