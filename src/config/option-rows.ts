import { z } from 'zod';

/** One option of the configuration, as the example file and the README's table show it. */
export interface OptionRow {
  readonly section: string;
  readonly option: string;
  readonly description: string;
  /** The environment variable that overrides the file; null: none does. */
  readonly env: string | null;
  /** Undefined: the option has no default. */
  readonly defaultValue: unknown;
  /** A value to show where there is no default. */
  readonly example: unknown;
  readonly schema: z.ZodType;
}

const optionMeta = z.object({
  description: z.string(),
  env: z.string().optional(),
  example: z.unknown().optional(),
});

/** The rows of all sections, in the order they are declared. */
export const optionRows = (
  sections: Readonly<Record<string, z.ZodObject<Readonly<Record<string, z.ZodType>>>>>,
): readonly OptionRow[] =>
  Object.entries(sections).flatMap(([section, { shape }]) =>
    Object.entries(shape).map(([option, schema]) => {
      const { description, env, example } = optionMeta.parse(z.globalRegistry.get(schema));
      const absent = schema.safeParse(undefined);
      return {
        section,
        option,
        description,
        env: env ?? null,
        defaultValue: absent.success ? absent.data : undefined,
        example,
        schema,
      };
    }),
  );
