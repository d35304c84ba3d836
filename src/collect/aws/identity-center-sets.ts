import type { Progress } from '../../ports/progress.ts';
import type { PermissionSetDocument } from '../../snapshot/identity-center.ts';
import { allTokenPages, required } from './answers.ts';
import { toCallError } from './error-text.ts';
import type { IdentityCenterAsking } from './identity-center-asking.ts';
import { policyDocument } from './policy-document.ts';

type AssignmentDocument = NonNullable<PermissionSetDocument['AccountAssignments']>[number];

/** Permission sets with their policies and assignments; null: not all of them could be told by name. */
export const readPermissionSets = async (
  asking: IdentityCenterAsking,
  arns: readonly string[],
  progress: Progress,
): Promise<readonly PermissionSetDocument[] | null> => {
  progress.phase('permission sets', 6 * arns.length);
  const described = await describe(asking, arns);
  if (described === null) return null;
  const there = arns.filter((arn) => described.has(arn));
  const [policies, assignments] = await Promise.all([
    readPolicies(asking, there),
    readAssignments(asking, there, progress),
  ]);
  return there.flatMap((arn) => {
    const set = described.get(arn);
    return set === undefined ? [] : [{ ...set, ...policies(arn), ...assignments(arn) }];
  });
};

/**
 * By ARN, the permission sets that are still there. Null where one could not be described: a role of Identity Center tells its
 * permission set by name, and one that has no name here would seem to be gone.
 */
const describe = async (
  { reader, sdk, client, InstanceArn }: IdentityCenterAsking,
  arns: readonly string[],
): Promise<ReadonlyMap<string, PermissionSetDocument> | null> => {
  const described = await reader.readEach(
    'sso:DescribePermissionSet',
    arns,
    (arn) => arn,
    async (PermissionSetArn): Promise<PermissionSetDocument | 'gone'> => {
      try {
        const { PermissionSet } = await client.send(
          new sdk.DescribePermissionSetCommand({ InstanceArn, PermissionSetArn }),
        );
        const { Name, Description, SessionDuration } = required(PermissionSet, 'PermissionSet');
        return {
          PermissionSetArn,
          Name: required(Name, 'Name'),
          ...(Description !== undefined && { Description }),
          ...(SessionDuration !== undefined && { SessionDuration }),
        };
      } catch (thrown) {
        if (isNotFound(thrown)) return 'gone';
        throw thrown;
      }
    },
  );
  if (described === null || described.includes(null)) return null;
  return new Map(
    described.flatMap((set) => (set === null || set === 'gone' ? [] : [[set.PermissionSetArn, set] as const])),
  );
};

const isNotFound = (thrown: unknown): boolean => toCallError(thrown).name.startsWith('ResourceNotFound');

type PolicyMembers = Pick<
  PermissionSetDocument,
  'AttachedManagedPolicies' | 'CustomerManagedPolicyReferences' | 'InlinePolicy' | 'PermissionsBoundary'
>;

/** What says of each permission set which policies it has; what could not be read is absent. */
const readPolicies = async (
  { reader, sdk, client, InstanceArn }: IdentityCenterAsking,
  arns: readonly string[],
): Promise<(arn: string) => PolicyMembers> => {
  const itself = (arn: string): string => arn;
  const [managed, customer, inline, boundaries] = await Promise.all([
    reader.readEach('sso:ListManagedPoliciesInPermissionSet', arns, itself, (PermissionSetArn) =>
      allTokenPages(
        (NextToken) =>
          client.send(new sdk.ListManagedPoliciesInPermissionSetCommand({ InstanceArn, PermissionSetArn, NextToken })),
        ({ AttachedManagedPolicies }) =>
          required(AttachedManagedPolicies, 'AttachedManagedPolicies').map(({ Arn, Name }) => ({
            Name,
            Arn: required(Arn, 'Arn'),
          })),
        ({ NextToken }) => NextToken,
      ),
    ),
    reader.readEach('sso:ListCustomerManagedPolicyReferencesInPermissionSet', arns, itself, (PermissionSetArn) =>
      allTokenPages(
        (NextToken) =>
          client.send(
            new sdk.ListCustomerManagedPolicyReferencesInPermissionSetCommand({
              InstanceArn,
              PermissionSetArn,
              NextToken,
            }),
          ),
        ({ CustomerManagedPolicyReferences }) =>
          required(CustomerManagedPolicyReferences, 'CustomerManagedPolicyReferences').map(({ Name, Path }) => ({
            Name: required(Name, 'Name'),
            Path,
          })),
        ({ NextToken }) => NextToken,
      ),
    ),
    reader.readEach('sso:GetInlinePolicyForPermissionSet', arns, itself, async (PermissionSetArn) => {
      const asked = new sdk.GetInlinePolicyForPermissionSetCommand({ InstanceArn, PermissionSetArn });
      const { InlinePolicy = '' } = await client.send(asked);
      return { document: InlinePolicy === '' ? '' : policyDocument(InlinePolicy) };
    }),
    reader.readEach('sso:GetPermissionsBoundaryForPermissionSet', arns, itself, async (PermissionSetArn) => ({
      boundary: await readBoundary({ reader, sdk, client, InstanceArn }, PermissionSetArn),
    })),
  ]);
  return (arn) => {
    const at = arns.indexOf(arn);
    const [attached, references, own, bounding] = [managed?.[at], customer?.[at], inline?.[at], boundaries?.[at]];
    return {
      ...(attached && { AttachedManagedPolicies: attached }),
      ...(references && { CustomerManagedPolicyReferences: references }),
      ...(own && { InlinePolicy: own.document }),
      ...(bounding && { PermissionsBoundary: bounding.boundary }),
    };
  };
};

/** Null: the permission set has no permissions boundary, which AWS tells as an error. */
const readBoundary = async ({ sdk, client, InstanceArn }: IdentityCenterAsking, PermissionSetArn: string) => {
  try {
    const asked = new sdk.GetPermissionsBoundaryForPermissionSetCommand({ InstanceArn, PermissionSetArn });
    const { PermissionsBoundary } = await client.send(asked);
    const { ManagedPolicyArn, CustomerManagedPolicyReference: reference } = PermissionsBoundary ?? {};
    if (reference !== undefined) {
      return { CustomerManagedPolicyReference: { Name: required(reference.Name, 'Name'), Path: reference.Path } };
    }
    return ManagedPolicyArn === undefined ? null : { ManagedPolicyArn };
  } catch (thrown) {
    if (isNotFound(thrown)) return null;
    throw thrown;
  }
};

/** What says of each permission set who is assigned it, account by account. */
const readAssignments = async (
  { reader, sdk, client, InstanceArn }: IdentityCenterAsking,
  arns: readonly string[],
  progress: Progress,
): Promise<(arn: string) => Pick<PermissionSetDocument, 'AccountAssignments' | 'unreadAccounts'>> => {
  const accounts = await reader.readEach(
    'sso:ListAccountsForProvisionedPermissionSet',
    arns,
    (arn) => arn,
    (PermissionSetArn) =>
      allTokenPages(
        (NextToken) =>
          client.send(
            new sdk.ListAccountsForProvisionedPermissionSetCommand({ InstanceArn, PermissionSetArn, NextToken }),
          ),
        ({ AccountIds }) => required(AccountIds, 'AccountIds'),
        ({ NextToken }) => NextToken,
      ),
  );
  const places = arns.flatMap((arn, index) => (accounts?.[index] ?? []).map((account) => ({ arn, account })));
  progress.phase('assignments of permission sets', places.length);
  const lists = await reader.readEach(
    'sso:ListAccountAssignments',
    places,
    ({ arn, account }) => `${arn} in ${account}`,
    ({ arn: PermissionSetArn, account: AccountId }) =>
      allTokenPages(
        (NextToken) =>
          client.send(new sdk.ListAccountAssignmentsCommand({ InstanceArn, PermissionSetArn, AccountId, NextToken })),
        ({ AccountAssignments }) => required(AccountAssignments, 'AccountAssignments').map(toAssignment),
        ({ NextToken }) => NextToken,
      ),
  );
  const read = places.map((place, index) => ({ ...place, list: lists?.[index] ?? null }));
  return (arn) => {
    if (accounts === null || (accounts[arns.indexOf(arn)] ?? null) === null) return {};
    const own = read.filter((place) => place.arn === arn);
    const unreadAccounts = own.filter(({ list }) => list === null).map(({ account }) => account);
    return {
      AccountAssignments: own
        .flatMap(({ list }) => list ?? [])
        .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)),
      ...(unreadAccounts.length > 0 && { unreadAccounts }),
    };
  };
};

const keyOf = ({ AccountId, PrincipalType, PrincipalId }: AssignmentDocument): string =>
  [AccountId, PrincipalType, PrincipalId].join(' ');

const toAssignment = ({
  AccountId,
  PrincipalType,
  PrincipalId,
}: {
  readonly AccountId?: string | undefined;
  readonly PrincipalType?: AssignmentDocument['PrincipalType'] | undefined;
  readonly PrincipalId?: string | undefined;
}): AssignmentDocument => ({
  AccountId: required(AccountId, 'AccountId'),
  PrincipalType: required<AssignmentDocument['PrincipalType']>(PrincipalType, 'PrincipalType'),
  PrincipalId: required(PrincipalId, 'PrincipalId'),
});
