import type { RequestContext } from '../../evaluate/request-context.ts';
import { friendlyName, iamArn } from '../../iam/arn.ts';
import { type AccountState, nameKey } from '../account-state.ts';
import { awsManagedPolicies } from '../aws-managed-policies.ts';
import type { Call } from '../call.ts';
import { textOf } from './input-members.ts';
import { resourceTagContext } from './permission.ts';

/** What a call of IAM is about. */
export interface Target {
  readonly arn: string;
  /** As AWS names it to a caller who may not: `user alice`, or its ARN. */
  readonly said: string;
  /** The condition keys that follow from it. */
  readonly context: RequestContext;
}

/** Finds what a call is about, by the type of resource that its action works on; null where its input does not say. */
export type TargetFinder = (state: AccountState, input: unknown, call: Call) => Target | null;

/** What entities with names have that conditions may ask for. */
interface Entity {
  readonly arn: string;
  readonly tags?: ReadonlyMap<string, string>;
  readonly permissionsBoundary?: string | null;
}

/** Something that goes by its name. AWS tells the name of what should be there, and the ARN of what is to be made. */
const named =
  (
    type: string,
    nameOf: (state: AccountState, input: unknown, call: Call) => string | undefined,
    find: (state: AccountState, key: string) => Entity | undefined,
    tagPrefixes: readonly string[],
  ): TargetFinder =>
  (state, input, call) => {
    const name = nameOf(state, input, call);
    if (name === undefined) return null;
    const entity = find(state, nameKey(name));
    const arn = entity?.arn ?? pathArn(state, type, name, input);
    return { arn, said: `${type.replace('-', ' ')} ${name}`, context: entityContext(entity, tagPrefixes) };
  };

const entityContext = (entity: Entity | undefined, tagPrefixes: readonly string[]): RequestContext => ({
  ...resourceTagContext(entity?.tags ?? NO_TAGS, tagPrefixes),
  ...(entity?.permissionsBoundary == null ? {} : { 'iam:PermissionsBoundary': entity.permissionsBoundary }),
});

const member = (name: string) => (_: AccountState, input: unknown) => textOf(input, name);

/** The user that the input names, or else the one who calls. */
const userName = (state: AccountState, input: unknown, { caller }: Call): string | undefined =>
  textOf(input, 'UserName') ?? (caller.kind === 'user' ? state.users.get(caller.nameKey)?.userName : undefined);

const AWS_TAGS = ['aws'];
const PRINCIPAL_TAGS = ['aws', 'iam'];

/** Something that goes by its ARN, or by a name that its ARN follows from. */
const byArn =
  (
    arnOf: (state: AccountState, input: unknown) => string | undefined,
    find: (state: AccountState, arn: string) => Entity | undefined,
  ): TargetFinder =>
  (state, input) => {
    const arn = arnOf(state, input);
    return arn === undefined ? null : { arn, said: arn, context: entityContext(find(state, arn), AWS_TAGS) };
  };

const policy: TargetFinder = (state, input) => {
  const name = textOf(input, 'PolicyName');
  const arn = textOf(input, 'PolicyArn') ?? (name === undefined ? undefined : pathArn(state, 'policy', name, input));
  if (arn === undefined) return null;
  const key = nameKey(friendlyName(arn));
  const found = [state.policies.get(key), awsManagedPolicies(state.partition).get(key)].find(
    (each) => each?.arn === arn,
  );
  return { arn, said: `policy ${name ?? arn}`, context: entityContext(found, AWS_TAGS) };
};

const user = named('user', userName, ({ users }, key) => users.get(key), PRINCIPAL_TAGS);

/** The root user speaks of itself where it names nobody. */
const userOrRoot: TargetFinder = (state, input, call) => {
  if (call.caller.kind !== 'root' || textOf(input, 'UserName') !== undefined) return user(state, input, call);
  const arn = iamArn(state.partition, state.accountId, 'root');
  return { arn, said: arn, context: {} };
};

/** By the types of resource of the Service Authorization Reference, section "AWS Identity and Access Management". */
export const IAM_TARGETS: ReadonlyMap<string, TargetFinder> = new Map<string, TargetFinder>([
  ['user', userOrRoot],
  ['role', named('role', member('RoleName'), ({ roles }, key) => roles.get(key), PRINCIPAL_TAGS)],
  ['group', named('group', member('GroupName'), ({ groups }, key) => groups.get(key), [])],
  [
    'instance-profile',
    named('instance-profile', member('InstanceProfileName'), (state, key) => state.instanceProfiles.get(key), AWS_TAGS),
  ],
  [
    'server-certificate',
    named(
      'server-certificate',
      member('ServerCertificateName'),
      (state, key) => state.serverCertificates.get(key),
      AWS_TAGS,
    ),
  ],
  ['policy', policy],
  [
    'saml-provider',
    byArn(
      (state, input) => textOf(input, 'SAMLProviderArn') ?? arnWith(state, 'saml-provider', textOf(input, 'Name')),
      (state, arn) => state.samlProviders.get(arn),
    ),
  ],
  [
    'oidc-provider',
    byArn(
      (state, input) =>
        textOf(input, 'OpenIDConnectProviderArn') ??
        arnWith(state, 'oidc-provider', textOf(input, 'Url')?.replace(/^https:\/\//, '')),
      (state, arn) => state.oidcProviders.get(arn),
    ),
  ],
  [
    'mfa',
    byArn(
      (state, input) => {
        const name = textOf(input, 'VirtualMFADeviceName');
        return textOf(input, 'SerialNumber') ?? (name === undefined ? undefined : pathArn(state, 'mfa', name, input));
      },
      (state, arn) => findDevice(state, arn),
    ),
  ],
  [
    'access-report',
    byArn(
      (state, input) => arnWith(state, 'access-report', textOf(input, 'EntityPath')),
      () => undefined,
    ),
  ],
  [
    'role-template',
    byArn(
      (_, input) => textOf(input, 'TemplateArn'),
      () => undefined,
    ),
  ],
  [
    'delegation-request',
    byArn(
      (state, input) => arnWith(state, 'delegation-request', textOf(input, 'DelegationRequestId') ?? '*'),
      () => undefined,
    ),
  ],
]);

const findDevice = (state: AccountState, arn: string): Entity | undefined => {
  const device = state.virtualMfaDevices.get(arn);
  return device && { arn, tags: device.tags };
};

/** The user, group or role whose ARN stands in an input. */
export const targetOfArn = (state: AccountState, arn: string): Target => {
  const key = nameKey(friendlyName(arn));
  const found = [state.users.get(key), state.roles.get(key), state.groups.get(key)].find((each) => each?.arn === arn);
  return { arn, said: arn, context: entityContext(found, PRINCIPAL_TAGS) };
};

const NO_TAGS: ReadonlyMap<string, string> = new Map();

const arnWith = (state: AccountState, type: string, name: string | undefined): string | undefined =>
  name === undefined ? undefined : iamArn(state.partition, state.accountId, `${type}/${name}`);

const pathArn = (state: AccountState, type: string, name: string, input: unknown): string =>
  iamArn(state.partition, state.accountId, `${type}${textOf(input, 'Path') ?? '/'}${name}`);
