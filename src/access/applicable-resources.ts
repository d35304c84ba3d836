import { resourcePartStart } from '../policy/arn-pattern.ts';
import type { PolicyDocument, Statement } from '../policy/policy-document.ts';
import type { ActionDescription } from '../reference/service-reference.ts';
import { areDisjoint } from './permissions/area-relations.ts';
import { type Area, areaOf, plainPattern } from './permissions/resource-area.ts';

/**
 * Whether an action may ever be asked of a resource that a statement's `Resource` matches, by the types of resource that
 * AWS tells it works on. True where that is not sure.
 */
export const mayApply = (
  resource: NonNullable<Statement['resource']>,
  version: PolicyDocument['version'],
  { resourceTypes }: ActionDescription,
): boolean => {
  if (resource.kind === 'notResource') return true;
  // AWS's own examples give `s3:ListAllMyBuckets`, which takes no resource, on `arn:aws:s3:::*`, and that works.
  if (resource.patterns.some((pattern) => /^(?:\*+|arn:(?:[^:]*:){4}\*+|arn:\*+)$/.test(pattern))) return true;
  const area = areaOf(resource, version, () => 'unknown');
  return resourceTypes.some(({ name, arnPattern }) => {
    const type = plainPattern(anyOfType(arnPattern));
    if (type === null) return true;
    return !areDisjoint(name === 'bucket' ? withoutSlashes(area) : area, { kind: 'resource', patterns: [type] });
  });
};

/** The pattern of all ARNs of a type. A `*` that ends a part would cover those that follow: one before a `?` does not. */
const anyOfType = (arnPattern: string): string => {
  const start = resourcePartStart(arnPattern) ?? 0;
  const filled = (text: string, by: string): string => text.replace(/\$\{[^}]*\}/g, by);
  return filled(arnPattern.slice(0, start), '*?') + filled(arnPattern.slice(start), '*');
};

/** No name of a bucket holds a slash; that of a tag in a variable may. */
const withoutSlashes = ({ kind, patterns }: Area): Area => ({
  kind,
  patterns: patterns.filter(({ text }) => !text.replace(/\$\{[^}]*\}/g, '').includes('/')),
});
