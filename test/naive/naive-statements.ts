import { isOperator, type NaiveCondition } from './naive-conditions.ts';

/** Whom a statement names, by kind of principal. */
export type NaiveNames = Readonly<Record<string, readonly string[]>>;

/** A statement that AWS would accept. Of each pair of elements one is null. */
export interface NaiveStatement {
  readonly effect: 'Allow' | 'Deny';
  /** Whether `${…}` is a policy variable. */
  readonly variables: boolean;
  readonly principal: NaiveNames | null;
  readonly notPrincipal: NaiveNames | null;
  readonly action: readonly string[] | null;
  readonly notAction: readonly string[] | null;
  readonly resource: readonly string[] | null;
  readonly notResource: readonly string[] | null;
  readonly conditions: readonly NaiveCondition[];
}

/**
 * What the statements of a type of policy must have: a `Resource`, a `Principal`, or both. Policies of resources need no
 * `Resource`, since those of roles have none.
 */
export type NaiveForm = 'identity' | 'cap' | 'resource';

/**
 * The statements of a document, without those that AWS would refuse: they neither grant nor deny.
 * Source: "Grammar of the IAM JSON policy language".
 */
export const statementsOf = (document: unknown, form: NaiveForm): readonly NaiveStatement[] => {
  if (typeof document === 'string') return statementsOf(jsonOf(document), form);
  if (!isObject(document) || ![undefined, '2008-10-17', '2012-10-17'].includes(textOrUndefined(document['Version']))) {
    return [];
  }
  return listOf(document['Statement']).flatMap((raw) => {
    const statement = isObject(raw) ? readStatement(raw, document['Version'] === '2012-10-17') : null;
    return statement !== null && isAccepted(statement, form) ? [statement] : [];
  });
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text);
  } catch {
    return null;
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOrUndefined = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

const ELEMENTS = [
  ...['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
];

/** Null where an element has no form that the grammar knows. */
const readStatement = (raw: Readonly<Record<string, unknown>>, variables: boolean): NaiveStatement | null => {
  const effect = raw['Effect'];
  const conditions = readConditions(raw['Condition']);
  const principals = [raw['Principal'], raw['NotPrincipal']].map(readNames);
  const patterns = [raw['Action'], raw['NotAction'], raw['Resource'], raw['NotResource']].map(readTexts);
  if (!Object.keys(raw).every((key) => ELEMENTS.includes(key))) return null;
  if ((effect !== 'Allow' && effect !== 'Deny') || conditions === 'refused') return null;
  if (!['undefined', 'string'].includes(typeof raw['Sid'])) return null;
  const [principal = null, notPrincipal = null] = principals;
  const [action = null, notAction = null, resource = null, notResource = null] = patterns;
  if (principal === 'refused' || notPrincipal === 'refused') return null;
  if (action === 'refused' || notAction === 'refused' || resource === 'refused' || notResource === 'refused') {
    return null;
  }
  return { effect, variables, principal, notPrincipal, action, notAction, resource, notResource, conditions };
};

const readTexts = (value: unknown): readonly string[] | null | 'refused' => {
  if (value === undefined) return null;
  const list = listOf(value);
  const texts = list.filter((each): each is string => typeof each === 'string');
  return texts.length === list.length && texts.length > 0 ? texts : 'refused';
};

const KINDS = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

const readNames = (value: unknown): NaiveNames | null | 'refused' => {
  if (value === undefined) return null;
  if (value === '*') return { AWS: ['*'] };
  if (!isObject(value)) return 'refused';
  const names: Record<string, readonly string[]> = {};
  for (const [kind, listed] of Object.entries(value)) {
    const texts = readTexts(listed);
    if (!KINDS.includes(kind) || texts === null || texts === 'refused') return 'refused';
    names[kind] = texts;
  }
  return names;
};

const readConditions = (value: unknown): readonly NaiveCondition[] | 'refused' => {
  if (value === undefined) return [];
  if (!isObject(value)) return 'refused';
  const conditions: NaiveCondition[] = [];
  for (const [operator, keys] of Object.entries(value)) {
    if (!isOperator(operator) || !isObject(keys)) return 'refused';
    for (const [key, values] of Object.entries(keys)) {
      const listed = listOf(values);
      if (!listed.every((each) => ['string', 'number', 'boolean'].includes(typeof each))) return 'refused';
      conditions.push({ operator, key, values: listed.map(String) });
    }
  }
  return conditions;
};

const isAccepted = (statement: NaiveStatement, form: NaiveForm): boolean => {
  const { effect, principal, notPrincipal, action, notAction, resource, notResource } = statement;
  const actions = [...(action ?? []), ...(notAction ?? [])];
  const resources = [...(resource ?? []), ...(notResource ?? [])];
  if ((action === null) === (notAction === null) || (resource !== null && notResource !== null)) return false;
  if (!actions.every((each) => /^(\*+(:\*+)?|[A-Za-z0-9-]+:[A-Za-z0-9*?-]+)$/.test(each))) return false;
  if (!resources.every((each) => /^(\*+$|arn:)/.test(each))) return false;
  if (form !== 'resource' && resources.length === 0) return false;
  if (form === 'identity') return principal === null && notPrincipal === null;
  // `NotPrincipal` is for `Deny` only.
  return (principal === null) !== (notPrincipal === null) && (notPrincipal === null || effect === 'Deny');
};
