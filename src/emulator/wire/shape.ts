import { NormalizedSchema } from '@smithy/core/schema';

/** The form of a value on the wire, as AWS's own models give it: what the codecs need to know and nothing more. */
export type Shape = StructureShape | ListShape | MapShape | { readonly kind: ScalarKind };

/** Values without parts. */
export type ScalarKind = 'string' | 'boolean' | 'number' | 'timestamp' | 'blob';

/** A structure. Members are made when first asked for, since shapes may contain themselves. */
export interface StructureShape {
  readonly kind: 'structure';
  readonly members: readonly Member[];
}

/** A member of a structure. */
export interface Member {
  readonly name: string;
  /** The name that stands in the request or answer. */
  readonly wireName: string;
  readonly required: boolean;
  readonly shape: Shape;
}

/** A list; a flattened one repeats its own name instead of wrapping items in `itemName`. */
export interface ListShape {
  readonly kind: 'list';
  readonly flattened: boolean;
  readonly itemName: string;
  readonly item: Shape;
}

/** A map with text keys. */
export interface MapShape {
  readonly kind: 'map';
  readonly flattened: boolean;
  readonly keyName: string;
  readonly valueName: string;
  readonly value: Shape;
}

/** The shape of a schema that an SDK package exports. */
export const shapeOf = (schema: Parameters<typeof NormalizedSchema.of>[0]): Shape =>
  toShape(NormalizedSchema.of(schema));

const structures = new WeakMap<object, StructureShape>();

const toShape = (schema: NormalizedSchema): Shape => {
  const raw = schema.getSchema();
  if (schema.isStructSchema() && typeof raw === 'object') {
    const made = structures.get(raw) ?? structure(schema);
    structures.set(raw, made);
    return made;
  }
  if (schema.isUnitSchema()) return { kind: 'structure', members: [] };
  const flattened = Boolean(schema.getMergedTraits().xmlFlattened);
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    return { kind: 'list', flattened, itemName: wireName(item, 'member'), item: toShape(item) };
  }
  if (schema.isMapSchema()) {
    const value = schema.getValueSchema();
    const keyName = wireName(schema.getKeySchema(), 'key');
    return { kind: 'map', flattened, keyName, valueName: wireName(value, 'value'), value: toShape(value) };
  }
  return { kind: scalarKind(schema) };
};

const structure = (schema: NormalizedSchema): StructureShape => {
  let members: readonly Member[] | undefined;
  return {
    kind: 'structure',
    get members() {
      members ??= [...schema.structIterator()].map(([name, member], index) => ({
        name,
        wireName: wireName(member, name),
        required: index < requiredCount(schema.getSchema()),
        shape: toShape(member),
      }));
      return members;
    },
  };
};

/** Smithy's static schemas list required members first and end with their number. */
const requiredCount = (schema: unknown): number =>
  Array.isArray(schema) && typeof schema[6] === 'number' ? schema[6] : 0;

const wireName = (schema: NormalizedSchema, ownName: string): string => schema.getMemberTraits().xmlName ?? ownName;

const scalarKind = (schema: NormalizedSchema): ScalarKind => {
  if (schema.isStringSchema()) return 'string';
  if (schema.isBooleanSchema()) return 'boolean';
  if (schema.isTimestampSchema()) return 'timestamp';
  if (schema.isBlobSchema()) return 'blob';
  if (schema.isNumericSchema()) return 'number';
  // Big numbers, documents and event streams occur in none of the services served here; the test walks them all.
  throw new Error(`the schema ${schema.getName(true) ?? ''} has a form that the emulator does not speak`);
};
