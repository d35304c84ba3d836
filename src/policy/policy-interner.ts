import { parsePolicyDocument } from './parse-policy-document.ts';
import type { PolicyDocument } from './policy-document.ts';

/**
 * A parser of policy documents that gives the same object for documents of the same content, however they are spelled:
 * as object or text, with whatever white space and order of keys.
 */
export const createPolicyInterner = (): ((raw: unknown) => PolicyDocument) => {
  const byHash = new Map<string, PolicyDocument>();
  const byText = new Map<string, PolicyDocument>();
  const intern = (raw: unknown): PolicyDocument => {
    const document = parsePolicyDocument(raw);
    const known = byHash.get(document.hash) ?? document;
    byHash.set(document.hash, known);
    return known;
  };
  return (raw) => {
    if (typeof raw !== 'string') return intern(raw);
    const known = byText.get(raw) ?? intern(raw);
    byText.set(raw, known);
    return known;
  };
};
