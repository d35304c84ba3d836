import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { epochMillis, type Instant, toInstant } from '../../../kernel/time.ts';
import { SESSION_NAME } from './attacker.ts';
import { selfSigned } from './self-signed.ts';

// The identity provider that an attacker runs. Its keys are made when they are first needed and never leave the process.

const ENTITY_ID = 'https://idp.example.com/saml';
const SIGN_IN = 'https://signin.aws.amazon.com/saml';

let made: { readonly privateKey: KeyObject; readonly certificate: string } | undefined;

const keys = () => {
  made ??= makeKeys();
  return made;
};

const makeKeys = () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { privateKey: pair.privateKey, certificate: selfSigned(pair).toString('base64') };
};

/** The metadata document of the provider. Source: "Metadata for SAML V2.0", OASIS. */
export const samlMetadata = (): string =>
  `<?xml version="1.0"?><md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${ENTITY_ID}"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${keys().certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${ENTITY_ID}"/></md:IDPSSODescriptor></md:EntityDescriptor>`;

/**
 * A signed response of the provider, in Base64, for whoever assumes a role. Source: "Configure SAML assertions for the
 * authentication response", IAM User Guide.
 */
export const samlResponse = (roleArn: string, providerArn: string, now: Instant): string => {
  const end = toInstant(epochMillis(now) + FIVE_MINUTES_MS);
  const document = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><saml:Assertion ID="_assertion" Version="2.0" IssueInstant="${now}"><saml:Issuer>${ENTITY_ID}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${SESSION_NAME}</saml:NameID><saml:SubjectConfirmation><saml:SubjectConfirmationData NotOnOrAfter="${end}" Recipient="${SIGN_IN}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions><saml:AudienceRestriction><saml:Audience>${SIGN_IN}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AttributeStatement>${attribute('Role', `${roleArn},${providerArn}`)}${attribute('RoleSessionName', SESSION_NAME)}</saml:AttributeStatement></saml:Assertion></samlp:Response>`;
  const signer = new SignedXml({
    privateKey: keys().privateKey.export({ type: 'pkcs8', format: 'pem' }),
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  });
  signer.addReference({
    xpath: '//*[local-name(.)="Assertion"]',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2001/10/xml-exc-c14n#'],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  signer.computeSignature(document, {
    location: { reference: '//*[local-name(.)="Issuer"]', action: 'after' },
  });
  return Buffer.from(signer.getSignedXml(), 'utf8').toString('base64');
};

const FIVE_MINUTES_MS = 5 * 60 * 1000;

const attribute = (name: string, value: string): string =>
  `<saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/${name}"><saml:AttributeValue>${escaped(value)}</saml:AttributeValue></saml:Attribute>`;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/**
 * A token of an OpenID Connect provider that the attacker runs, for an audience. The emulated account asks no provider for its keys, so
 * that it carries no signature.
 */
export const webIdentityToken = (providerArn: string, audience: string, now: Instant): string => {
  const issuer = `https://${providerArn.slice(providerArn.indexOf(':oidc-provider/') + ':oidc-provider/'.length)}`;
  const seconds = Math.floor(epochMillis(now) / 1000);
  const claims = { iss: issuer, sub: SESSION_NAME, aud: audience, iat: seconds, exp: seconds + 300 };
  return [{ alg: 'RS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part), 'utf8').toString('base64url'))
    .concat('none')
    .join('.');
};
