import type { ApplicablePolicies } from '../evaluate/applicable-policies.ts';
import type { CompiledStatement, RequestedAction } from '../policy/compile-policy.ts';
import type { AccountAccess, Principal } from './account-access.ts';
import { commonText } from './permissions/common-text.ts';
import { type AreaPattern, areaOf, plainPattern } from './permissions/resource-area.ts';

/**
 * Names of resources that are worth asking for, where the principal is free to choose one that fits `pattern` (an ARN with
 * wildcards): the name `preferred`, and one for each pattern of its policies that speaks of such resources. If none of them
 * is allowed, hardly any other is.
 */
export const resourcesToTry = (
  access: Pick<AccountAccess, 'asker'>,
  principal: Principal,
  {
    action,
    pattern,
    preferred,
  }: { readonly action: RequestedAction; readonly pattern: string; readonly preferred: string },
): readonly string[] => {
  const { policies, context } = access.asker(principal);
  const wanted = wantedPattern(pattern);
  if (wanted === null) return [];
  const texts = new Set([preferred]);
  for (const { document, allows, denies } of policiesOf(policies)) {
    for (const statement of [...allows, ...denies]) {
      const patterns = patternsOf(statement, pattern);
      if (patterns.length === 0 || !statement.actions.matches(action)) continue;
      for (const said of areaOf({ kind: 'resource', patterns }, document.version, context).patterns) {
        const text = named(said, wanted);
        if (text !== null) texts.add(text);
      }
    }
  }
  return [...texts];
};

/** Where a statement allows something: what an Allow matches, and what a Deny does not. */
const patternsOf = ({ statement: { effect, resource } }: CompiledStatement, wanted: string): readonly string[] =>
  resource?.kind === (effect === 'Allow' ? 'resource' : 'notResource')
    ? resource.patterns.filter((each) => mayMeet(each, wanted))
    : [];

const wantedPatterns = new Map<string, AreaPattern | null>();

/** Few patterns are asked for, again and again. */
const wantedPattern = (pattern: string): AreaPattern | null => {
  let wanted = wantedPatterns.get(pattern);
  if (wanted === undefined) {
    if (wantedPatterns.size >= MOST_REMEMBERED) wantedPatterns.clear();
    wanted = plainPattern(pattern);
    wantedPatterns.set(pattern, wanted);
  }
  return wanted;
};

const MOST_REMEMBERED = 1000;

/** Whether two patterns begin alike, up to the first wildcard or variable; `*` names nothing. */
const mayMeet = (said: string, wanted: string): boolean => {
  if (said === '*') return false;
  const length = Math.min(literalLength(said), literalLength(wanted));
  return said.startsWith(wanted.slice(0, length));
};

const literalLength = (pattern: string): number => {
  const at = pattern.search(/[*?$]/);
  return at < 0 ? pattern.length : at;
};

const policiesOf = ({ identity, boundary, scps = [] }: ApplicablePolicies) =>
  [...identity, ...(boundary ?? []), ...scps.flat()].map(({ policy }) => policy);

const named = (said: AreaPattern, wanted: AreaPattern): string | null =>
  said.kind === 'everything' ? null : commonText(said.glyphs, wanted.glyphs, 'x');
