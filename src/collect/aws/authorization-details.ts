import {
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsResponse,
  GetPolicyCommand,
  GetPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import type { AuthorizationDetailsDocument, ManagedPolicyDetailDocument } from '../../snapshot/snapshot-documents.ts';
import { allPages, required } from './answers.ts';
import { groupDocument, managedPolicyDocument, roleDocument, userDocument } from './authorization-documents.ts';
import type { Reader } from './reader.ts';

/** The most that AWS sends in a page, so that the pages are few. */
const MAX_ITEMS = 1000;

/**
 * Users, groups, roles and the managed policies in use. No filter: it would take one run of pages for each entity type,
 * and without one AWS sends customer managed policies and the AWS managed policies in use. Should it send AWS managed
 * policies that nobody uses, they are dropped.
 */
export const collectAuthorizationDetails = async (reader: Reader): Promise<CollectedDetails | null> => {
  const pages = await reader.read('iam:GetAccountAuthorizationDetails', () =>
    allPages(
      (Marker) => reader.iam.send(new GetAccountAuthorizationDetailsCommand({ MaxItems: MAX_ITEMS, Marker })),
      (page) => [toDocument(page)],
    ),
  );
  if (pages === null) return null;
  const details = {
    UserDetailList: pages.flatMap((page) => page.UserDetailList),
    GroupDetailList: pages.flatMap((page) => page.GroupDetailList),
    RoleDetailList: pages.flatMap((page) => page.RoleDetailList),
    Policies: pages.flatMap((page) => page.Policies),
  };
  const used = usedPolicies(details);
  return { ...details, Policies: details.Policies.filter(({ Arn }) => !isAwsManaged(Arn) || used.has(Arn)) };
};

/** The account authorization details, every list read. */
export type CollectedDetails = Required<AuthorizationDetailsDocument>;

/** ARNs of the managed policies in use that are not among the details: AWS may leave out mere permissions boundaries. */
export const unlistedPolicies = (details: CollectedDetails): readonly string[] => {
  const listed = new Set(details.Policies.map(({ Arn }) => Arn));
  return [...usedPolicies(details)].filter((arn) => !listed.has(arn)).sort();
};

/** Managed policies with their default version; those that cannot be read are gaps. */
export const collectPolicies = async (
  reader: Reader,
  arns: readonly string[],
): Promise<readonly ManagedPolicyDetailDocument[]> =>
  (await Promise.all(arns.map((arn) => collectPolicy(reader, arn)))).filter((policy) => policy !== null);

const collectPolicy = async (reader: Reader, PolicyArn: string): Promise<ManagedPolicyDetailDocument | null> => {
  const policy = await reader.read(
    'iam:GetPolicy',
    async () => required((await reader.iam.send(new GetPolicyCommand({ PolicyArn }))).Policy, 'Policy'),
    PolicyArn,
  );
  if (policy === null) return null;
  return reader.read(
    'iam:GetPolicyVersion',
    async () => {
      const { PolicyVersion } = await reader.iam.send(
        new GetPolicyVersionCommand({ PolicyArn, VersionId: policy.DefaultVersionId }),
      );
      return managedPolicyDocument({ ...policy, PolicyVersionList: [required(PolicyVersion, 'PolicyVersion')] });
    },
    PolicyArn,
  );
};

const toDocument = (page: GetAccountAuthorizationDetailsResponse) => ({
  UserDetailList: (page.UserDetailList ?? []).map(userDocument),
  GroupDetailList: (page.GroupDetailList ?? []).map(groupDocument),
  RoleDetailList: (page.RoleDetailList ?? []).map(roleDocument),
  Policies: (page.Policies ?? []).map(managedPolicyDocument),
});

const isAwsManaged = (arn: string): boolean => arn.split(':')[4] === 'aws';

/** ARNs of the managed policies that are attached to something, or are somebody's permissions boundary. */
const usedPolicies = (details: AuthorizationDetailsDocument): ReadonlySet<string> => {
  const { UserDetailList = [], GroupDetailList = [], RoleDetailList = [] } = details;
  const attached = [...UserDetailList, ...GroupDetailList, ...RoleDetailList].flatMap(
    ({ AttachedManagedPolicies = [] }) => AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn),
  );
  const boundaries = [...UserDetailList, ...RoleDetailList].flatMap(({ PermissionsBoundary }) =>
    PermissionsBoundary === undefined ? [] : [PermissionsBoundary.PermissionsBoundaryArn],
  );
  return new Set([...attached, ...boundaries]);
};
