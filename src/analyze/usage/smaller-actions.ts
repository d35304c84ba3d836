import { compileWildcard } from '../../iam/wildcard.ts';
import type { Statement } from '../../policy/policy-document.ts';
import type { ActionIndex } from '../../reference/action-index.ts';
import { type Bitset, hasBit } from '../../reference/bitset.ts';

/** Whether an action, in AWS's spelling, is to be granted no longer. */
export type IsUnused = (action: string) => boolean;

/** What is unused. */
export interface Unused {
  readonly isUnused: IsUnused;
  /** Whether nothing of a service was used, by prefix in lower case. */
  readonly isIdleService: (service: string) => boolean;
}

/** Writes the actions of an Allow statement without those that are unused. */
export type ActionsWriter = (action: Statement['action']) => Statement['action'];

/**
 * Makes a writer. Patterns of which nothing is unused stay as they are; of others the actions that stay are listed, those
 * with the same verb as one pattern where all of them stay. Equal actions come back where nothing changes.
 */
export const createActionsWriter = (reference: ActionIndex, { isUnused, isIdleService }: Unused): ActionsWriter => {
  const services = byService(reference.names);

  const smallerService = (service: string): readonly string[] => {
    const names = services.get(service) ?? [];
    const kept = names.filter((name) => !isUnused(name));
    if (isIdleService(service)) return kept;
    return kept.length === names.length ? [`${service}:*`] : withVerbs(service, kept, names);
  };
  const smallerPattern = (pattern: string): readonly string[] => {
    if (isEverything(pattern)) {
      return reference.names.some(isUnused) ? [...services.keys()].flatMap(smallerService) : [pattern];
    }
    const colon = pattern.indexOf(':');
    const service = pattern.slice(0, colon).toLowerCase();
    if (/^\*+$/.test(pattern.slice(colon + 1)) && services.has(service)) return smallerService(service);
    const matched = namesIn(reference.matchActions([pattern]), reference);
    const kept = matched.filter((name) => !isUnused(name));
    if (isIdleService(service)) return kept;
    return kept.length === matched.length ? [pattern] : kept;
  };
  const allBut = (patterns: readonly string[]): readonly string[] => {
    const matched = reference.touchActions(patterns);
    const isNamed = namesService(patterns);
    return [...services].flatMap(([service, names]) => {
      // A pattern that matches no known action still keeps back those that AWS may add.
      if (!isNamed(service)) return smallerService(service);
      const left = names.filter((name) => !hasBit(matched, reference.positionOf(name) ?? -1));
      return left.filter((name) => !isUnused(name));
    });
  };

  return (action) => {
    if (action.kind === 'action') {
      const patterns = [...new Set(action.patterns.flatMap(smallerPattern))];
      return isSame(patterns, action.patterns) ? action : { kind: 'action', patterns };
    }
    const matched = reference.matchActions(action.patterns);
    const hasUnused = reference.names.some((name, position) => !hasBit(matched, position) && isUnused(name));
    return hasUnused ? { kind: 'action', patterns: allBut(action.patterns) } : action;
  };
};

/** Whether some of the patterns may match an action of a service, by its prefix in lower case. */
const namesService = (patterns: readonly string[]): ((service: string) => boolean) => {
  const matchers = patterns.map((pattern) => compileWildcard(pattern.toLowerCase().split(':', 1)[0] ?? ''));
  return (service) => matchers.some((matches) => matches(service));
};

const isEverything = (pattern: string): boolean => /^\*+(:\*+)?$/.test(pattern);

const byService = (names: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const services = new Map<string, string[]>();
  for (const name of names) {
    const service = name.slice(0, name.indexOf(':')).toLowerCase();
    const list = services.get(service);
    if (list === undefined) services.set(service, [name]);
    else list.push(name);
  }
  return services;
};

const namesIn = (positions: Bitset, { names }: ActionIndex): readonly string[] =>
  names.filter((_, position) => hasBit(positions, position));

/** As many actions of a verb make a pattern, where no other action has the verb. */
const ENOUGH_FOR_A_PATTERN = 3;

const withVerbs = (service: string, kept: readonly string[], all: readonly string[]): readonly string[] => {
  const patterns = new Map<string, string>();
  const verbOf = (name: string): string => /^[A-Z][a-z0-9]*/.exec(name.slice(service.length + 1))?.[0] ?? '';
  for (const verb of new Set(kept.map(verbOf))) {
    // The case of an action carries no meaning: `apigateway:Delete*` matches `apigateway:DELETE`.
    const prefix = `${service}:${verb}`.toLowerCase();
    const isOfVerb = (name: string): boolean => name.toLowerCase().startsWith(prefix);
    const some = kept.filter(isOfVerb);
    if (verb !== '' && some.length >= ENOUGH_FOR_A_PATTERN && some.length === all.filter(isOfVerb).length) {
      patterns.set(verb, `${service}:${verb}*`);
    }
  }
  return [...new Set(kept.map((name) => patterns.get(verbOf(name)) ?? name))];
};

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((text, at) => text === others[at]);
