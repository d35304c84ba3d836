import { createHash } from 'node:crypto';
import { z } from 'zod';
import { iamArn } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { addDays, type Instant } from '../../kernel/time.ts';
import type { AccountState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { parsePrivateKey } from '../certificate-pem.ts';
import type { SamlPrivateKeyState, SamlProviderState } from '../federation-state.ts';
import { operation, readOperation } from '../operation.ts';
import { checkQuota } from '../quotas.ts';
import { parseSamlMetadata } from '../saml-metadata.ts';
import { newUniqueId } from '../unique-id.ts';
import { found } from './account-entities.ts';
import { arnText } from './input.ts';
import { tagOperations } from './tag-operations.ts';
import { MINDING_CASE, tagsInput, withTags } from './tags.ts';
import { samlProviderDetail, samlProviderView, tagList } from './views.ts';

const ofProvider = z.object({ SAMLProviderArn: arnText });
const metadataDocument = z.string().min(1000).max(10_000_000);
const privateKeyText = z
  .string()
  .min(1)
  .max(16_384)
  .regex(/^[\t\n\r -ÿ]+$/);

const encryption = {
  AssertionEncryptionMode: z.enum(['Required', 'Allowed']).optional(),
  AddPrivateKey: privateKeyText.optional(),
};

/** Source: "Create a SAML identity provider in IAM", IAM User Guide. */
const MAX_PRIVATE_KEYS = 2;

/** Metadata that does not say until when it holds, holds for a hundred years. */
const DEFAULT_VALIDITY_DAYS = 36_525;

const findProvider = (state: AccountState, arn: string): Result<SamlProviderState, AwsError> =>
  found(state.samlProviders.get(arn), `Manifest not found for arn ${arn}`);

const withProvider = (state: AccountState, provider: SamlProviderState): AccountState => ({
  ...state,
  samlProviders: state.samlProviders.set(provider.arn, provider),
});

/** `iam:CreateSAMLProvider`. */
const createSamlProvider = operation(
  'iam:CreateSAMLProvider',
  z.object({
    Name: z
      .string()
      .min(1)
      .max(128)
      .regex(/^[\w._-]+$/),
    SAMLMetadataDocument: metadataDocument,
    Tags: tagsInput.default([]),
    ...encryption,
  }),
  (state, input, { now, random }) => {
    const metadata = checkedMetadata(input.SAMLMetadataDocument, now);
    if (!metadata.ok) return metadata;
    const tags = withTags(new Map(), input.Tags, MINDING_CASE);
    if (!tags.ok) return tags;
    const key = input.AddPrivateKey === undefined ? ok(null) : checkedKey(input.AddPrivateKey, now);
    if (!key.ok) return key;
    const privateKeys = key.value === null ? [] : [key.value];
    const mode = checkedMode(input.AssertionEncryptionMode ?? null, privateKeys);
    if (!mode.ok) return mode;
    const arn = iamArn(state.partition, state.accountId, `saml-provider/${input.Name}`);
    if (state.samlProviders.has(arn)) {
      return awsError('EntityAlreadyExists', `Provider with name ${input.Name} already exists.`);
    }
    const quota = checkQuota(state, 'SAMLProvidersPerAccount', state.samlProviders.size + 1);
    if (!quota.ok) return quota;
    const provider: SamlProviderState = {
      arn,
      uuid: `SAML${newUniqueId('ASCA', random).slice(4)}A`,
      createDate: now,
      ...metadata.value,
      assertionEncryptionMode: mode.value,
      privateKeys,
      tags: tags.value,
    };
    const Tags = tags.value.size === 0 ? undefined : tagList(tags.value);
    return ok({ state: withProvider(state, provider), answer: { SAMLProviderArn: arn, Tags } });
  },
);

const checkedMetadata = (
  document: string,
  now: Instant,
): Result<Pick<SamlProviderState, 'metadata' | 'validUntil'>, AwsError> => {
  const metadata = parseSamlMetadata(document);
  return metadata === null
    ? awsError('InvalidInput', 'Could not parse metadata')
    : ok({ metadata: document, validUntil: metadata.validUntil ?? addDays(now, DEFAULT_VALIDITY_DAYS) });
};

const checkedKey = (pem: string, now: Instant): Result<SamlPrivateKeyState, AwsError> => {
  const der = parsePrivateKey(pem)?.export({ type: 'pkcs8', format: 'der' });
  if (der === undefined) return awsError('InvalidInput', 'The private key must be a private key in PEM format.');
  const keyId = createHash('sha256').update(der).digest('hex').slice(0, 32).toUpperCase();
  return ok({ keyId, addedAt: now, pem });
};

const checkedMode = (
  mode: SamlProviderState['assertionEncryptionMode'],
  privateKeys: readonly SamlPrivateKeyState[],
): Result<typeof mode, AwsError> =>
  mode === 'Required' && privateKeys.length === 0
    ? awsError('InvalidInput', 'A private key is required when AssertionEncryptionMode is Required.')
    : ok(mode);

/** `iam:UpdateSAMLProvider`. */
const updateSamlProvider = operation(
  'iam:UpdateSAMLProvider',
  ofProvider.extend({
    SAMLMetadataDocument: metadataDocument.optional(),
    ...encryption,
    RemovePrivateKey: z
      .string()
      .min(22)
      .max(64)
      .regex(/^[A-Z0-9]+$/)
      .optional(),
  }),
  (state, input, { now }) => {
    const { SAMLMetadataDocument: document, AddPrivateKey: added, RemovePrivateKey: removed } = input;
    const metadata = document === undefined ? ok({}) : checkedMetadata(document, now);
    if (!metadata.ok) return metadata;
    const key = added === undefined ? ok(null) : checkedKey(added, now);
    if (!key.ok) return key;
    const provider = findProvider(state, input.SAMLProviderArn);
    if (!provider.ok) return provider;
    const privateKeys = changedKeys(provider.value.privateKeys, key.value, removed);
    if (!privateKeys.ok) return privateKeys;
    const mode = checkedMode(
      input.AssertionEncryptionMode ?? provider.value.assertionEncryptionMode,
      privateKeys.value,
    );
    if (!mode.ok) return mode;
    const changed = {
      ...provider.value,
      ...metadata.value,
      assertionEncryptionMode: mode.value,
      privateKeys: privateKeys.value,
    };
    return ok({ state: withProvider(state, changed), answer: { SAMLProviderArn: changed.arn } });
  },
);

const changedKeys = (
  keys: readonly SamlPrivateKeyState[],
  added: SamlPrivateKeyState | null,
  removed: string | undefined,
): Result<readonly SamlPrivateKeyState[], AwsError> => {
  if (removed !== undefined && !keys.some(({ keyId }) => keyId === removed)) {
    return awsError('InvalidInput', `The private key with id ${removed} cannot be found.`);
  }
  const kept = keys.filter(({ keyId }) => keyId !== removed && keyId !== added?.keyId);
  const changed = added === null ? kept : [...kept, added];
  return changed.length > MAX_PRIVATE_KEYS
    ? awsError('LimitExceeded', `Cannot exceed quota for PrivateKeysPerSAMLProvider: ${MAX_PRIVATE_KEYS}`)
    : ok(changed);
};

/** `iam:DeleteSAMLProvider`. */
const deleteSamlProvider = operation('iam:DeleteSAMLProvider', ofProvider, (state, input) => {
  const provider = findProvider(state, input.SAMLProviderArn);
  if (!provider.ok) return provider;
  return ok({ state: { ...state, samlProviders: state.samlProviders.delete(provider.value.arn) }, answer: {} });
});

/** `iam:GetSAMLProvider`. */
const getSamlProvider = readOperation('iam:GetSAMLProvider', ofProvider, (state, input) => {
  const provider = findProvider(state, input.SAMLProviderArn);
  return provider.ok ? ok(samlProviderDetail(provider.value)) : provider;
});

/** `iam:ListSAMLProviders`. */
const listSamlProviders = readOperation('iam:ListSAMLProviders', z.object({}), (state) =>
  ok({ SAMLProviderList: [...state.samlProviders.values()].map(samlProviderView) }),
);

/** The operations on SAML providers. */
export const samlProviderOperations = [
  createSamlProvider,
  updateSamlProvider,
  deleteSamlProvider,
  getSamlProvider,
  listSamlProviders,
  ...tagOperations({
    noun: 'SAMLProvider',
    name: ofProvider,
    find: (state, input) => findProvider(state, input.SAMLProviderArn),
    save: withProvider,
  }),
];
