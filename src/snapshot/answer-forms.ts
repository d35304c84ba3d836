import { isJsonObject, type JsonObject } from '../kernel/json.ts';
import { entriesOf, memberOf, mergedPages } from './answer-entries.ts';
import { identityProvidersAnswer } from './identity-provider-forms.ts';
import type { Answers } from './schemas/answers.ts';

/** A saved answer of AWS: how to bring it into AWS's form, and that form, for people. */
interface AnswerForm {
  /** The answer as AWS gives it, all pages merged; what is in none of the forms comes back as it is. */
  readonly normalize: (raw: unknown) => unknown;
  readonly example: string;
}

/** The answer that has its entries in a list; the raw one where they were not found. */
const listAnswer = (
  raw: unknown,
  member: string,
  { byUser = false, change = (entry: unknown): unknown => entry } = {},
): unknown => {
  const entries = entriesOf(raw, member, { byUser });
  return entries === undefined ? raw : { [member]: entries.map(change) };
};

const ofUsers = (member: string): AnswerForm => ({
  normalize: (raw) => listAnswer(raw, member, { byUser: true }),
  example: `{"${member}": [{"UserName": …}, …]}`,
});

/** A list whose entries may each be wrapped as the answer about one of them wraps it. */
const ofAccount = (member: string, wrappers: readonly string[]): AnswerForm => ({
  normalize: (raw) =>
    listAnswer(raw, member, {
      change: (entry) => wrappers.reduce((inner, wrapper) => memberOf(inner, wrapper) ?? inner, entry),
    }),
  example: `{"${member}": […]}`,
});

const accountSummaryAnswer = (raw: unknown): unknown => (isNumbers(raw) ? { SummaryMap: raw } : raw);

const isNumbers = (raw: unknown): raw is JsonObject =>
  isJsonObject(raw) && Object.keys(raw).length > 0 && Object.values(raw).every((value) => typeof value === 'number');

/** `NoSuchEntity` is how AWS says that there is no password policy. */
const passwordPolicyAnswer = (raw: unknown): unknown => {
  if (raw === null || memberOf(memberOf(raw, 'Error'), 'Code') === 'NoSuchEntity') return { PasswordPolicy: null };
  return memberOf(raw, 'MinimumPasswordLength') === undefined ? raw : { PasswordPolicy: raw };
};

const mfaDevicesAnswer = (raw: unknown): unknown => {
  const merged = mergedPages(raw, ['VirtualMFADevices', 'MFADevices']);
  const ofUsersToo = memberOf(merged, 'MFADevices');
  if (isJsonObject(merged) && ofUsersToo !== undefined) {
    return { ...merged, MFADevices: entriesOf(ofUsersToo, 'MFADevices', { byUser: true }) ?? ofUsersToo };
  }
  if (memberOf(merged, 'VirtualMFADevices') !== undefined) return merged;
  const entries = entriesOf(merged, 'MFADevices', { byUser: true });
  // Only `ListMFADevices` names the user beside the device; a virtual device holds its user, or belongs to nobody.
  const named = entries?.filter((entry) => memberOf(entry, 'UserName') !== undefined) ?? [];
  const others = entries?.filter((entry) => memberOf(entry, 'UserName') === undefined) ?? [];
  if (named.length + others.length === 0) return raw;
  return { ...(named.length > 0 && { MFADevices: named }), ...(others.length > 0 && { VirtualMFADevices: others }) };
};

const LAST_USED = 'AccessKeyLastUsed';

/** The last use may stand beside the list, by key id, and each as the whole answer of `GetAccessKeyLastUsed`. */
const accessKeysAnswer = (raw: unknown): unknown => {
  const uses = memberOf(raw, LAST_USED);
  const withUse = (entry: unknown): unknown => {
    const id = memberOf(entry, 'AccessKeyId');
    const use = memberOf(entry, LAST_USED) ?? (typeof id === 'string' ? memberOf(uses, id) : undefined);
    return isJsonObject(entry) && use !== undefined
      ? { ...entry, [LAST_USED]: memberOf(use, LAST_USED) ?? use }
      : entry;
  };
  return listAnswer(raw, 'AccessKeyMetadata', { byUser: true, change: withUse });
};

const SERVICES = 'ServicesLastAccessed';

const lastAccessedAnswer = (raw: unknown): unknown =>
  isJsonObject(raw)
    ? Object.fromEntries(Object.entries(raw).map(([arn, answer]) => [arn, entriesOf(answer, SERVICES) ?? answer]))
    : raw;

/** Pages of `ListAnalyzers` alone, or of both calls, are put together. */
const accessAnalyzerAnswer = (raw: unknown): unknown => mergedPages(raw, ['analyzers', 'findings']);

/** Tags as AWS lists them become a map from key to value. */
const resourcesAnswer = (raw: unknown): unknown =>
  Array.isArray(raw) ? raw.map((row: unknown) => (isJsonObject(row) ? withTagMap(row) : row)) : raw;

const withTagMap = (row: JsonObject): Readonly<Record<string, unknown>> => {
  const tags = entriesOf(row['tags'], 'Tags');
  if (tags === undefined) return row;
  const entries = tags.map((tag) => [String(memberOf(tag, 'Key')), memberOf(tag, 'Value')] as const);
  return { ...row, tags: Object.fromEntries<unknown>(entries) };
};

/**
 * The forms in which other tools keep each answer: pages in a list, the list or object alone without the member that
 * wraps it, entries by user name, details by ARN or key id. A form that could mean two things is none of them.
 */
export const ANSWER_FORMS: { readonly [Member in keyof Answers]-?: AnswerForm } = {
  accountSummary: { normalize: accountSummaryAnswer, example: '{"SummaryMap": {"Users": 5, …}}' },
  passwordPolicy: {
    normalize: passwordPolicyAnswer,
    example: '{"PasswordPolicy": {"MinimumPasswordLength": 14, …}}, or {"PasswordPolicy": null} for none',
  },
  mfaDevices: {
    normalize: mfaDevicesAnswer,
    example: '{"VirtualMFADevices": […], "MFADevices": [{"UserName": …}, …]}',
  },
  accessKeys: { normalize: accessKeysAnswer, example: '{"AccessKeyMetadata": [{"UserName": …}, …]}' },
  serviceSpecificCredentials: ofUsers('ServiceSpecificCredentials'),
  sshPublicKeys: ofUsers('SSHPublicKeys'),
  signingCertificates: ofUsers('Certificates'),
  serverCertificates: ofAccount('ServerCertificateMetadataList', ['ServerCertificate', 'ServerCertificateMetadata']),
  identityProviders: {
    normalize: identityProvidersAnswer,
    example: '{"SAMLProviderList": […], "OpenIDConnectProviderList": […]}',
  },
  instanceProfiles: ofAccount('InstanceProfiles', ['InstanceProfile']),
  lastAccessed: {
    normalize: lastAccessedAnswer,
    example: '{"<principal arn>": [{"ServiceNamespace": "s3", "LastAuthenticated": …}, …]}',
  },
  cloudTrail: {
    normalize: (raw) => raw,
    example: '{"from": …, "to": …, "principals": {"<principal arn>": [{"service": "s3", "lastUsed": …}, …]}}',
  },
  resources: {
    normalize: resourcesAnswer,
    example: '[{"service": "s3", "type": "bucket", "arn": …, "name": …, "policy": {…}}, …]',
  },
  accessAnalyzer: {
    normalize: accessAnalyzerAnswer,
    example: '{"analyzers": [{"arn": …, "type": "ACCOUNT", "status": "ACTIVE"}, …], "findings": […]}',
  },
  identityCenter: {
    normalize: (raw) => raw,
    example:
      '{"instanceArn": …, "identityStoreId": …, "permissionSets": [{"PermissionSetArn": …, "Name": …, "AccountAssignments": […]}], "users": […], "groups": […]}, or null for none',
  },
  organization: {
    normalize: (raw) => raw,
    example:
      '{"organizationId": …, "managementAccountId": …, "path": [{"id": …, "name": …, "scps": […], "rcps": […]}]}',
  },
};
