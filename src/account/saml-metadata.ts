import { X509Certificate } from 'node:crypto';
import { type Instant, parseInstant } from '../kernel/time.ts';
import { elementsNamed, parseXml, type XmlElement } from './xml-element.ts';

/** What IAM reads in the metadata document of an identity provider. */
export interface SamlMetadata {
  /** The issuer of its assertions. */
  readonly entityId: string;
  /** Until when the document says that it holds; null: it does not say. */
  readonly validUntil: Instant | null;
  /** The certificates of the keys that sign assertions. */
  readonly certificates: readonly X509Certificate[];
}

/**
 * Reads a SAML 2.0 metadata document; null where it is none of an identity provider that signs with a certificate.
 * Source: "Metadata for the OASIS Security Assertion Markup Language (SAML) V2.0", OASIS.
 */
export const parseSamlMetadata = (document: string): SamlMetadata | null => {
  const root = parseXml(document);
  const entity = root === null ? undefined : elementsNamed(root, 'EntityDescriptor')[0];
  const provider = entity?.children.find(({ name }) => name === 'IDPSSODescriptor');
  const entityId = entity?.attributes.get('entityID') ?? '';
  if (entity === undefined || provider === undefined || entityId === '') return null;
  const certificates = signingCertificates(provider);
  if (certificates === null || certificates.length === 0) return null;
  const validUntil = parseInstant(entity.attributes.get('validUntil') ?? '');
  return { entityId, validUntil: validUntil.ok ? validUntil.value : null, certificates };
};

/** Null where one cannot be read. */
const signingCertificates = (provider: XmlElement): X509Certificate[] | null => {
  const keys = provider.children.filter(
    ({ name, attributes }) => name === 'KeyDescriptor' && attributes.get('use') !== 'encryption',
  );
  const texts = keys.flatMap((key) => elementsNamed(key, 'X509Certificate').map(({ text }) => text));
  try {
    return texts.map((text) => new X509Certificate(Buffer.from(text.replace(/\s/g, ''), 'base64')));
  } catch {
    return null;
  }
};
