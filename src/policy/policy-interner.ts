import { brokenDocument, toPolicyDocument } from './parse-policy-document.ts';
import type { PolicyDocument } from './policy-document.ts';
import { readPolicyJson } from './policy-json.ts';

/**
 * A parser of policy documents that gives the same object for documents of the same content, however they are spelled:
 * as object or text, with whatever white space and order of keys.
 */
export const createPolicyInterner = (): ((raw: unknown) => PolicyDocument) => {
  const byHash = new Map<string, PolicyDocument>();
  const byText = new Map<string, PolicyDocument>();
  const intern = (raw: unknown): PolicyDocument => {
    const { hash, content } = readPolicyJson(raw);
    const known = byHash.get(hash);
    if (known !== undefined) return known;
    const document = content.ok ? toPolicyDocument(content.value, hash) : brokenDocument(hash, content.error);
    byHash.set(hash, document);
    return document;
  };
  return (raw) => {
    if (typeof raw !== 'string') return intern(raw);
    const known = byText.get(raw);
    if (known !== undefined) return known;
    const document = intern(raw);
    byText.set(raw, document);
    return document;
  };
};
