import type { X509Certificate } from 'node:crypto';
import { SignedXml } from 'xml-crypto';

/** A response is signed, or its assertion, or both. */
const MOST_SIGNATURES = 4;

/**
 * What the signatures in an XML document vouch for, each as the canonical XML whose digest was signed: what else stands
 * in the document is nobody's word. A signature counts that one of the certificates verifies, whatever certificate it
 * names itself, and that speaks of one element alone. Source: "Assertions and Protocols for the OASIS Security Assertion
 * Markup Language (SAML) V2.0", section 5.4.
 */
export const signedParts = (document: string, certificates: readonly X509Certificate[]): readonly string[] =>
  // The parser of the library complains of unknown entities to the console.
  /&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[0-9A-Fa-f]+);)/.test(document)
    ? []
    : signaturesIn(document).flatMap((signature) => {
        const parts = certificates.map((certificate) => signedPart(document, signature, certificate));
        return parts.find((part) => part !== null) ?? [];
      });

/** The texts of the first `Signature` elements. */
const signaturesIn = (document: string): string[] =>
  [...document.matchAll(/<((?:[\w.-]+:)?Signature)[\s>]/g)].slice(0, MOST_SIGNATURES).flatMap(({ index, 1: name }) => {
    const close = `</${name}>`;
    const end = document.indexOf(close, index);
    const signature = document.slice(index, end + close.length);
    return end >= 0 && isSimple(signature) ? [signature] : [];
  });

/** SAML allows one reference, with two transforms at most; the library would work through any number of them. */
const isSimple = (signature: string): boolean => {
  const count = (name: string): number => signature.match(new RegExp(`<(?:[\\w.-]+:)?${name}[\\s>]`, 'g'))?.length ?? 0;
  return count('Reference') === 1 && count('Transform') <= 2;
};

const signedPart = (document: string, signature: string, { publicKey }: X509Certificate): string | null => {
  const signed = new SignedXml({ publicCert: publicKey, getCertFromKeyInfo: () => null });
  try {
    signed.loadSignature(signature);
    const parts = signed.checkSignature(document) ? signed.getSignedReferences() : [];
    return parts.length === 1 ? (parts[0] ?? null) : null;
  } catch {
    // The library throws for a signature that is wrong, and for a document in which one thing stands for another.
    return null;
  }
};
