import { type CompiledPolicy, createPolicyCompiler } from '../policy/compile-policy.ts';
import { parsePolicyDocument } from '../policy/parse-policy-document.ts';
import { serviceReference } from '../reference/service-reference.ts';

/** A policy's text ready for questions about it alone; what is wrong with it stands in its document. */
export const compiledPolicy = (text: string): CompiledPolicy =>
  createPolicyCompiler(serviceReference())(parsePolicyDocument(text));
