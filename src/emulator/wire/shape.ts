import { NormalizedSchema } from '@smithy/core/schema';

/** The form of a value on the wire, as AWS's own models give it: what the codecs need to know and nothing more. */
export type Shape = StructureShape | ListShape | MapShape | TimestampShape | { readonly kind: PlainKind };

/** Values without parts. */
export type ScalarKind = PlainKind | 'timestamp';

/** Values without parts that look the same wherever they stand; a document is any JSON value. */
type PlainKind = 'string' | 'boolean' | 'number' | 'blob' | 'document';

/** A moment, and how its text looks where the model says so; `default` is the protocol's own form. */
export interface TimestampShape {
  readonly kind: 'timestamp';
  readonly format: TimestampFormat;
}

/** Forms of a moment: ISO-8601, that of HTTP headers, seconds since 1970. */
export type TimestampFormat = 'default' | 'dateTime' | 'httpDate' | 'epochSeconds';

/** A structure. Members are made when first asked for, since shapes may contain themselves. */
export interface StructureShape {
  readonly kind: 'structure';
  /** Of the element that holds it where it is a whole body; empty: there is no structure at all. */
  readonly elementName: string;
  readonly members: readonly Member[];
}

/** A member of a structure. */
export interface Member {
  readonly name: string;
  /** The name that stands in a form or in XML. */
  readonly wireName: string;
  /** The name that stands in JSON. */
  readonly jsonName: string;
  /** Where it stands in the protocols that use all of HTTP. */
  readonly binding: HttpBinding;
  readonly required: boolean;
  readonly shape: Shape;
}

/** The part of an HTTP request or answer that a member stands in. Source: Smithy, "HTTP bindings". */
export type HttpBinding =
  | { readonly in: 'label' | 'query' | 'header'; readonly name: string }
  | { readonly in: 'payload' | 'statusCode' | 'body' };

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
  if (schema.isUnitSchema()) return { kind: 'structure', elementName: '', members: [] };
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
  if (schema.isTimestampSchema()) return { kind: 'timestamp', format: timestampFormat(raw) };
  return { kind: plainKind(schema) };
};

const structure = (schema: NormalizedSchema): StructureShape => {
  let members: readonly Member[] | undefined;
  return {
    kind: 'structure',
    elementName: schema.getMergedTraits().xmlName ?? schema.getName() ?? '',
    get members() {
      members ??= [...schema.structIterator()].map(([name, member], index) => ({
        name,
        wireName: wireName(member, name),
        jsonName: member.getMemberTraits().jsonName ?? name,
        binding: httpBinding(member, name),
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

const httpBinding = (member: NormalizedSchema, name: string): HttpBinding => {
  const { httpLabel, httpQuery, httpHeader, httpPayload, httpResponseCode } = member.getMergedTraits();
  if (httpLabel !== undefined) return { in: 'label', name };
  if (httpQuery !== undefined) return { in: 'query', name: httpQuery };
  if (httpHeader !== undefined) return { in: 'header', name: httpHeader.toLowerCase() };
  if (httpPayload !== undefined) return { in: 'payload' };
  return { in: httpResponseCode === undefined ? 'body' : 'statusCode' };
};

/** Smithy's static schemas number the forms of a moment: 4 is the protocol's own. */
const timestampFormat = (schema: unknown): TimestampFormat => {
  const forms: readonly TimestampFormat[] = ['default', 'dateTime', 'httpDate', 'epochSeconds'];
  return (typeof schema === 'number' ? forms[schema - 4] : undefined) ?? 'default';
};

const plainKind = (schema: NormalizedSchema): PlainKind => {
  if (schema.isStringSchema()) return 'string';
  if (schema.isBooleanSchema()) return 'boolean';
  if (schema.isBlobSchema()) return 'blob';
  if (schema.isNumericSchema()) return 'number';
  if (schema.isDocumentSchema()) return 'document';
  // Big numbers and event streams occur in no operation served here; the test walks them all.
  throw new Error(`the schema ${schema.getName(true) ?? ''} has a form that the emulator does not speak`);
};
