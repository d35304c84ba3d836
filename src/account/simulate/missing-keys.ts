import { resourceFormula } from '../../evaluate/statement-formula.ts';
import type { CompiledPolicy, CompiledStatement, RequestedAction } from '../../policy/compile-policy.ts';
import type { ContextLookup } from '../../policy/context-lookup.ts';
import { variableKeys } from './variable-keys.ts';

/**
 * The condition keys, as policies spell them, that statements about an action on a resource look at and that a context
 * does not have.
 */
export const missingKeys = (
  policies: readonly CompiledPolicy[],
  action: RequestedAction,
  resource: string,
  context: ReadonlyMap<string, readonly string[]>,
): string[] => {
  const unsettled: ContextLookup = (key) => context.get(key) ?? 'unknown';
  const isAbout = ({ actions, resource: matcher }: CompiledStatement): boolean =>
    actions.matches(action) && (matcher === null || resourceFormula(matcher, resource, unsettled).kind !== 'false');
  const missing = new Map<string, string>();
  for (const { document, allows, denies } of policies) {
    for (const { statement } of [...allows, ...denies].filter(isAbout)) {
      const texts = [...(statement.resource?.patterns ?? []), ...statement.conditions.flatMap(({ values }) => values)];
      const variables = document.version === '2012-10-17' ? texts.flatMap(variableKeys) : [];
      for (const key of [...statement.conditions.map((condition) => condition.key), ...variables]) {
        const name = key.toLowerCase();
        if (name.includes(':') && !context.has(name) && !missing.has(name)) missing.set(name, key);
      }
    }
  }
  return [...missing.values()];
};
