import type { AccountId } from '../../iam/account-id.ts';
import type { AccountState } from '../account-state.ts';
import type { MemberAccountState, UnitState } from '../organization-state.ts';
import { derivedId } from './derived-id.ts';
import type { OrganizationEntry, UnitEntry } from './organization-schema.ts';
import type { Complain, FilePath } from './references.ts';

/** The root, a unit or an account of an organization in the account file, and what is attached to it. */
export interface OrganizationTarget {
  readonly id: string;
  /** Where it stands, below `organization`. */
  readonly at: FilePath;
  readonly attachedPolicies: readonly string[];
  readonly fullAWSAccess: boolean;
  readonly tags: ReadonlyMap<string, string>;
  readonly unit?: UnitState;
  readonly account?: MemberAccountState;
}

/** What the tree hangs from. */
interface Top {
  readonly rootId: string;
  readonly managementAccountId: AccountId;
  /** The main account of the file. */
  readonly main: AccountState;
}

/** Below the root. Source: "Quotas for AWS Organizations". */
const DEEPEST = 5;

/**
 * Everything in an organization, parents before what is in them. The management account stands under the root where the
 * file puts it nowhere; so does the account of a file that holds one. What stands twice or too deep is complained of.
 */
export const targetsOf = (entry: OrganizationEntry, top: Top, complain: Complain): readonly OrganizationTarget[] => {
  const root: OrganizationTarget = { ...entry, id: top.rootId, at: [] };
  const listed = [root, ...below(entry, { id: top.rootId, at: [], depth: 0 }, complain)];
  const missing = [...new Set([top.managementAccountId, top.main.accountId])].filter(
    (id) => !listed.some((target) => target.id === id),
  );
  const targets = [...listed, ...missing.map((id) => unlisted(id, top))];
  const seen = new Set<string>();
  for (const { id, at } of targets) {
    if (seen.has(id)) complain(at, `\`${id}\` stands twice in the organization`);
    seen.add(id);
  }
  return targets;
};

interface Parent {
  readonly id: string;
  readonly at: FilePath;
  readonly depth: number;
}

const below = (
  { accounts, organizationalUnits }: Pick<UnitEntry, 'accounts' | 'organizationalUnits'>,
  parent: Parent,
  complain: Complain,
): readonly OrganizationTarget[] => {
  if (parent.depth === DEEPEST && organizationalUnits.length > 0) {
    complain([...parent.at, 'organizationalUnits'], `organizational units nest ${DEEPEST} deep at most`);
    return [];
  }
  const members = accounts.map((account, index): OrganizationTarget => {
    const { accountId: id, status, joinedMethod, joinedTimestamp } = account;
    const name = account.name ?? `account-${id}`;
    const email = account.email ?? `${id}@example.com`;
    return {
      ...account,
      id,
      at: [...parent.at, 'accounts', index],
      account: { id, name, email, status, joinedMethod, joinedTimestamp, parentId: parent.id },
    };
  });
  const names = new Set<string>();
  const units = organizationalUnits.flatMap((unit, index): readonly OrganizationTarget[] => {
    const at = [...parent.at, 'organizationalUnits', index];
    if (names.has(unit.name)) complain(at, `\`${unit.name}\` stands twice under one parent`);
    names.add(unit.name);
    const id = unit.organizationalUnitId ?? derivedId(`ou-${rootPart(parent.id)}-`, 8, [parent.id, unit.name]);
    const state = { id, name: unit.name, parentId: parent.id };
    return [{ ...unit, id, at, unit: state }, ...below(unit, { id, at, depth: parent.depth + 1 }, complain)];
  });
  return [...members, ...units];
};

/** The part of the id of a root or unit that names the root. */
const rootPart = (id: string): string => id.split('-')[1] ?? '';

const unlisted = (id: AccountId, { rootId, managementAccountId, main }: Top): OrganizationTarget => {
  const otherwise = id === managementAccountId ? 'management' : `account-${id}`;
  const name = id === main.accountId ? (main.alias ?? otherwise) : otherwise;
  return {
    id,
    at: [],
    attachedPolicies: [],
    fullAWSAccess: true,
    tags: new Map(),
    account: {
      id,
      name,
      email: `${name}@example.com`,
      status: 'ACTIVE',
      joinedMethod: 'INVITED',
      joinedTimestamp: main.root.createDate,
      parentId: rootId,
    },
  };
};
