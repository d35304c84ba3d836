import type { RequestContext } from '../../evaluate/request-context.ts';
import { arnParts, parseArn, stsArn } from '../../iam/arn.ts';
import type { Call } from '../call.ts';
import type { CloudState } from '../cloud-state.ts';
import { roleOfArn } from '../operations/sts/roles.ts';
import { readSamlAssertion } from '../saml-assertion.ts';
import { type FederatedIdentity, readWebIdentity } from '../web-identity.ts';
import { listOf, memberOf, textOf, textsOf } from './input-members.ts';
import { type Permission, resourceTagContext, tagContext } from './permission.ts';

/**
 * What a call of STS needs leave for. GetCallerIdentity and GetSessionToken need none: no policy is asked about them.
 * Source: Service Authorization Reference, "AWS Security Token Service"; "Pass session tags in AWS STS" and "Monitor and
 * control actions taken with assumed roles", IAM User Guide.
 */
export const stsPermissions = (
  cloud: CloudState,
  action: string,
  input: unknown,
  call: Call,
): readonly Permission[] => {
  const { accountId, partition } = call.account;
  switch (action) {
    case 'sts:GetCallerIdentity':
    case 'sts:GetSessionToken':
      return [];
    case 'sts:AssumeRole':
      return assumeRole(cloud, input, call);
    case 'sts:AssumeRoleWithWebIdentity':
      return withWebIdentity(cloud, input, call);
    case 'sts:AssumeRoleWithSAML':
      return withSaml(cloud, input, call);
    case 'sts:GetFederationToken': {
      const resource = stsArn(partition, accountId, `federated-user/${textOf(input, 'Name') ?? ''}`);
      const own = { action, resource, context: tagContext(input) };
      return hasTags(input) ? [own, { ...own, action: 'sts:TagSession' }] : [own];
    }
    case 'sts:AssumeRoot': {
      const target = textOf(input, 'TargetPrincipal') ?? '';
      const resource = /^\d{12}$/.test(target) ? `arn:${partition}:iam::${target}:root` : target;
      const task = textOf(memberOf(input, 'TaskPolicyArn'), 'arn');
      return [{ action, resource, context: task === undefined ? {} : { 'sts:TaskPolicyArn': task } }];
    }
    case 'sts:GetWebIdentityToken':
      return webIdentityToken(action, input);
    default:
      return [{ action, resource: '*', context: {} }];
  }
};

const assumeRole = (cloud: CloudState, input: unknown, { caller }: Call): readonly Permission[] => {
  const resource = textOf(input, 'RoleArn') ?? '';
  const asking = caller.kind === 'role' ? caller.session : null;
  const context: RequestContext = {
    ...keyOf('sts:ExternalId', textOf(input, 'ExternalId')),
    ...mfaContext(input),
  };
  return sessionPermissions(cloud, 'sts:AssumeRole', resource, {
    context,
    name: textOf(input, 'RoleSessionName'),
    sourceIdentity: textOf(input, 'SourceIdentity') ?? asking?.sourceIdentity ?? undefined,
    tags: { ...tagContext(input), ...transitiveContext(input) },
    tagged: hasTags(input) || (asking?.transitiveTagKeys.length ?? 0) > 0,
  });
};

/** A token that cannot be read is refused by the operation, which tells why. */
const withWebIdentity = (cloud: CloudState, input: unknown, { now }: Call): readonly Permission[] => {
  const resource = textOf(input, 'RoleArn') ?? '';
  const found = roleOfArn(cloud, resource);
  const identity = found && readWebIdentity(found.state, textOf(input, 'WebIdentityToken') ?? '', now);
  if (identity?.ok !== true) return [];
  return federatedPermissions(
    cloud,
    'sts:AssumeRoleWithWebIdentity',
    resource,
    identity.value,
    textOf(input, 'RoleSessionName'),
  );
};

const withSaml = (cloud: CloudState, input: unknown, { now }: Call): readonly Permission[] => {
  const roleArn = textOf(input, 'RoleArn') ?? '';
  const found = roleOfArn(cloud, roleArn);
  const response = textOf(input, 'SAMLAssertion') ?? '';
  const asked = { roleArn, providerArn: textOf(input, 'PrincipalArn') ?? '', response };
  const identity = found && readSamlAssertion(found.state, asked, now);
  if (identity?.ok !== true) return [];
  return federatedPermissions(cloud, 'sts:AssumeRoleWithSAML', roleArn, identity.value, identity.value.sessionName);
};

const federatedPermissions = (
  cloud: CloudState,
  action: string,
  resource: string,
  { provider, tags, transitiveTagKeys, sourceIdentity, context }: FederatedIdentity,
  name: string | undefined,
): readonly Permission[] =>
  sessionPermissions(cloud, action, resource, {
    context: { ...context, 'aws:FederatedProvider': provider },
    name,
    sourceIdentity: sourceIdentity ?? undefined,
    tags: {
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
      ...(Object.keys(tags).length === 0 ? {} : { 'aws:TagKeys': Object.keys(tags) }),
      ...(transitiveTagKeys.length === 0 ? {} : { 'sts:TransitiveTagKeys': transitiveTagKeys }),
    },
    tagged: Object.keys(tags).length > 0,
    vouchedBy: provider,
  });

/** A session of a role that is asked for. */
interface AskedSession {
  readonly context: RequestContext;
  readonly name: string | undefined;
  readonly sourceIdentity: string | undefined;
  /** The condition keys of its tags. */
  readonly tags: RequestContext;
  readonly tagged: boolean;
  readonly vouchedBy?: string;
}

/** What it takes to begin a session of a role: leave to assume it, to give it tags, and to name who is behind it. */
const sessionPermissions = (
  cloud: CloudState,
  action: string,
  resource: string,
  { context, name, sourceIdentity, tags, tagged, vouchedBy }: AskedSession,
): readonly Permission[] => {
  const found = roleOfArn(cloud, resource);
  const arn = parseArn(resource);
  const assume: Permission = {
    action,
    resource,
    resourceAccount: arn.ok ? arnParts(arn.value).account : '',
    assumes: found?.role ?? null,
    ...(vouchedBy && { vouchedBy }),
    context: {
      ...resourceTagContext(found?.role.tags ?? new Map(), ['aws', 'iam']),
      ...context,
      ...keyOf('sts:RoleSessionName', name),
      ...keyOf('sts:SourceIdentity', sourceIdentity),
      ...tags,
    },
  };
  return [
    assume,
    ...(tagged ? [{ ...assume, action: 'sts:TagSession' }] : []),
    ...(sourceIdentity === undefined ? [] : [{ ...assume, action: 'sts:SetSourceIdentity' }]),
  ];
};

const keyOf = (key: string, value: string | undefined): RequestContext => (value === undefined ? {} : { [key]: value });

/** A call that gives an MFA code is made with MFA, if the code is right. */
const mfaContext = (input: unknown): RequestContext =>
  textOf(input, 'SerialNumber') === undefined || textOf(input, 'TokenCode') === undefined
    ? {}
    : { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '0' };

/** Of whoever begins a session: the keys of its tags that stay in a chain of roles. */
const transitiveContext = (input: unknown): RequestContext => {
  const keys = textsOf(input, 'TransitiveTagKeys');
  return keys.length === 0 ? {} : { 'sts:TransitiveTagKeys': keys };
};

const hasTags = (input: unknown): boolean => listOf(input, 'Tags').length > 0;

const webIdentityToken = (action: string, input: unknown): readonly Permission[] => {
  const duration = memberOf(input, 'DurationSeconds');
  const context: RequestContext = {
    ...tagContext(input),
    'sts:IdentityTokenAudience': textsOf(input, 'Audience'),
    ...keyOf('sts:SigningAlgorithm', textOf(input, 'SigningAlgorithm')),
    ...keyOf('sts:DurationSeconds', typeof duration === 'number' ? String(duration) : '300'),
  };
  const own = { action, resource: '*', context };
  return hasTags(input) ? [own, { ...own, action: 'sts:TagGetWebIdentityToken' }] : [own];
};
