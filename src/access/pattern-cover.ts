import type { CompiledStatement } from '../policy/compile-policy.ts';
import type { ResourcePattern } from '../policy/resource-pattern.ts';

/**
 * Whether a statement's `Resource` or `NotResource` is sure to match every resource that a pattern matches. `pattern` is
 * null for every resource there is, and otherwise holds no policy variables. Where that is hard to see, it says no.
 */
export const coversPattern = ({ statement, resource }: CompiledStatement, pattern: string | null): boolean => {
  if (statement.resource === null) return false;
  if (statement.resource.kind === 'notResource') {
    return (
      pattern !== null && statement.resource.patterns.every((each) => !hasVariable(each) && areDisjoint(each, pattern))
    );
  }
  return statement.resource.patterns.some((text, at) => contains(text, resource?.patterns[at], pattern));
};

/**
 * Whether policy variables may stand in a pattern: it is not the same for everybody then, nor in every version, and where
 * one has no value the statement does not apply at all.
 */
export const hasVariable = (pattern: string): boolean => pattern.includes('${');

const contains = (text: string, wider: ResourcePattern | undefined, pattern: string | null): boolean => {
  if (wider?.kind === 'everything') return true;
  if (pattern === null || wider?.kind !== 'fixed') return false;
  if (text === pattern) return true;
  // Taken for a plain text, a pattern is matched by those that have a `*` wherever it has wildcards. A `?` is no such.
  const resourcePart = pattern.split(':').slice(5).join(':');
  const leading = pattern.slice(0, pattern.length - resourcePart.length);
  return resourcePart !== '' && !/[*?]/.test(leading) && !text.includes('?') && wider.matches(pattern);
};

const areDisjoint = (left: string, right: string): boolean => {
  const [one, other] = [fixedBeginning(left), fixedBeginning(right)];
  return !one.startsWith(other) && !other.startsWith(one);
};

const fixedBeginning = (pattern: string): string => /^[^*?]*/.exec(pattern)?.[0] ?? '';
