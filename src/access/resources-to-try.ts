import type { ApplicablePolicies } from '../evaluate/applicable-policies.ts';
import type { CompiledStatement, RequestedAction } from '../policy/compile-policy.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { AccountAccess, Principal } from './account-access.ts';
import { beginAlike, literalStart } from './literal-start.ts';
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
  for (const { text, start, version, statement } of namedIn(policies)) {
    if (!beginAlike(start, wanted.start) || !statement.actions.matches(action)) continue;
    for (const said of areaOf({ kind: 'resource', patterns: [text] }, version, context).patterns) {
      const common = named(said, wanted.area);
      if (common !== null) texts.add(common);
    }
  }
  return [...texts];
};

/** A pattern of resources that a policy names. */
interface NamedPattern {
  readonly text: string;
  /** What it begins with, up to the first wildcard or variable. */
  readonly start: string;
  readonly version: PolicyDocument['version'];
  readonly statement: CompiledStatement;
}

const patternsNamed = new WeakMap<ApplicablePolicies, readonly NamedPattern[]>();

/** Where policies allow something: the patterns, but for `*`, that an Allow matches, and those that a Deny does not. */
const namedIn = (policies: ApplicablePolicies): readonly NamedPattern[] => {
  let patterns = patternsNamed.get(policies);
  if (patterns === undefined) {
    patterns = policiesOf(policies).flatMap(({ document: { version }, allows, denies }) =>
      [...allows, ...denies].flatMap((statement) =>
        patternsOf(statement).map((text) => ({ text, start: literalStart(text), version, statement })),
      ),
    );
    patternsNamed.set(policies, patterns);
  }
  return patterns;
};

const patternsOf = ({ statement: { effect, resource } }: CompiledStatement): readonly string[] =>
  resource?.kind === (effect === 'Allow' ? 'resource' : 'notResource')
    ? resource.patterns.filter((each) => each !== '*')
    : [];

/** A pattern of resources that somebody asks for. */
interface WantedPattern {
  readonly area: AreaPattern;
  /** What it begins with, up to the first wildcard. */
  readonly start: string;
}

const wantedPatterns = new Map<string, WantedPattern | null>();

/** Few patterns are asked for, again and again. */
const wantedPattern = (pattern: string): WantedPattern | null => {
  let wanted = wantedPatterns.get(pattern);
  if (wanted === undefined) {
    if (wantedPatterns.size >= MOST_REMEMBERED) wantedPatterns.clear();
    const area = plainPattern(pattern);
    wanted = area && { area, start: literalStart(pattern) };
    wantedPatterns.set(pattern, wanted);
  }
  return wanted;
};

const MOST_REMEMBERED = 1000;

const policiesOf = ({ identity, boundary, scps = [] }: ApplicablePolicies) =>
  [...identity, ...(boundary ?? []), ...scps.flat()].map(({ policy }) => policy);

const named = (said: AreaPattern, wanted: AreaPattern): string | null =>
  said.kind === 'everything' ? null : commonText(said.glyphs, wanted.glyphs, 'x');
