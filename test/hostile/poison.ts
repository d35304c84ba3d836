import type { IdentityCenterDocument } from '../../src/snapshot/identity-center.ts';
import type { SnapshotDocuments } from '../../src/snapshot/snapshot-documents.ts';
import { policyDetail, roleDetail } from '../../src/snapshot/testing/documents-builder.ts';

/** The role of IAM Identity Center behind which people with hostile names are. */
export const HOSTILE_SSO_ROLE = 'AWSReservedSSO_Hostile_0123456789abcdef';

/** What names, tags and policies can hold that some program would run: markup, formulas, escapes, templates. */
export const PAYLOADS = [
  '<img src=x onerror=alert(1)>',
  "=cmd|' /C calc'!A0",
  '</script><script>alert(2)</script>',
  '\u001b[31m\u001b]0;owned\u0007',
  '\u202egnp.\u2066',
  '@SUM(1+1)*cmd',
  '"><svg onload=alert(3)>',
  '{{constructor.constructor "alert(4)"}}',
  '__proto__',
  '-2+3\r\n\t"',
  '${aws:username}&lt;b&gt;',
  "+1';DROP TABLE findings;--",
] as const;

/**
 * The account with a payload at the beginning of every name of IAM's, in each place that tells the name: who may do what
 * stays as it was, while tags hold payloads and statements are named by them.
 */
export const poisoned = (documents: SnapshotDocuments): SnapshotDocuments => {
  const { credentialReport = '', authorizationDetails, ...others } = documents;
  const poison = createPoison(namesOf(authorizationDetails, others));
  return {
    ...(walk({ authorizationDetails, ...others }, poison) as SnapshotDocuments),
    account: { ...documents.account, alias: PAYLOADS[0] },
    credentialReport: poisonedReport(credentialReport, poison),
  };
};

/**
 * The account with policies whose every text is hostile, attached to roles that trust hostile principals, and with a role of IAM
 * Identity Center behind which users and groups of hostile names are.
 */
export const withHostilePolicies = (documents: SnapshotDocuments): SnapshotDocuments => {
  const details = documents.authorizationDetails ?? {};
  const policies = PAYLOADS.map((text, index) =>
    policyDetail(`hostile-${index}`, {
      Description: text,
      PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: hostileDocument(text) }],
    }),
  );
  const roles = PAYLOADS.map((text, index) =>
    roleDetail(`hostile-${index}`, {
      AssumeRolePolicyDocument: hostileTrust(text),
      AttachedManagedPolicies: [{ PolicyName: text, PolicyArn: policies[index]?.Arn ?? '' }],
      RolePolicyList: [
        { PolicyName: text, PolicyDocument: hostileDocument(text) },
        { PolicyName: `broken ${text}`, PolicyDocument: `{"Statement": [${text}` },
      ],
    }),
  );
  return {
    ...documents,
    identityCenter: hostileCenter(documents.account.accountId),
    authorizationDetails: {
      ...details,
      Policies: [...(details.Policies ?? []), ...policies],
      RoleDetailList: [...(details.RoleDetailList ?? []), ...roles, reservedRole(documents.account.accountId)],
    },
  };
};

const reservedRole = (accountId: string) => {
  const Path = '/aws-reserved/sso.amazonaws.com/';
  return roleDetail(HOSTILE_SSO_ROLE, {
    Path,
    Arn: `arn:aws:iam::${accountId}:role${Path}${HOSTILE_SSO_ROLE}`,
    RolePolicyList: [{ PolicyName: 'AwsSSOInlinePolicy', PolicyDocument: MAKES_USERS }],
  });
};

const MAKES_USERS = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Action: ['iam:CreateUser', 'iam:CreateAccessKey', 'iam:AttachUserPolicy'],
    Resource: '*',
  },
};

/** A user and a group of each payload, and permission sets of which one is called by one. */
const hostileCenter = (AccountId: string): IdentityCenterDocument => {
  const of = (kind: string, index: number): string => `${kind}-${index}`;
  return {
    instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
    identityStoreId: 'd-0123456789',
    permissionSets: ['Hostile', PAYLOADS[0]].map((Name, at) => ({
      PermissionSetArn: `arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-000000000000000${at}`,
      Name,
      Description: PAYLOADS[2],
      SessionDuration: 'PT12H',
      AttachedManagedPolicies: [],
      CustomerManagedPolicyReferences: [],
      InlinePolicy: MAKES_USERS,
      PermissionsBoundary: null,
      AccountAssignments: PAYLOADS.flatMap((_, index) => [
        { AccountId, PrincipalType: 'USER' as const, PrincipalId: of('user', index) },
        { AccountId, PrincipalType: 'GROUP' as const, PrincipalId: of('group', index) },
      ]),
    })),
    users: PAYLOADS.map((text, index) => ({ UserId: of('user', index), UserName: text, DisplayName: `${text} \`x` })),
    groups: PAYLOADS.map((text, index) => ({
      GroupId: of('group', index),
      DisplayName: text,
      memberIds: PAYLOADS.map((_, member) => of('user', member)),
    })),
  };
};

const hostileDocument = (text: string) => ({
  Version: text,
  Id: text,
  Statement: [
    { Sid: text, Effect: 'Allow', Action: ['*', `s3:${text}`, text], Resource: '*' },
    { Sid: text, Effect: 'Allow', NotAction: text, NotResource: `arn:aws:s3:::${text}` },
    {
      Effect: 'Deny',
      Action: `s3:${text}`,
      Resource: [`arn:aws:s3:::${text}`, text],
      Condition: { StringEquals: { [text]: text, 'aws:PrincipalTag/x': text }, [text]: { 'aws:SourceIp': text } },
    },
  ],
});

const hostileTrust = (text: string) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: ['*', text], Service: text, Federated: text }, Action: 'sts:AssumeRole' },
    {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::123456789012:oidc-provider/${text}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringLike: { [`${text}:sub`]: text } },
    },
  ],
});

type Poison = (text: string) => string;

const NAME_MEMBERS: ReadonlySet<string> = new Set([
  ...['UserName', 'GroupName', 'RoleName', 'PolicyName', 'InstanceProfileName', 'ServerCertificateName'],
]);

/** The names of IAM's entities; those of resources stand within patterns, and stay. */
const namesOf = (...values: readonly unknown[]): ReadonlySet<string> => {
  const names = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [member, inner] of Object.entries(value)) {
      if (typeof inner === 'string' && NAME_MEMBERS.has(member)) names.add(inner);
      else look(inner);
    }
  };
  values.forEach(look);
  return names;
};

/** Poisons names, and ARNs that end in one; those of AWS itself stay. */
const createPoison = (names: ReadonlySet<string>): Poison => {
  const payloads = new Map([...names].map((name, index) => [name, PAYLOADS[index % PAYLOADS.length] ?? '']));
  return (text) => {
    const start = Math.max(text.lastIndexOf('/'), text.startsWith('arn:') ? text.lastIndexOf(':') : -1) + 1;
    const payload = payloads.get(text.slice(start));
    const isOfAws = text.startsWith('arn:aws:iam::aws:') || (!text.startsWith('arn:') && /^AWS|^Amazon/.test(text));
    return payload === undefined || isOfAws ? text : `${text.slice(0, start)}${payload}${text.slice(start)}`;
  };
};

const walk = (value: unknown, poison: Poison): unknown => {
  if (typeof value === 'string') return poison(value);
  if (Array.isArray(value)) return value.map((each) => walk(each, poison));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([member, inner]) => [poison(member), walkMember(member, inner, poison)]);
  return Object.fromEntries('Effect' in value ? [['Sid', PAYLOADS[0]], ...members] : members);
};

const walkMember = (member: string, inner: unknown, poison: Poison): unknown =>
  member === 'Tags' && Array.isArray(inner)
    ? [...inner, ...PAYLOADS.map((Value, index) => ({ Key: `${Value}${index}`, Value }))]
    : walk(inner, poison);

/** The report's first columns are the user's name and ARN. */
const poisonedReport = (csv: string, poison: Poison): string =>
  csv
    .split('\n')
    .map((line, index) => {
      const [user = '', arn = '', ...rest] = line.split(',');
      return index === 0 || line === '' ? line : [quoted(poison(user)), quoted(poison(arn)), ...rest].join(',');
    })
    .join('\n');

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
