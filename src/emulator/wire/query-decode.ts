import { ok, type Result } from '../../kernel/result.ts';
import { parseInstant, toInstant } from '../../kernel/time.ts';
import type { FormNode } from './query-form.ts';
import type { ListShape, MapShape, ScalarKind, Shape, StructureShape } from './shape.ts';
import { type WireProblem, wireProblem } from './wire-problem.ts';

/**
 * Decodes the parameters of an AWS Query request to a value of a shape: times become `Instant`s, blobs bytes. Parameters
 * that the shape does not know are ignored, as AWS does. Source: Smithy, "AWS query protocol".
 */
export const decodeQuery = (shape: StructureShape, form: FormNode): Result<unknown, WireProblem> => {
  const missing: string[] = [];
  try {
    const value = decodeStructure(shape, form, [], missing);
    return missing.length === 0 ? ok(value) : wireProblem('ValidationError', 400, missingText(missing));
  } catch (error) {
    if (error instanceof MalformedInput) return wireProblem('MalformedInput', 400, error.message);
    throw error;
  }
};

/** Ends decoding from the depth of the recursion; never leaves this file. */
class MalformedInput extends Error {}

const missingText = (missing: readonly string[]): string => {
  const count = missing.length === 1 ? '1 validation error' : `${missing.length} validation errors`;
  const each = missing.map((at) => `Value null at '${at}' failed to satisfy constraint: Member must not be null`);
  return `${count} detected: ${each.join('; ')}`;
};

type Place = readonly (string | number)[];

const decode = (shape: Shape, node: FormNode, at: Place, missing: string[]): unknown => {
  switch (shape.kind) {
    case 'structure':
      return decodeStructure(shape, node, at, missing);
    case 'list':
      return decodeList(shape, node, at, missing);
    case 'map':
      return decodeMap(shape, node, at, missing);
    default:
      return decodeScalar(shape.kind, node.value ?? '', at);
  }
};

const decodeStructure = (shape: StructureShape, node: FormNode, at: Place, missing: string[]): unknown => {
  const value: Record<string, unknown> = {};
  for (const member of shape.members) {
    const child = node.children.get(member.wireName);
    const place = [...at, member.name.charAt(0).toLowerCase() + member.name.slice(1)];
    if (child !== undefined) value[member.name] = decode(member.shape, child, place, missing);
    else if (member.required) missing.push(place.join('.'));
  }
  return value;
};

const decodeList = (shape: ListShape, node: FormNode, at: Place, missing: string[]): unknown[] =>
  numbered(shape.flattened ? node : node.children.get(shape.itemName), at).map((child, index) =>
    decode(shape.item, child, [...at, index + 1, 'member'], missing),
  );

const decodeMap = (shape: MapShape, node: FormNode, at: Place, missing: string[]): unknown => {
  const entries = numbered(shape.flattened ? node : node.children.get('entry'), at).map((entry) => {
    const key = entry.children.get(shape.keyName)?.value;
    const value = entry.children.get(shape.valueName);
    if (key === undefined || value === undefined)
      throw new MalformedInput(`${at.join('.')} has an entry without key or value`);
    return [key, decode(shape.value, value, [...at, key], missing)] as const;
  });
  return Object.fromEntries(entries);
};

/** The children `1`, `2`, … in numeric order; gaps close, as AWS does. */
const numbered = (node: FormNode | undefined, at: Place): FormNode[] =>
  [...(node?.children ?? [])]
    .map(([step, child]) => {
      if (!/^[1-9]\d{0,8}$/.test(step)) throw new MalformedInput(`${at.join('.')} has the index \`${step}\``);
      return { index: Number(step), child };
    })
    .sort((a, b) => a.index - b.index)
    .map(({ child }) => child);

const decodeScalar = (kind: ScalarKind, text: string, at: Place): unknown => {
  const value = decodeText(kind, text);
  if (value === undefined)
    throw new MalformedInput(`${at.join('.')} holds \`${text.slice(0, 64)}\`, which is no ${kind}`);
  return value;
};

/** A value without parts from its text; undefined where the text is none of its kind. */
export const decodeText = (kind: ScalarKind, text: string): unknown => {
  switch (kind) {
    case 'string':
      return text;
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : undefined;
    case 'number':
      return /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : undefined;
    case 'timestamp':
      return decodeTimeText(text);
    case 'blob':
      return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? new Uint8Array(Buffer.from(text, 'base64')) : undefined;
    case 'document':
      return undefined;
  }
};

/** ISO-8601, or the form of HTTP headers. */
const decodeTimeText = (text: string): unknown => {
  const iso = parseInstant(text);
  if (iso.ok) return iso.value;
  const millis = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(millis) ? undefined : toInstant(millis);
};
