import type { CompiledPolicy } from '../../policy/compile-policy.ts';
import { createPolicyCompiler } from '../../policy/compile-policy.ts';
import { parsePolicyDocument } from '../../policy/parse-policy-document.ts';
import type { ActionIndex } from '../../reference/action-index.ts';

/** Compiles policy documents from their text, each text once. */
export type PolicyCache = (text: string) => CompiledPolicy;

/** More texts than the largest account has policies; past them the cache begins anew, so that no server grows for ever. */
const MAX_TEXTS = 50_000;

/** Makes a cache of compiled policies. */
export const createPolicyCache = (reference: ActionIndex): PolicyCache => {
  let compile = createPolicyCompiler(reference);
  const byText = new Map<string, CompiledPolicy>();
  return (text) => {
    const known = byText.get(text);
    if (known !== undefined) return known;
    if (byText.size === MAX_TEXTS) {
      byText.clear();
      compile = createPolicyCompiler(reference);
    }
    const policy = compile(parsePolicyDocument(text));
    byText.set(text, policy);
    return policy;
  };
};
