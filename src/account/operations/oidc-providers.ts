import { createHash } from 'node:crypto';
import { z } from 'zod';
import { iamArn } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import type { AccountState } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { OidcProviderState } from '../federation-state.ts';
import { operation, readOperation } from '../operation.ts';
import { checkQuota } from '../quotas.ts';
import { found } from './account-entities.ts';
import { arnText, textList } from './input.ts';
import { tagOperations } from './tag-operations.ts';
import { MINDING_CASE, tagsInput, withTags } from './tags.ts';
import { oidcProviderView, tagList } from './views.ts';

const clientId = z.string().min(1).max(255);
const thumbprintList = textList(z.string().min(40).max(40));
const ofProvider = z.object({ OpenIDConnectProviderArn: arnText });

const MAX_CLIENT_IDS = 100;
const MAX_THUMBPRINTS = 5;

const findProvider = (state: AccountState, arn: string): Result<OidcProviderState, AwsError> =>
  found(state.oidcProviders.get(arn), `OpenIDConnect Provider not found for arn ${arn}`);

const withProvider = (state: AccountState, provider: OidcProviderState): AccountState => ({
  ...state,
  oidcProviders: state.oidcProviders.set(provider.arn, provider),
});

/** `iam:CreateOpenIDConnectProvider`. */
const createOidcProvider = operation(
  'iam:CreateOpenIDConnectProvider',
  z.object({
    ClientIDList: textList(clientId).default([]),
    ThumbprintList: thumbprintList.default([]),
    Url: z.string().min(1).max(255),
    Tags: tagsInput.default([]),
  }),
  (state, input, { now }) => {
    const url = issuerOf(input.Url);
    if (!url.ok) return url;
    const thumbprints = checkedThumbprints(input.ThumbprintList);
    if (!thumbprints.ok) return thumbprints;
    const clientIds = checkedClientIds(input.ClientIDList);
    if (!clientIds.ok) return clientIds;
    const tags = withTags(new Map(), input.Tags, MINDING_CASE);
    if (!tags.ok) return tags;
    const arn = iamArn(state.partition, state.accountId, `oidc-provider/${url.value}`);
    if (state.oidcProviders.has(arn)) {
      return awsError('EntityAlreadyExists', `Provider with url ${input.Url} already exists.`);
    }
    const quota = checkQuota(state, 'OpenIdConnectProvidersPerAccount', state.oidcProviders.size + 1);
    if (!quota.ok) return quota;
    const provider: OidcProviderState = {
      arn,
      url: url.value,
      clientIds: clientIds.value,
      thumbprints: thumbprints.value.length === 0 ? [thumbprintOfHost(url.value)] : thumbprints.value,
      createDate: now,
      tags: tags.value,
    };
    const Tags = tags.value.size === 0 ? undefined : tagList(tags.value);
    return ok({ state: withProvider(state, provider), answer: { OpenIDConnectProviderArn: arn, Tags } });
  },
);

/**
 * What stands in the ARN of a provider and in the tokens' issuer, behind `https://`.
 * Source: "Create an OpenID Connect (OIDC) identity provider in IAM", IAM User Guide: no port, no query.
 */
const issuerOf = (text: string): Result<string, AwsError> => {
  const [, scheme, issuer = ''] = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.+)$/s.exec(text) ?? [];
  if (scheme === undefined) return awsError('ValidationError', INVALID_URL);
  if (scheme !== 'https') return awsError('InvalidInput', `${INVALID_URL}. The URL must begin with https://.`);
  const host = /^[^/]*/.exec(issuer)?.[0] ?? '';
  return /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(host) && /^[!-~]*$/.test(issuer) && !/[?#]/.test(issuer)
    ? ok(issuer)
    : awsError('InvalidInput', `${INVALID_URL}.`);
};

const INVALID_URL = 'Invalid Open ID Connect Provider URL';

const checkedThumbprints = (thumbprints: readonly string[]): Result<readonly string[], AwsError> => {
  if (thumbprints.length > MAX_THUMBPRINTS) {
    return awsError('InvalidInput', `Thumbprint list must contain fewer than ${MAX_THUMBPRINTS} entries.`);
  }
  return ok(thumbprints.map((thumbprint) => thumbprint.toLowerCase()));
};

const checkedClientIds = (clientIds: readonly string[]): Result<readonly string[], AwsError> =>
  clientIds.length > MAX_CLIENT_IDS
    ? awsError('LimitExceeded', `Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${MAX_CLIENT_IDS}`)
    : ok([...new Set(clientIds)]);

/** IAM asks the provider for its certificate authority; here nobody is asked, and the host's name stands for it. */
const thumbprintOfHost = (issuer: string): string =>
  createHash('sha1').update(issuer.replace(/\/.*/s, '')).digest('hex');

/** `iam:DeleteOpenIDConnectProvider`: as recorded from AWS, and against its reference, one that is not there is an error. */
const deleteOidcProvider = operation('iam:DeleteOpenIDConnectProvider', ofProvider, (state, input) => {
  const { OpenIDConnectProviderArn: arn } = input;
  return state.oidcProviders.has(arn)
    ? ok({ state: { ...state, oidcProviders: state.oidcProviders.delete(arn) }, answer: {} })
    : awsError('NoSuchEntity', `OpenId connect Provider ${arn} cannot be found.`);
});

/** `iam:GetOpenIDConnectProvider`. */
const getOidcProvider = readOperation('iam:GetOpenIDConnectProvider', ofProvider, (state, input) => {
  const provider = findProvider(state, input.OpenIDConnectProviderArn);
  return provider.ok ? ok(oidcProviderView(provider.value)) : provider;
});

/** `iam:ListOpenIDConnectProviders`. */
const listOidcProviders = readOperation('iam:ListOpenIDConnectProviders', z.object({}), (state) =>
  ok({ OpenIDConnectProviderList: [...state.oidcProviders.values()].map(({ arn }) => ({ Arn: arn })) }),
);

/** `iam:UpdateOpenIDConnectProviderThumbprint`: the whole list. */
const updateThumbprints = operation(
  'iam:UpdateOpenIDConnectProviderThumbprint',
  ofProvider.extend({ ThumbprintList: thumbprintList }),
  (state, input) => {
    const thumbprints = checkedThumbprints(input.ThumbprintList);
    if (!thumbprints.ok) return thumbprints;
    const provider = findProvider(state, input.OpenIDConnectProviderArn);
    if (!provider.ok) return provider;
    return ok({ state: withProvider(state, { ...provider.value, thumbprints: thumbprints.value }), answer: {} });
  },
);

const ofClient = ofProvider.extend({ ClientID: clientId });

/** `iam:AddClientIDToOpenIDConnectProvider`; that it is there already is no error. */
const addClientId = operation('iam:AddClientIDToOpenIDConnectProvider', ofClient, (state, input) => {
  const provider = findProvider(state, input.OpenIDConnectProviderArn);
  if (!provider.ok) return provider;
  const clientIds = checkedClientIds([...new Set([...provider.value.clientIds, input.ClientID])]);
  return clientIds.ok
    ? ok({ state: withProvider(state, { ...provider.value, clientIds: clientIds.value }), answer: {} })
    : clientIds;
});

/** `iam:RemoveClientIDFromOpenIDConnectProvider`; that it is not there is no error. */
const removeClientId = operation('iam:RemoveClientIDFromOpenIDConnectProvider', ofClient, (state, input) => {
  const provider = findProvider(state, input.OpenIDConnectProviderArn);
  if (!provider.ok) return provider;
  const clientIds = provider.value.clientIds.filter((id) => id !== input.ClientID);
  return ok({ state: withProvider(state, { ...provider.value, clientIds }), answer: {} });
});

/** The operations on OIDC providers. */
export const oidcProviderOperations = [
  createOidcProvider,
  deleteOidcProvider,
  getOidcProvider,
  listOidcProviders,
  updateThumbprints,
  addClientId,
  removeClientId,
  ...tagOperations({
    noun: 'OpenIDConnectProvider',
    name: ofProvider,
    find: (state, input) => findProvider(state, input.OpenIDConnectProviderArn),
    save: withProvider,
  }),
];
