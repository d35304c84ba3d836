import { compileWildcard } from '../iam/wildcard.ts';
import { canonicalJson, isJsonList, isJsonObject, type JsonValue } from '../kernel/json.ts';
import type { Finding } from './audit-report.ts';
import type { Category, ExternalAccess, ResidualConditions } from './check-result.ts';

/**
 * Whether a finding is about more than it was: access from outside to more, by more or for more, or a policy problem that more
 * things share. What is unused grows by itself as time passes, and is no reason.
 */
export const isWider = (finding: Finding, before: Finding): boolean =>
  isOpener(finding.external, before.external) ||
  (SCOPE_MEMBERS[finding.category] ?? []).some((member) => hasMore(finding.evidence[member], before.evidence[member]));

/** Members of the evidence that list whom or what a finding is about. */
const SCOPE_MEMBERS: Readonly<Partial<Record<Category, readonly string[]>>> = {
  external: ['principals'],
  policy: ['attachedTo', 'services', 'opens'],
};

const isOpener = (access: ExternalAccess | undefined, before: ExternalAccess | undefined): boolean => {
  if (access === undefined || before === undefined) return false;
  return (
    hasUncovered(access.actions, before.actions) ||
    isBroaderPrincipal(access.principal, before.principal) ||
    (access.resource !== before.resource && compileWildcard(access.resource)(before.resource))
  );
};

/** `*` is everybody, and an account more than somebody in it. */
const isBroaderPrincipal = (principal: string, before: string): boolean => {
  if (principal === before) return false;
  if (principal === '*') return true;
  const account = /^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$/.exec(principal)?.[1];
  return (
    account !== undefined && before.startsWith('arn:') && before.split(':')[4] === account && !before.endsWith(':root')
  );
};

const hasMore = (list: JsonValue | undefined, before: JsonValue | undefined): boolean => {
  if (!isJsonList(list) || !isJsonList(before)) return false;
  return hasUncovered(list.filter(isText), before.filter(isText));
};

const isText = (value: JsonValue): value is string => typeof value === 'string';

/** Whether some text is neither among others nor matched by one of them. */
const hasUncovered = (texts: readonly string[], others: readonly string[]): boolean => {
  const known = new Set(others);
  const missing = texts.filter((text) => !known.has(text));
  if (missing.length === 0) return false;
  const patterns = others.filter((text) => text.includes('*')).map(compileWildcard);
  return missing.some((text) => !patterns.some((matches) => matches(text)));
};

/** Whether the conditions of an access ask for less than they did: one of several is gone, or another way is open. */
export const isLooser = (conditions: ResidualConditions | null, before: ResidualConditions | null): boolean => {
  if (conditions === null || before === null) return conditions === null && before !== null;
  const [is, was] = [conditions.formula, before.formula];
  return isPart(membersOf(is, 'all'), membersOf(was, 'all')) || isPart(membersOf(was, 'any'), membersOf(is, 'any'));
};

const membersOf = (formula: JsonValue, kind: 'all' | 'any'): ReadonlySet<string> => {
  const members = isJsonObject(formula) ? formula[kind] : undefined;
  return new Set((isJsonList(members) ? members : [formula]).map(canonicalJson));
};

/** Whether a set is within another that has more. */
const isPart = (some: ReadonlySet<string>, more: ReadonlySet<string>): boolean =>
  some.size < more.size && [...some].every((each) => more.has(each));
