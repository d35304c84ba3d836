import { arnParts, parseArn } from '../iam/arn.ts';
import type { AuthorizationDetailsDocument, ManagedPolicyDetailDocument } from './snapshot-documents.ts';

/** One of the accounts that authorization details hold something of. */
export interface AccountDetails {
  readonly accountId: string;
  readonly partition: string;
  readonly document: AuthorizationDetailsDocument;
}

/**
 * The accounts of the authorization details, by the ARNs of users, groups, roles and customer managed policies, in the
 * order in which they first occur. AWS answers about one account; a file into which several were merged falls apart
 * into them again, each with the AWS managed policies that it uses.
 */
export const accountsInDetails = (details: AuthorizationDetailsDocument): readonly AccountDetails[] => {
  const { UserDetailList = [], GroupDetailList = [], RoleDetailList = [], Policies = [] } = details;
  const partitions = new Map<string, string>();
  for (const { Arn } of [...UserDetailList, ...GroupDetailList, ...RoleDetailList, ...Policies]) {
    const { account, partition } = ownerOf(Arn);
    if (account !== 'aws' && !partitions.has(account)) partitions.set(account, partition);
  }
  const [only, ...others] = partitions;
  if (only !== undefined && others.length === 0) return [{ accountId: only[0], partition: only[1], document: details }];
  return [...partitions].map(([accountId, partition]) => ({
    accountId,
    partition,
    document: partOf(details, accountId),
  }));
};

const ownerOf = (text: string): { readonly account: string; readonly partition: string } => {
  const arn = parseArn(text);
  return arn.ok ? arnParts(arn.value) : { account: '', partition: '' };
};

/** What belongs to one account, and the AWS managed policies that it uses. A list that is absent stays absent. */
const partOf = (details: AuthorizationDetailsDocument, accountId: string): AuthorizationDetailsDocument => {
  const { UserDetailList: users, GroupDetailList: groups, RoleDetailList: roles, Policies: policies } = details;
  const isOwn = ({ Arn }: { readonly Arn: string }): boolean => ownerOf(Arn).account === accountId;
  const own = {
    ...(users && { UserDetailList: users.filter(isOwn) }),
    ...(groups && { GroupDetailList: groups.filter(isOwn) }),
    ...(roles && { RoleDetailList: roles.filter(isOwn) }),
  };
  const used = policiesInUse(own);
  const isOwnOrUsed = (policy: ManagedPolicyDetailDocument): boolean => isOwn(policy) || used.has(policy.Arn);
  return { ...own, ...(policies && { Policies: policies.filter(isOwnOrUsed) }) };
};

const policiesInUse = ({
  UserDetailList = [],
  GroupDetailList = [],
  RoleDetailList = [],
}: AuthorizationDetailsDocument): ReadonlySet<string> =>
  new Set([
    ...[...UserDetailList, ...GroupDetailList, ...RoleDetailList].flatMap(({ AttachedManagedPolicies = [] }) =>
      AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn),
    ),
    ...[...UserDetailList, ...RoleDetailList].flatMap(({ PermissionsBoundary }) =>
      PermissionsBoundary ? [PermissionsBoundary.PermissionsBoundaryArn] : [],
    ),
  ]);
