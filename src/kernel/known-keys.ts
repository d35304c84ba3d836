import { z } from 'zod';

/** The keys that a schema knows at a path; none where it takes any. */
export const knownKeys = (schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] => {
  const [step, ...rest] = path;
  return alternatives(schema).flatMap((one) => {
    if (one instanceof z.ZodObject) {
      const shape: Readonly<Record<string, z.core.$ZodType>> = one.shape;
      if (step === undefined) return Object.keys(shape);
      const member = Object.hasOwn(shape, step) ? shape[String(step)] : undefined;
      return member === undefined ? [] : knownKeys(member, rest);
    }
    if (step === undefined) return [];
    if (one instanceof z.ZodArray) return knownKeys(one.element, rest);
    return one instanceof z.ZodRecord ? knownKeys(one.valueType, rest) : [];
  });
};

/** What a schema is beneath its default, its conversion or its choice. */
const alternatives = (schema: z.core.$ZodType): readonly z.core.$ZodType[] => {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(alternatives);
  if (schema instanceof z.ZodPipe) return [...alternatives(schema.in), ...alternatives(schema.out)];
  const isWrapper =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault;
  return isWrapper ? alternatives(schema.unwrap()) : [schema];
};
