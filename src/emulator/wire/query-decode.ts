import { ok, type Result } from '../../kernel/result.ts';
import { parseInstant, toInstant } from '../../kernel/time.ts';
import type { FormNode } from './query-form.ts';
import type { ListShape, MapShape, ScalarKind, Shape, StructureShape } from './shape.ts';
import { type WireProblem, wireProblem } from './wire-problem.ts';

/**
 * Decodes the parameters of an AWS Query request to a value of a shape: times become `Instant`s, blobs bytes. Parameters
 * that the shape does not know are ignored, as AWS does; whether all are there that must be, the operation says.
 * Source: Smithy, "AWS query protocol".
 */
export const decodeQuery = (shape: StructureShape, form: FormNode): Result<unknown, WireProblem> => {
  try {
    return ok(decodeStructure(shape, form, []));
  } catch (error) {
    if (error instanceof MalformedInput) return wireProblem('MalformedInput', 400, error.message);
    throw error;
  }
};

/** Ends decoding from the depth of the recursion; never leaves this file. */
class MalformedInput extends Error {}

type Place = readonly (string | number)[];

const decode = (shape: Shape, node: FormNode, at: Place): unknown => {
  switch (shape.kind) {
    case 'structure':
      return decodeStructure(shape, node, at);
    case 'list':
      return decodeList(shape, node, at);
    case 'map':
      return decodeMap(shape, node, at);
    default:
      return decodeScalar(shape.kind, node.value ?? '', at);
  }
};

const decodeStructure = (shape: StructureShape, node: FormNode, at: Place): unknown => {
  const value: Record<string, unknown> = {};
  for (const member of shape.members) {
    const child = node.children.get(member.wireName);
    const place = [...at, member.name.charAt(0).toLowerCase() + member.name.slice(1)];
    if (child !== undefined) value[member.name] = decode(member.shape, child, place);
  }
  return value;
};

const decodeList = (shape: ListShape, node: FormNode, at: Place): unknown[] =>
  numbered(shape.flattened ? node : node.children.get(shape.itemName)).map((child, index) =>
    child === undefined ? null : decode(shape.item, child, [...at, index + 1, 'member']),
  );

const decodeMap = (shape: MapShape, node: FormNode, at: Place): unknown => {
  const entries = numbered(shape.flattened ? node : node.children.get('entry')).map((entry) => {
    const key = entry?.children.get(shape.keyName)?.value;
    const value = entry?.children.get(shape.valueName);
    if (key === undefined || value === undefined)
      throw new MalformedInput(`${at.join('.')} has an entry without key or value`);
    return [key, decode(shape.value, value, [...at, key])] as const;
  });
  return Object.fromEntries(entries);
};

/** So many members of a list may be left out side by side: they count as null. */
const WIDEST_GAP = 10;

/** The children `1`, `2`, … in numeric order, with gaps. What is wrong with an index is told as recorded from IAM. */
const numbered = (node: FormNode | undefined): (FormNode | undefined)[] => {
  const children = [...(node?.children ?? [])]
    .map(([step, child]) => ({ index: indexOf(step), child }))
    .sort((a, b) => a.index - b.index);
  const list: (FormNode | undefined)[] = [];
  for (const { index, child } of children) {
    const skipped = index - Math.max(list.length - 1, 0);
    if (skipped > WIDEST_GAP) {
      throw new MalformedInput(`Excessively sparse input would skip ${skipped} list elements`);
    }
    list.push(...Array<undefined>(Math.max(index - list.length, 0)).fill(undefined), child);
  }
  return list;
};

/** The index from 0 that a step names from 1. */
const indexOf = (step: string): number => {
  if (/^-\d+$/.test(step)) throw new MalformedInput(`Key ${step} may not have a leading '-'`);
  if (!/^\d+$/.test(step)) throw new MalformedInput('Start of list found where not expected');
  const index = Number(step);
  if (index === 0 || index > MAX_INTEGER) throw new MalformedInput(`${step} is not a valid index`);
  return index - 1;
};

const decodeScalar = (kind: ScalarKind, text: string, at: Place): unknown => {
  const value = decodeQueryText(kind, text);
  if (value === undefined)
    throw new MalformedInput(`${at.join('.')} holds \`${text.slice(0, 64)}\`, which is no ${kind}`);
  return value;
};

/** AWS Query has whole numbers of 32 bits alone, and takes 1 for true. */
const decodeQueryText = (kind: ScalarKind, text: string): unknown => {
  if (kind === 'boolean' && (text === '1' || text === '0')) return text === '1';
  if (kind !== 'number') return decodeText(kind, text);
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= -MAX_INTEGER - 1 && number <= MAX_INTEGER ? number : undefined;
};

const MAX_INTEGER = 2_147_483_647;

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
