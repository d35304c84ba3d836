import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import { addDays } from '../../kernel/time.ts';
import { indexPrefix, withUser } from '../account-edits.ts';
import { type AccountState, nameKey, type UserState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { Call, Random } from '../call.ts';
import { apiKeyPrefix, hasCredentials } from '../credential-services.ts';
import type { ServiceSpecificCredentialState } from '../credential-state.ts';
import { operation, readOperation } from '../operation.ts';
import { checkQuota } from '../quotas.ts';
import { newUniqueId } from '../unique-id.ts';
import { findUser } from './account-entities.ts';
import { serviceSpecificCredentialView } from './credential-views.ts';
import { holderOf } from './holders.ts';
import { credentialStatus, newUserName, paging } from './input.ts';
import { page } from './page.ts';

const checkService = (name: string): Result<null, AwsError> =>
  hasCredentials(name) ? ok(null) : awsError('NotSupportedService', `The service ${name} is not supported.`);

/** The member of an answer that holds the secret of a credential, which is made up and kept nowhere. */
const newSecret = (
  { serviceName, serviceCredentialAlias }: ServiceSpecificCredentialState,
  random: Random,
): Readonly<Record<string, string>> => {
  const secret = Buffer.from(random(33)).toString('base64');
  const prefix = apiKeyPrefix(serviceName);
  if (prefix === null) return { ServicePassword: secret };
  const key = Buffer.from(`${serviceCredentialAlias ?? ''}:${secret}`).toString('base64');
  return { ServiceCredentialSecret: `${prefix}${key}` };
};

/** `iam:CreateServiceSpecificCredential`. Only API keys can expire. */
const createServiceSpecificCredential = operation(
  'iam:CreateServiceSpecificCredential',
  z.object({
    UserName: newUserName,
    ServiceName: z.string(),
    CredentialAgeDays: z.int().min(1).max(36_600).optional(),
  }),
  (state, { UserName, ServiceName, CredentialAgeDays }, call) => {
    const user = findUser(state, UserName);
    if (!user.ok) return user;
    const service = checkService(ServiceName);
    if (!service.ok) return service;
    const hasApiKeys = apiKeyPrefix(ServiceName) !== null;
    if (CredentialAgeDays !== undefined && !hasApiKeys) {
      return awsError('ValidationError', `CredentialAgeDays is not supported for the service ${ServiceName}.`);
    }
    const { serviceSpecificCredentials: others } = user.value;
    const same = others.filter(({ serviceName }) => serviceName === ServiceName);
    const allowed = checkQuota(state, 'ServiceSpecificCredentialsPerUser', same.length + 1);
    if (!allowed.ok) return allowed;
    const name = freeServiceUserName(state, user.value, same);
    const credential: ServiceSpecificCredentialState = {
      id: newUniqueId('ACCA', call.random),
      serviceName: ServiceName,
      serviceUserName: hasApiKeys ? null : name,
      serviceCredentialAlias: hasApiKeys ? name : null,
      status: 'Active',
      createDate: call.now,
      expirationDate: CredentialAgeDays === undefined ? null : addDays(call.now, CredentialAgeDays),
    };
    const edited = { ...user.value, serviceSpecificCredentials: [...others, credential] };
    return ok({ state: withUser(state, edited), answer: withSecret(edited, credential, call) });
  },
);

/** `bob-at-123456789012`, and with `+1` where the user has that for the service already. */
const freeServiceUserName = (
  { accountId }: AccountState,
  { userName }: UserState,
  taken: readonly ServiceSpecificCredentialState[],
): string => {
  const names = new Set(
    taken.map(({ serviceUserName, serviceCredentialAlias }) => serviceUserName ?? serviceCredentialAlias),
  );
  const nameOf = (count: number): string => `${userName}${count === 0 ? '' : `+${count}`}-at-${accountId}`;
  let count = 0;
  while (names.has(nameOf(count))) count += 1;
  return nameOf(count);
};

const withSecret = ({ userName }: UserState, credential: ServiceSpecificCredentialState, { now, random }: Call) => ({
  ServiceSpecificCredential: {
    UserName: userName,
    ...serviceSpecificCredentialView(credential, now),
    ...newSecret(credential, random),
  },
});

const oneCredential = z.object({
  UserName: newUserName.optional(),
  ServiceSpecificCredentialId: z
    .string()
    .min(20)
    .max(128)
    .regex(/^[\w]+$/),
});

interface Owned {
  readonly user: UserState;
  readonly credential: ServiceSpecificCredentialState;
}

/** A credential of the user named, or of who calls. */
const findCredential = (
  state: AccountState,
  { UserName, ServiceSpecificCredentialId: id }: z.output<typeof oneCredential>,
  call: Call,
): Result<Owned, AwsError> => {
  const holder = holderOf(state, UserName, call);
  if (!holder.ok) return holder;
  const owner = holder.value === 'root' ? undefined : holder.value;
  const credential = owner?.serviceSpecificCredentials.find((each) => each.id === id);
  return owner === undefined || credential === undefined
    ? awsError('NoSuchEntity', `The Service Specific Credential with id ${id} cannot be found.`)
    : ok({ user: owner, credential });
};

const withCredential = (
  state: AccountState,
  { user, credential }: Owned,
  change: readonly ServiceSpecificCredentialState[],
): AccountState => {
  const at = user.serviceSpecificCredentials.indexOf(credential);
  return withUser(state, {
    ...user,
    serviceSpecificCredentials: user.serviceSpecificCredentials.toSpliced(at, 1, ...change),
  });
};

/** `iam:ResetServiceSpecificCredential`: another secret for the same credential. */
const resetServiceSpecificCredential = operation(
  'iam:ResetServiceSpecificCredential',
  oneCredential,
  (state, input, call) => {
    const found = findCredential(state, input, call);
    return found.ok ? ok({ state, answer: withSecret(found.value.user, found.value.credential, call) }) : found;
  },
);

/** `iam:UpdateServiceSpecificCredential`. */
const updateServiceSpecificCredential = operation(
  'iam:UpdateServiceSpecificCredential',
  oneCredential.extend({ Status: credentialStatus }),
  (state, input, call) => {
    const found = findCredential(state, input, call);
    if (!found.ok) return found;
    const changed = { ...found.value.credential, status: input.Status };
    return ok({ state: withCredential(state, found.value, [changed]), answer: {} });
  },
);

/** `iam:DeleteServiceSpecificCredential`. */
const deleteServiceSpecificCredential = operation(
  'iam:DeleteServiceSpecificCredential',
  oneCredential,
  (state, input, call) => {
    const found = findCredential(state, input, call);
    return found.ok ? ok({ state: withCredential(state, found.value, []), answer: {} }) : found;
  },
);

const LIST = 'ListServiceSpecificCredentials';

/** `iam:ListServiceSpecificCredentials`, of one user or of all. */
const listServiceSpecificCredentials = readOperation(
  `iam:${LIST}`,
  z.object({
    UserName: newUserName.optional(),
    ServiceName: z.string().optional(),
    AllUsers: z.boolean().default(false),
    ...paging,
  }),
  (state, { UserName, ServiceName, AllUsers, ...paged }, call) => {
    if (AllUsers && UserName !== undefined) {
      return awsError('ValidationError', 'AllUsers and UserName cannot be specified together.');
    }
    const service = ServiceName === undefined ? ok(null) : checkService(ServiceName);
    if (!service.ok) return service;
    const scope = AllUsers ? ok('') : userScope(state, UserName, call);
    if (!scope.ok) return scope;
    const { value: prefix } = scope;
    const credentials = page(LIST, paged, (from) =>
      prefix === null ? [] : credentialsFrom(state, { from, prefix, serviceName: ServiceName }),
    );
    if (!credentials.ok) return credentials;
    const { items, more } = credentials.value;
    const views = items.map(({ user: { userName }, credential }) => ({
      UserName: userName,
      ...serviceSpecificCredentialView(credential, call.now),
    }));
    return ok({ ServiceSpecificCredentials: views, ...more });
  },
);

/** The beginning of the index keys of a user's credentials; null for the root user, who can have none. */
const userScope = (state: AccountState, name: string | undefined, call: Call): Result<string | null, AwsError> => {
  const holder = holderOf(state, name, call);
  if (!holder.ok) return holder;
  return ok(holder.value === 'root' ? null : indexPrefix(nameKey(holder.value.userName)));
};

function* credentialsFrom(
  state: AccountState,
  {
    from,
    prefix,
    serviceName,
  }: { readonly from: string; readonly prefix: string; readonly serviceName: string | undefined },
): Generator<readonly [string, Owned]> {
  for (const [key, userKey] of state.indexes.serviceCredentialOwners.entriesFrom(from === '' ? prefix : from)) {
    if (!key.startsWith(prefix)) return;
    const user = state.users.get(userKey);
    const credential = user?.serviceSpecificCredentials.find(({ id }) => indexPrefix(userKey, id) === key);
    if (user === undefined || credential === undefined) continue;
    if (serviceName === undefined || credential.serviceName === serviceName) yield [key, { user, credential }];
  }
}

/** The operations on credentials for one service. */
export const serviceCredentialOperations = [
  createServiceSpecificCredential,
  resetServiceSpecificCredential,
  updateServiceSpecificCredential,
  deleteServiceSpecificCredential,
  listServiceSpecificCredentials,
];
