import fc from 'fast-check';
import type { Member, Shape, StructureShape } from '../wire/shape.ts';

/**
 * Values of a shape in the members of its model, with times as `Date`s and blobs as bytes, as an SDK client takes and
 * gives them. Structures, lists and maps have at least one part below the top: the query form cannot say "empty
 * structure", and leaves empty maps out.
 */
export const valuesOf = (shape: StructureShape): fc.Arbitrary<Record<string, unknown>> => structureValues(shape, 0, 0);

const DEEPEST = 5;

const structureValues = (
  shape: StructureShape,
  depth: number,
  minMembers: number,
): fc.Arbitrary<Record<string, unknown>> => {
  const members = shape.members.filter((member) => member.required || depth < DEEPEST || isScalar(member.shape));
  return fc
    .record(Object.fromEntries(members.map((member) => [member.name, memberValues(member, depth + 1)])), {
      requiredKeys: members
        .filter(({ required, binding }) => required || binding.in === 'statusCode')
        .map(({ name }) => name),
    })
    .filter((value) => Object.keys(value).length >= Math.min(minMembers, members.length));
};

/** What stands in a path or a header cannot be any text. */
const memberValues = ({ name, binding, shape }: Member, depth: number): fc.Arbitrary<unknown> => {
  if (name === 'Bucket' && binding.in === 'label') return fc.stringMatching(/^[a-z]{3,20}$/);
  // The client looks for these in its own table, and takes the empty location for none.
  if (name === 'ChecksumAlgorithm') return fc.constantFrom('CRC32', 'SHA256');
  if (name === 'LocationConstraint') return text.filter((value) => value !== '');
  if (binding.in === 'statusCode') return fc.integer({ min: 200, max: 299 });
  if (shape.kind !== 'string') return values(shape, depth);
  if (binding.in === 'label') return fc.stringMatching(/^[!-.0-~üß€][ -~üß€]{0,20}$/);
  if (binding.in === 'header') return fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
  return binding.in === 'payload' ? text.filter((value) => value !== '') : text;
};

const isScalar = (shape: Shape): boolean => !['structure', 'list', 'map'].includes(shape.kind);

const values = (shape: Shape, depth: number): fc.Arbitrary<unknown> => {
  switch (shape.kind) {
    case 'structure':
      return structureValues(shape, depth, 1);
    case 'list':
      return fc.array(values(shape.item, depth), { minLength: 1, maxLength: 3 });
    case 'map':
      return fc.dictionary(mapKey, values(shape.value, depth), { minKeys: 1, maxKeys: 3, noNullPrototype: true });
    case 'boolean':
      return fc.boolean();
    case 'number':
      return fc.integer();
    case 'timestamp':
      return fc.integer({ min: 0, max: 4_102_444_799 }).map((seconds) => new Date(seconds * 1000));
    case 'blob':
      return fc.uint8Array({ minLength: 1, maxLength: 20 });
    case 'string':
      return text;
    case 'document':
      return fc.constantFrom('text', 1, true, { a: [null] });
  }
};

/** The SDK's XML parser takes text of nothing but white space with a line end in it for indentation. */
const isIndentation = (value: string): boolean => value.trim() === '' && value.includes('\n');

const text = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.constantFrom('__proto__', '<&>"\'', ' a ', 'a\r\nb', '\u0001', 'ü€😀', '+%20'),
  )
  .filter((value) => !isIndentation(value));

/** The SDK's clients of JSON lose the value that a map of structures has under this name. */
const mapKey = text.filter((key) => key !== '__proto__');
