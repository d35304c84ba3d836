import type { JsonValue } from '../../kernel/json.ts';
import type { AccessKey, Mfa, Password, RootUser, User } from '../../snapshot/account-snapshot.ts';
import { collectedChanges, listChanges, type PartChange, valueChange } from './part-change.ts';

/** What changed of the credentials of a user. */
export const credentialChanges = (before: User, after: User): readonly PartChange[] => [
  ...collectedChanges(before.accessKeys, after.accessKeys, accessKeyChanges),
  ...collectedChanges(before.password, after.password, passwordChanges),
  ...collectedChanges(before.mfa, after.mfa, mfaChanges),
  ...collectedChanges(before.serviceSpecificCredentials, after.serviceSpecificCredentials, (was, is) =>
    listChanges(was, is, {
      kind: 'credential',
      id: ({ id }) => id,
      tell: ({ serviceName, status }) => ({ type: 'service-specific credential', serviceName, status }),
    }),
  ),
  ...collectedChanges(before.sshPublicKeys, after.sshPublicKeys, uploadedChanges('SSH public key')),
  ...collectedChanges(before.signingCertificates, after.signingCertificates, uploadedChanges('signing certificate')),
];

/** What changed of the credentials of the root user. */
export const rootChanges = (before: RootUser, after: RootUser): readonly PartChange[] => [
  ...collectedChanges(before.accessKeyCount, after.accessKeyCount, (was, is) =>
    valueChange('access-key', null, { accessKeys: was }, { accessKeys: is }),
  ),
  ...collectedChanges(before.mfaActive, after.mfaActive, (was, is) =>
    valueChange('mfa', null, { active: was }, { active: is }),
  ),
];

/** Whether the access keys of both nights have their ids, or both only their places in the credential report. */
export const areKeysComparable = (before: readonly AccessKey[], after: readonly AccessKey[]): boolean =>
  !(before.some(isNumbered) !== after.some(isNumbered) && before.length > 0 && after.length > 0);

const isNumbered = ({ accessKeyId }: AccessKey): boolean => /^key \d$/.test(accessKeyId);

const accessKeyChanges = (before: readonly AccessKey[], after: readonly AccessKey[]): readonly PartChange[] =>
  areKeysComparable(before, after) ? listChanges(before, after, ACCESS_KEY) : [];

const ACCESS_KEY = {
  kind: 'access-key',
  id: ({ accessKeyId }: AccessKey) => accessKeyId,
  // The place in the credential report is no identity: the date tells whether it is another key.
  tell: (key: AccessKey) => ({ status: key.status, ...(isNumbered(key) && { createDate: key.createDate }) }),
} as const;

const passwordChanges = (before: Password, after: Password): readonly PartChange[] => {
  // When it was changed is told by some sources only.
  const isDated = before.lastChanged !== null && after.lastChanged !== null;
  const tell = ({ enabled, lastChanged }: Password): JsonValue =>
    enabled ? { enabled, ...(isDated && { lastChanged }) } : null;
  return valueChange('password', null, tell(before), tell(after));
};

const mfaChanges = (before: Mfa, after: Mfa): readonly PartChange[] => [
  ...valueChange('mfa', null, { active: before.active }, { active: after.active }),
  ...collectedChanges(before.devices, after.devices, (was, is) =>
    listChanges(was, is, {
      kind: 'mfa',
      id: ({ serialNumber }) => serialNumber,
      tell: ({ kind }) => ({ kind }),
    }),
  ),
];

const uploadedChanges = (type: string) => (before: Uploaded, after: Uploaded) =>
  listChanges(before, after, { kind: 'credential', id: ({ id }) => id, tell: ({ status }) => ({ type, status }) });

type Uploaded = readonly { readonly id: string; readonly status: string }[];
