import { z } from 'zod';
import { ok } from '../../kernel/result.ts';
import { nameKey } from '../account-state.ts';
import { readOperation } from '../operation.ts';
import { found } from './account-entities.ts';
import { arnText, entityName, paging, pathPrefix } from './input.ts';
import { pageUnderPath } from './page.ts';
import { oidcProviderView, samlProviderView, serverCertificateView, tagList } from './views.ts';

/** `iam:ListSAMLProviders`. */
const listSamlProviders = readOperation('iam:ListSAMLProviders', z.object({}), (state) =>
  ok({ SAMLProviderList: [...state.samlProviders.values()].map(samlProviderView) }),
);

/** `iam:GetSAMLProvider`. */
const getSamlProvider = readOperation('iam:GetSAMLProvider', z.object({ SAMLProviderArn: arnText }), (state, input) => {
  const provider = found(
    state.samlProviders.get(input.SAMLProviderArn),
    `Manifest not found for arn ${input.SAMLProviderArn}`,
  );
  if (!provider.ok) return provider;
  const { createDate, validUntil, tags } = provider.value;
  return ok({ CreateDate: createDate, ValidUntil: validUntil, Tags: tagList(tags) });
});

/** `iam:ListOpenIDConnectProviders`. */
const listOidcProviders = readOperation('iam:ListOpenIDConnectProviders', z.object({}), (state) =>
  ok({ OpenIDConnectProviderList: [...state.oidcProviders.values()].map(({ arn }) => ({ Arn: arn })) }),
);

/** `iam:GetOpenIDConnectProvider`. */
const getOidcProvider = readOperation(
  'iam:GetOpenIDConnectProvider',
  z.object({ OpenIDConnectProviderArn: arnText }),
  (state, input) => {
    const provider = found(
      state.oidcProviders.get(input.OpenIDConnectProviderArn),
      `OpenIDConnect Provider not found for arn ${input.OpenIDConnectProviderArn}`,
    );
    return provider.ok ? ok(oidcProviderView(provider.value)) : provider;
  },
);

/** `iam:ListServerCertificates`. */
const listServerCertificates = readOperation(
  'iam:ListServerCertificates',
  z.object({ PathPrefix: pathPrefix, ...paging }),
  (state, input) => {
    const certificates = pageUnderPath('ListServerCertificates', input, state.serverCertificates);
    if (!certificates.ok) return certificates;
    const { items, more } = certificates.value;
    return ok({ ServerCertificateMetadataList: items.map(serverCertificateView), ...more });
  },
);

/** `iam:GetServerCertificate`. The emulated account keeps no certificate bodies yet. */
const getServerCertificate = readOperation(
  'iam:GetServerCertificate',
  z.object({ ServerCertificateName: entityName }),
  (state, input) => {
    const certificate = found(
      state.serverCertificates.get(nameKey(input.ServerCertificateName)),
      `The Server Certificate with name ${input.ServerCertificateName} cannot be found.`,
    );
    if (!certificate.ok) return certificate;
    const ServerCertificateMetadata = serverCertificateView(certificate.value);
    return ok({ ServerCertificate: { ServerCertificateMetadata, CertificateBody: '' } });
  },
);

/** The operations that read identity providers and server certificates. */
export const federationOperations = [
  listSamlProviders,
  getSamlProvider,
  listOidcProviders,
  getOidcProvider,
  listServerCertificates,
  getServerCertificate,
];
