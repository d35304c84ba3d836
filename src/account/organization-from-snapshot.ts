import { parseAccountId } from '../iam/account-id.ts';
import { canonicalJson, isJsonObject, type JsonValue } from '../kernel/json.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type {
  Organization,
  OrganizationLevel,
  OrganizationPolicy,
  OrganizationTree,
} from '../snapshot/organization.ts';
import { ROOT_FEATURES } from './account-settings-state.ts';
import { AWS_POLICIES } from './organization-policies.ts';
import type { PolicyType } from './organization-state.ts';
import { parsed } from './trust-document.ts';

/** What a document was parsed from. */
export type TextOf = (document: PolicyDocument) => unknown;

/**
 * What a snapshot tells of an organization, in the members of the account file: the units from the root to the account, and
 * the policies on them. Where the whole of it is not told, a type of policies that is attached nowhere on the way is not enabled.
 */
export const organizationEntry = (organization: Organization | null, textOf: TextOf): object | null => {
  if (organization === null) return null;
  const { id, managementAccountId, features = [], path, tree } = organization;
  const policies = policyEntries(organization, textOf);
  const levels = path.map((level) => ({ level, target: targetEntry(level, policies, textOf) }));
  const [root, ...below] = levels;
  const seen = (['scps', 'rcps'] as const).filter((kind) => path.some((level) => level[kind].length > 0));
  return {
    organizationId: /^o-[a-z0-9]{10,32}$/.test(id) ? id : null,
    managementAccountId,
    rootFeatures: ROOT_FEATURES.filter((feature) => features.includes(feature)),
    rootId: root !== undefined && /^r-[0-9a-z]{4,32}$/.test(root.level.id) ? root.level.id : null,
    enabledPolicyTypes: tree === undefined ? seen.map((kind) => TYPES[kind]) : enabledIn(tree),
    policies: [...policies.values()],
    ...root?.target,
    ...withOthers(nested(below), organization),
  };
};

/** The types that are turned on, of those that decide access. */
const enabledIn = ({ policyTypes }: OrganizationTree): readonly PolicyType[] =>
  Object.values(TYPES).filter((type) => policyTypes.includes(type));

/** With the accounts whose place in the organization the snapshot does not tell, right under the root. */
const withOthers = (
  { accounts = [], ...units }: Nested,
  { accounts: listed = [], path, managementAccountId }: Organization,
): Nested => {
  const placed = new Set([managementAccountId, ...path.map(({ id }) => id)]);
  const others = listed.filter((id) => !placed.has(id) && parseAccountId(id).ok);
  return { ...units, accounts: [...accounts, ...others.map((accountId) => ({ accountId }))] };
};

type Kind = 'scps' | 'rcps';

const TYPES = {
  scps: 'SERVICE_CONTROL_POLICY',
  rcps: 'RESOURCE_CONTROL_POLICY',
} as const satisfies Record<Kind, PolicyType>;

interface Placed {
  readonly level: OrganizationLevel;
  readonly target: object;
}

/** What is below a level, in the members of the account file. */
interface Nested {
  readonly accounts?: readonly object[];
  readonly organizationalUnits?: readonly object[];
}

/** Each level in the one before it; the last is the account. */
const nested = ([first, ...rest]: readonly Placed[]): Nested => {
  if (first === undefined) return {};
  const { level, target } = first;
  if (parseAccountId(level.id).ok)
    return { accounts: [{ accountId: level.id, name: level.name.slice(0, 50), ...target }] };
  const organizationalUnitId = /^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/.test(level.id) ? level.id : null;
  return { organizationalUnits: [{ organizationalUnitId, name: level.name, ...target, ...nested(rest) }] };
};

interface PolicyEntry {
  readonly policyId: string;
  readonly policyName: string;
  readonly type: PolicyType;
  readonly document: unknown;
}

/** The customer's policies on the way, each once, by `policyKey`. */
const policyEntries = ({ path, tree }: Organization, textOf: TextOf): ReadonlyMap<string, PolicyEntry> => {
  const entries = new Map<string, PolicyEntry>();
  const names = new Set<string>();
  for (const kind of ['scps', 'rcps'] as const) {
    for (const policy of path.flatMap((level) => level[kind])) {
      const document = textOf(policy.document);
      const key = policyKey(kind, policy, document);
      if (entries.has(key) || isOfAws(kind, document)) continue;
      const policyName = nameFor(policy.name, kind, names);
      const policyId = idIn(tree, TYPES[kind], policy) ?? `p-s${String(entries.size).padStart(7, '0')}`;
      entries.set(key, { policyId, policyName, type: TYPES[kind], document });
    }
  }
  return entries;
};

/** The id of a policy where the whole organization is told: of one type no two have the same name. */
const idIn = (tree: OrganizationTree | undefined, type: PolicyType, { name }: OrganizationPolicy): string | undefined =>
  tree?.policies.find((each) => each.type === type && each.name === name && /^p-[0-9a-zA-Z_]{8,128}$/.test(each.id))
    ?.id;

const policyKey = (kind: Kind, { name }: OrganizationPolicy, document: unknown): string =>
  JSON.stringify([kind, name, document]);

/** Two policies of one name and type, which AWS would not have, get two names. */
const nameFor = (name: string, kind: Kind, taken: Set<string>): string => {
  let free = name.slice(0, 120);
  for (let count = 2; taken.has(`${kind} ${free}`); count += 1) free = `${name.slice(0, 120)}-${count}`;
  taken.add(`${kind} ${free}`);
  return free;
};

const targetEntry = (level: OrganizationLevel, policies: ReadonlyMap<string, PolicyEntry>, textOf: TextOf) => ({
  fullAWSAccess: level.scps.some(({ document }) => isOfAws('scps', textOf(document))),
  attachedPolicies: (['scps', 'rcps'] as const).flatMap((kind) =>
    level[kind].flatMap((policy) => policies.get(policyKey(kind, policy, textOf(policy.document)))?.policyId ?? []),
  ),
});

/** Whether a document says what AWS's own policy of the type says. */
const isOfAws = (kind: Kind, document: unknown): boolean =>
  comparable(document) === comparable(AWS_POLICIES[TYPES[kind]].content);

const comparable = (document: unknown): string => {
  const value: JsonValue | undefined = typeof document === 'string' ? parsed(document) : asJson(document);
  if (!isJsonObject(value)) return '';
  const { Version: _version, Id: _id, Statement: statements, ...rest } = value;
  const listed = [statements ?? []].flat().map((statement) => {
    if (!isJsonObject(statement)) return statement;
    const { Sid: _sid, ...said } = statement;
    return Object.fromEntries(
      Object.entries(said).map(([name, part]) => [name, Array.isArray(part) && part.length === 1 ? part[0] : part]),
    );
  });
  return canonicalJson({ ...rest, Statement: listed });
};

const asJson = (document: unknown): JsonValue | undefined => parsed(JSON.stringify(document ?? null));
