import type { Arn } from '../../iam/arn.ts';
import { jsonPointer } from '../../kernel/json.ts';
import { type Collected, known, missing } from '../collected.ts';
import type {
  CustomerPolicyName,
  DirectoryGroup,
  IdentityCenter,
  IdentityCenterDocument,
  PermissionSet,
  PermissionSetDocument,
  PermissionSetPolicies,
} from '../identity-center.ts';
import type { Assembly, Reader } from './assembly.ts';

const SOURCE = 'identity-center';
const FILE = 'identity-center.json';

/** Reads `identity-center.json`. What it does not hold is a gap of those who ask for it. */
export const readIdentityCenter = (document: IdentityCenterDocument, assembly: Assembly): IdentityCenter => {
  const read = assembly.reader(FILE);
  const told = teller(assembly);
  const { instanceArn, identityStoreId, region, permissionSets, users, groups, managedPolicies = [] } = document;
  return {
    instanceArn,
    identityStoreId,
    region: region ?? null,
    permissionSets: told(permissionSets, 'sso:ListPermissionSets', null, (sets) =>
      sets.map((set, index) => readPermissionSet(set, `/permissionSets/${index}`, assembly, read)),
    ),
    users: told(
      users,
      'identitystore:ListUsers',
      null,
      (all) =>
        new Map(
          all.map(({ UserId: id, UserName: userName, DisplayName }) => [
            id,
            { id, userName, displayName: DisplayName ?? null },
          ]),
        ),
    ),
    groups: told(
      groups,
      'identitystore:ListGroups',
      null,
      (all) =>
        new Map(
          all.map(({ GroupId: id, DisplayName: displayName, memberIds }): readonly [string, DirectoryGroup] => [
            id,
            {
              id,
              displayName,
              memberIds: told(memberIds, 'identitystore:ListGroupMemberships', id, (ids) => ids),
            },
          ]),
        ),
    ),
    managedPolicies: new Map(managedPolicies.map(({ Arn, PolicyDocument: raw }) => [Arn, assembly.intern(raw)])),
  };
};

type Teller = <D, T>(
  document: D | undefined,
  action: string,
  subject: string | null,
  toValue: (document: D) => T,
) => Collected<T>;

/** What a member of the file tells; where it is absent, the gap that its call left. */
const teller =
  ({ gaps, timeOf }: Assembly): Teller =>
  (document, action, subject, toValue) =>
    document === undefined
      ? missing(
          (subject === null ? undefined : gaps.ofSubject(action, [subject])) ??
            gaps.ofAction(action) ?? {
              source: SOURCE,
              action,
              reason: 'skipped',
              detail: `${FILE} does not hold what \`${action}\` tells${subject === null ? '' : ` of ${subject}`}`,
              subject,
            },
        )
      : known(toValue(document), SOURCE, timeOf(SOURCE));

const readPermissionSet = (
  document: PermissionSetDocument,
  pointer: string,
  assembly: Assembly,
  read: Reader,
): PermissionSet => {
  const told = teller(assembly);
  const { PermissionSetArn, Name, Description, SessionDuration, AccountAssignments, unreadAccounts = [] } = document;
  return {
    arn: read.arn(PermissionSetArn, jsonPointer(pointer, 'PermissionSetArn')),
    name: Name,
    description: Description ?? null,
    sessionSeconds: told(secondsOf(SessionDuration), 'sso:DescribePermissionSet', PermissionSetArn, (all) => all),
    policies: told(policiesOf(document, pointer, assembly, read), absentPart(document), PermissionSetArn, (all) => all),
    assignments: told(AccountAssignments, 'sso:ListAccountsForProvisionedPermissionSet', PermissionSetArn, (all) =>
      all.map(({ AccountId: accountId, PrincipalType: principalType, PrincipalId: principalId }) => ({
        accountId,
        principalType,
        principalId,
      })),
    ),
    unreadAccounts,
  };
};

/** The seconds of a duration such as `PT8H` or `P1DT30M`; undefined where it is none. */
const secondsOf = (duration: string | undefined): number | undefined => {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration ?? '');
  if (match === null) return undefined;
  const [days, hours, minutes, seconds] = match.slice(1).map((digits) => Number(digits ?? 0));
  return (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0);
};

/** The call that tells what the document of a permission set lacks of its policies. */
const absentPart = ({
  AttachedManagedPolicies,
  CustomerManagedPolicyReferences,
  InlinePolicy,
}: PermissionSetDocument): string => {
  if (AttachedManagedPolicies === undefined) return 'sso:ListManagedPoliciesInPermissionSet';
  if (CustomerManagedPolicyReferences === undefined) return 'sso:ListCustomerManagedPolicyReferencesInPermissionSet';
  return InlinePolicy === undefined || InlinePolicy === null
    ? 'sso:GetInlinePolicyForPermissionSet'
    : 'sso:GetPermissionsBoundaryForPermissionSet';
};

/** Undefined: not all of them were told, and some alone would say that it grants less, or is bounded less, than it is. */
const policiesOf = (
  document: PermissionSetDocument,
  pointer: string,
  assembly: Assembly,
  read: Reader,
): PermissionSetPolicies | undefined => {
  const { AttachedManagedPolicies: managed, CustomerManagedPolicyReferences: customer } = document;
  const { InlinePolicy: inline, PermissionsBoundary: boundary } = document;
  if (managed === undefined || customer === undefined || inline === undefined || inline === null) return undefined;
  if (boundary === undefined) return undefined;
  return {
    awsManaged: managed.map(({ Arn }, index) => read.arn(Arn, `${pointer}/AttachedManagedPolicies/${index}/Arn`)),
    customerManaged: customer.map(customerPolicy),
    inline: inline === '' ? null : assembly.intern(inline),
    boundary: boundary === null ? null : boundaryOf(boundary, `${pointer}/PermissionsBoundary`, read),
  };
};

const boundaryOf = (
  {
    CustomerManagedPolicyReference: customer,
    ManagedPolicyArn,
  }: NonNullable<PermissionSetDocument['PermissionsBoundary']>,
  pointer: string,
  read: Reader,
): Arn | CustomerPolicyName | null => {
  if (customer !== undefined) return customerPolicy(customer);
  return ManagedPolicyArn === undefined ? null : read.arn(ManagedPolicyArn, `${pointer}/ManagedPolicyArn`);
};

const customerPolicy = ({ Name, Path }: { readonly Name: string; readonly Path?: string | undefined }) => ({
  name: Name,
  path: Path ?? '/',
});
