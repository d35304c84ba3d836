import type {
  GroupDetailDocument,
  RoleDetailDocument,
  SnapshotDocuments,
  UserDetailDocument,
} from '../../src/snapshot/snapshot-documents.ts';
import type { NaivePolicy, NaiveRequest } from '../naive/naive-request.ts';
import { generatedAccount } from './generated-account.ts';
import { REQUESTS } from './requests.ts';

type Holder = UserDetailDocument | GroupDetailDocument | RoleDetailDocument;

const SIZE = { users: 60, groups: 20, roles: 90, policies: 400, versions: 1 };
const ACCOUNT = '123456789012';

/** Two surroundings of requests: one that fulfils most conditions of a generated account, and one that does not. */
const SURROUNDINGS: readonly Readonly<Record<string, readonly string[]>>[] = [
  {
    'aws:MultiFactorAuthPresent': ['true'],
    'aws:SourceIp': ['10.1.2.3'],
    'aws:RequestedRegion': ['eu-west-1'],
    'aws:ResourceTag/owner': ['red'],
    'aws:CurrentTime': ['2026-01-01T00:00:00Z'],
    'aws:TokenIssueTime': ['2026-01-01T00:00:00Z'],
  },
  {
    'aws:SourceIp': ['198.51.100.7'],
    'aws:RequestedRegion': ['us-east-1'],
    'aws:CurrentTime': ['2026-01-01T00:00:00Z'],
  },
];

/** The account that the requests are made in. */
export const comparedAccount = (): SnapshotDocuments => generatedAccount(SIZE);

/** The requests of each user and role of that account, in the form of `vigil decide`, with nothing left unknown. */
export const comparedRequests = (): readonly NaiveRequest[] => {
  const { authorizationDetails } = comparedAccount();
  const { UserDetailList = [], GroupDetailList = [], RoleDetailList = [], Policies = [] } = authorizationDetails ?? {};
  const documents = new Map(Policies.map(({ Arn, PolicyVersionList }) => [Arn, PolicyVersionList?.[0]?.Document]));
  const managed = (arn: string): NaivePolicy => ({ name: arn, document: documents.get(arn) });
  const attachedTo = ({ AttachedManagedPolicies }: Holder): readonly NaivePolicy[] =>
    (AttachedManagedPolicies ?? []).map(({ PolicyArn }) => managed(PolicyArn));
  const groups = new Map(GroupDetailList.map((group) => [group.GroupName, attachedTo(group)]));
  const boundaryOf = ({ PermissionsBoundary }: UserDetailDocument | RoleDetailDocument) => {
    const arn = PermissionsBoundary?.PermissionsBoundaryArn;
    return arn === undefined ? {} : { permissionBoundaries: [managed(arn)] };
  };
  const team = ({ Tags }: UserDetailDocument | RoleDetailDocument): readonly string[] =>
    (Tags ?? []).map(({ Value }) => Value);
  const users = UserDetailList.map((user) => ({
    principalArn: user.Arn,
    principalType: 'user' as const,
    own: { 'aws:username': [user.UserName], 'aws:PrincipalType': ['User'], 'aws:PrincipalTag/team': team(user) },
    policies: {
      identityPolicies: [
        ...attachedTo(user),
        ...(user.UserPolicyList ?? []).map(({ PolicyName, PolicyDocument }) => ({
          name: PolicyName,
          document: PolicyDocument,
        })),
      ],
      groupPolicies: (user.GroupList ?? []).flatMap((group) => groups.get(group) ?? []),
      ...boundaryOf(user),
    },
  }));
  const roles = RoleDetailList.map((role) => ({
    principalArn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role.RoleName}/session`,
    principalType: 'assumedRole' as const,
    own: { 'aws:PrincipalType': ['AssumedRole'], 'aws:PrincipalTag/team': team(role) },
    policies: { identityPolicies: attachedTo(role), ...boundaryOf(role) },
  }));
  return [...users, ...roles].flatMap(({ principalArn, principalType, own, policies }) =>
    REQUESTS.map(({ action, resource }, index) => ({
      request: {
        principalArn,
        principalType,
        action,
        resource,
        resourceAccount: ACCOUNT,
        context: { 'aws:PrincipalAccount': [ACCOUNT], ...own, ...SURROUNDINGS[index % SURROUNDINGS.length] },
        contextComplete: true,
      },
      ...policies,
      // The tags of buckets count in that package, always.
      settings: { s3: { bucketAbacEnabled: true } },
    })),
  );
};
