import { z } from 'zod';
import type { Result } from '../kernel/result.ts';
import { parseYamlFile } from '../kernel/yaml-file.ts';

/** The controls of a compliance framework that are about identities and access. */
export interface ComplianceFramework {
  /** `cis-aws-7.0`, as in the `frameworks` of checks. */
  readonly id: string;
  readonly title: string;
  /** Which part of the framework the controls are. */
  readonly scope: string;
  /** URL of the framework's publisher. */
  readonly reference: string;
  readonly controls: readonly Control[];
}

/** A control, and the checks that speak to it. */
export interface Control {
  /** As the framework writes it, as text: `2.10` is not `2.1`. */
  readonly id: string;
  /** In our own words. */
  readonly title: string;
  /** Whether the framework has it assessed by machine. */
  readonly assessment: 'automated' | 'manual';
  /** Profile level, where the framework has levels. */
  readonly level?: number | undefined;
  /** Ids of checks; none: Vigil evaluates nothing of it. */
  readonly checks: readonly string[];
}

const text = z.string().trim().min(1);

/** Says of a list of things with ids which id occurs twice. */
const uniqueIds = (controls: readonly { readonly id: string }[], context: z.RefinementCtx): void => {
  const seen = new Set<string>();
  for (const [index, { id }] of controls.entries()) {
    if (seen.has(id)) context.addIssue({ code: 'custom', message: `\`${id}\` occurs twice`, path: [index, 'id'] });
    seen.add(id);
  }
};

const frameworkSchema: z.ZodType<ComplianceFramework> = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*(\.\d+)?$/, 'expected an id such as `cis-aws-7.0`'),
  title: text,
  scope: text,
  reference: z.url(),
  controls: z
    .array(
      z.strictObject({
        // A number would lose its last zero: `2.10` must be quoted.
        id: z.string('expected the id of a control as quoted text').min(1),
        title: text,
        assessment: z.enum(['automated', 'manual']),
        level: z.number().int().exactOptional(),
        checks: z.array(text),
      }),
    )
    .min(1)
    .superRefine(uniqueIds),
});

/** Reads a framework's file under `config/compliance/`; the errors are all of its problems, each with its place. */
export const parseComplianceFramework = (yaml: string, file: string): Result<ComplianceFramework, readonly string[]> =>
  parseYamlFile(yaml, file, frameworkSchema);
