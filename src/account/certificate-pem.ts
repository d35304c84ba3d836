import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of a text that holds nothing else than one or more of them in PEM; null for any other text. */
export const parseCertificates = (text: string): X509Certificate[] | null => {
  const blocks = text.match(PEM_CERTIFICATE) ?? [];
  if (blocks.length === 0 || text.replace(PEM_CERTIFICATE, '').trim() !== '') return null;
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch {
    return null;
  }
};

/** A private key in PEM, not encrypted; null for any other text. */
export const parsePrivateKey = (text: string): KeyObject | null => {
  try {
    return createPrivateKey(text);
  } catch {
    return null;
  }
};

/** Where a chain of certificates breaks: the position of the first that its successor did not issue, else null. */
export const brokenLink = (chain: readonly X509Certificate[]): number | null => {
  const at = chain.findIndex((certificate, index) => {
    const issuer = chain[index + 1];
    return issuer !== undefined && !(certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey));
  });
  return at < 0 ? null : at;
};
