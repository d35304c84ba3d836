import type { RequestContext } from '../../evaluate/request-context.ts';
import { iamArn } from '../../iam/arn.ts';
import type { ActionDescription } from '../../reference/service-reference.ts';
import { type AccountState, nameKey } from '../account-state.ts';
import type { Call } from '../call.ts';
import { IAM_TARGETS, type Target, targetOfArn } from './iam-targets.ts';
import { listOf, memberOf, textOf } from './input-members.ts';
import { type Permission, tagContext } from './permission.ts';

/**
 * What a call of IAM needs leave for: its action on what it is about, and what else it does there.
 * Source: Service Authorization Reference, "AWS Identity and Access Management", and the pages of the operations in the
 * IAM API Reference.
 */
export const iamPermissions = (
  state: AccountState,
  { name, resourceTypes, conditionKeys }: ActionDescription,
  input: unknown,
  call: Call,
): readonly Permission[] => {
  const types = resourceTypes.map((type) => type.name);
  const target = targetOf(state, name, types, input, call);
  const keys = new Set([...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)]);
  const context = {
    ...withoutUnheard(target?.context ?? {}, keys),
    ...requestContext(input, keys),
    ...tagContext(input),
  };
  const permission: Permission = {
    action: name,
    resource: target?.arn ?? '*',
    said: target === null ? saidOfList(state, name, input) : saidOf(name, target),
    context,
  };
  return [
    permission,
    ...alsoTagging(permission, input),
    ...alsoRenaming(state, permission, types, input),
    ...alsoPassing(state, permission, input),
  ];
};

const targetOf = (
  state: AccountState,
  action: string,
  types: readonly string[],
  input: unknown,
  call: Call,
): Target | null => {
  const special = SPECIAL_TARGETS[action];
  if (special !== undefined) return special(state, input);
  for (const type of types) {
    const target = IAM_TARGETS.get(type)?.(state, input, call) ?? null;
    if (target !== null) return target;
  }
  return null;
};

const ofArn =
  (member: string) =>
  (state: AccountState, input: unknown): Target | null => {
    const arn = textOf(input, member);
    return arn === undefined ? null : targetOfArn(state, arn);
  };

/** What operations are about that name it in a way of their own. */
const SPECIAL_TARGETS: Readonly<Record<string, (state: AccountState, input: unknown) => Target | null>> = {
  'iam:GenerateServiceLastAccessedDetails': ofArn('Arn'),
  'iam:GetContextKeysForPrincipalPolicy': ofArn('PolicySourceArn'),
  'iam:GetHumanReadableSummary': ofArn('EntityArn'),
  'iam:ListPoliciesGrantingServiceAccess': ofArn('Arn'),
  'iam:SimulatePrincipalPolicy': ofArn('PolicySourceArn'),
  'iam:CreateServiceLinkedRole': (state, input) =>
    serviceLinkedRole(state, textOf(input, 'AWSServiceName') ?? '*', '*'),
  'iam:GetAccessKeyLastUsed': (state, input) => {
    const owner = state.indexes.accessKeyOwners.get(textOf(input, 'AccessKeyId') ?? '');
    const user = owner === undefined ? undefined : state.users.get(owner);
    return user === undefined ? null : { ...targetOfArn(state, user.arn), said: `user ${user.userName}` };
  },
  // The task's id is `task/aws-service-role/SERVICE/ROLE/…`.
  'iam:GetServiceLinkedRoleDeletionStatus': (state, input) => {
    const [, , service = '*', role = '*'] = (textOf(input, 'DeletionTaskId') ?? '').split('/');
    return serviceLinkedRole(state, service, role);
  },
};

const serviceLinkedRole = ({ partition, accountId }: AccountState, service: string, role: string): Target => {
  const arn = iamArn(partition, accountId, `role/aws-service-role/${service}/${role}`);
  return { arn, said: arn, context: {} };
};

/** Of the keys that follow from a target, those that the action does not know are left out. Tags are always known. */
const withoutUnheard = (context: RequestContext, keys: ReadonlySet<string>): RequestContext =>
  keys.has('iam:PermissionsBoundary')
    ? context
    : Object.fromEntries(Object.entries(context).filter(([key]) => key !== 'iam:PermissionsBoundary'));

/** The condition keys that members of an input stand for. */
const REQUEST_KEYS: Readonly<Record<string, string>> = {
  'iam:AWSServiceName': 'AWSServiceName',
  'iam:DelegationRequestOwner': 'OwnerId',
  'iam:OrganizationsPolicyId': 'OrganizationsPolicyId',
  'iam:PermissionsBoundary': 'PermissionsBoundary',
  'iam:PolicyARN': 'PolicyArn',
  'iam:ServiceSpecificCredentialServiceName': 'ServiceName',
};

const requestContext = (input: unknown, keys: ReadonlySet<string>): RequestContext => {
  const context: Record<string, string> = {};
  for (const [key, member] of Object.entries(REQUEST_KEYS)) {
    const value = textOf(input, member);
    if (value !== undefined && keys.has(key)) context[key] = value;
  }
  const days = memberOf(input, 'CredentialAgeDays');
  return typeof days === 'number' ? { ...context, 'iam:ServiceSpecificCredentialAgeDays': String(days) } : context;
};

/** The ARN of what is to be made, but for policies; the name of what should be there. */
const saidOf = (action: string, { arn, said }: Target): string =>
  /^iam:(?:Create(?!AccessKey|LoginProfile|ServiceSpecificCredential|Policy)|UploadServerCertificate)/.test(action)
    ? arn
    : said;

/** The lists that take a path name it to a caller who may not, though policies cannot tell one from another. */
const LISTED: Readonly<Record<string, string>> = {
  'iam:ListGroups': 'group',
  'iam:ListInstanceProfiles': 'instance-profile',
  'iam:ListRoles': 'role',
  'iam:ListServerCertificates': 'server-certificate',
  'iam:ListUsers': 'user',
  'iam:ListVirtualMFADevices': 'mfa',
};

const saidOfList = ({ partition, accountId }: AccountState, action: string, input: unknown): string => {
  const path = textOf(input, 'PathPrefix') ?? '/';
  if (action === 'iam:ListPolicies') return `policy path ${path}`;
  const type = LISTED[action];
  return type === undefined ? '*' : iamArn(partition, accountId, `${type}${path}`);
};

/** Whoever makes something with tags needs leave to tag it. */
const alsoTagging = (permission: Permission, input: unknown): readonly Permission[] => {
  const [, made] = /^iam:(?:Create|Upload)(.+)$/.exec(permission.action) ?? [];
  if (made === undefined || listOf(input, 'Tags').length === 0) return [];
  return [{ ...permission, action: `iam:Tag${made === 'VirtualMFADevice' ? 'MFADevice' : made}` }];
};

/** Whoever renames something needs leave for it under its new name too. Source: `UpdateUser`, IAM API Reference. */
const alsoRenaming = (
  state: AccountState,
  permission: Permission,
  types: readonly string[],
  input: unknown,
): readonly Permission[] => {
  const [type = ''] = types;
  const member = RENAMED[permission.action];
  if (member === undefined || !permission.resource.includes(':')) return [];
  const name = textOf(input, `New${member}`);
  const path = textOf(input, 'NewPath');
  if (name === undefined && path === undefined) return [];
  const now = permission.resource.slice(permission.resource.indexOf(`:${type}/`) + type.length + 1);
  const end = now.lastIndexOf('/') + 1;
  const resource = iamArn(
    state.partition,
    state.accountId,
    `${type}${path ?? now.slice(0, end)}${name ?? now.slice(end)}`,
  );
  return resource === permission.resource ? [] : [{ ...permission, resource, said: resource }];
};

const RENAMED: Readonly<Record<string, string>> = {
  'iam:UpdateGroup': 'GroupName',
  'iam:UpdateServerCertificate': 'ServerCertificateName',
  'iam:UpdateUser': 'UserName',
};

/** A role that is put into an instance profile is passed to EC2. Source: `AddRoleToInstanceProfile`, IAM API Reference. */
const alsoPassing = (state: AccountState, { action }: Permission, input: unknown): readonly Permission[] => {
  if (action !== 'iam:AddRoleToInstanceProfile') return [];
  const name = textOf(input, 'RoleName') ?? '';
  const role = state.roles.get(nameKey(name));
  const arn = role?.arn ?? iamArn(state.partition, state.accountId, `role/${name}`);
  return [passRole(state, arn, 'ec2.amazonaws.com')];
};

/** Leave to pass a role to a service. */
export const passRole = (state: AccountState, arn: string, service: string): Permission => ({
  action: 'iam:PassRole',
  resource: arn,
  context: { ...targetOfArn(state, arn).context, 'iam:PassedToService': service },
});
