import { oidcProviderOperations } from './oidc-providers.ts';
import { samlProviderOperations } from './saml-providers.ts';
import { serverCertificateOperations } from './server-certificates.ts';

/** The operations on identity providers and server certificates. */
export const federationOperations = [
  ...samlProviderOperations,
  ...oidcProviderOperations,
  ...serverCertificateOperations,
];
