import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../kernel/json.ts';

/**
 * What policies of an inherited type come to together, those of the root first: tag policies, backup policies, … The
 * operators `@@assign`, `@@append` and `@@remove` are worked out, and children change only what the policies above let
 * them. Source: "Inheritance operators", AWS Organizations User Guide.
 */
export const effectivePolicy = (policies: readonly JsonObject[]): JsonObject => {
  const merged = policies.reduce<Merged>(merge, EMPTY);
  return printed(merged);
};

/** What a setting or a group of settings has come to. */
interface Merged {
  readonly value: JsonValue | undefined;
  readonly parts: ReadonlyMap<string, Merged>;
  /** What the next policies may do here; null: everything. */
  readonly allowed: readonly string[] | null;
}

const EMPTY: Merged = { value: undefined, parts: new Map(), allowed: null };

const FOR_CHILDREN = '@@operators_allowed_for_child_policies';

const merge = (before: Merged, policy: JsonObject): Merged => {
  const mayDo = (operator: string): boolean => before.allowed?.includes(operator) ?? true;
  const value = ['@@assign', '@@append', '@@remove'].reduce<JsonValue | undefined>((sofar, operator) => {
    const given = policy[operator];
    return given === undefined || !mayDo(operator) ? sofar : changed(operator, sofar, given);
  }, before.value);
  const parts = new Map(before.parts);
  for (const [name, part] of Object.entries(policy)) {
    if (name.startsWith('@@')) continue;
    // Keys of tags are told apart by their letters, not by their case.
    const key = [...parts.keys()].find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;
    const inherited = parts.get(key) ?? { ...EMPTY, allowed: before.allowed };
    if (isJsonObject(part)) parts.set(key, merge(inherited, part));
    else if (mayDo('@@assign')) parts.set(key, { ...inherited, value: part });
  }
  return { value, parts, allowed: allowedBy(policy) ?? before.allowed };
};

const changed = (operator: string, before: JsonValue | undefined, given: JsonValue): JsonValue => {
  if (operator === '@@assign') return given;
  const held = listOf(before);
  const named = listOf(given);
  return operator === '@@append'
    ? [...held, ...named.filter((each) => !held.includes(each))]
    : held.filter((each) => !named.includes(each));
};

const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  value === undefined ? [] : isJsonList(value) ? value : [value];

const allowedBy = (policy: JsonObject): readonly string[] | null => {
  const given = policy[FOR_CHILDREN];
  if (given === undefined) return null;
  const names = listOf(given).filter((name) => typeof name === 'string');
  return names.includes('@@all') ? ['@@assign', '@@append', '@@remove'] : names;
};

const printed = ({ parts }: Merged): JsonObject =>
  Object.fromEntries([...parts].map(([name, part]) => [name, part.value ?? printed(part)]));
