import { type CompiledPolicy, createPolicyCompiler } from '../policy/compile-policy.ts';
import { parsePolicyDocument } from '../policy/parse-policy-document.ts';
import { createActionIndex } from '../reference/action-index.ts';

/** Compiles policy documents, remembering those that it met not long ago. */
export type DocumentCompiler = (document: unknown) => CompiledPolicy;

/**
 * A compiler that remembers documents by their text, of so many characters in all, twice over at most: what was not met
 * while as much again came by is forgotten. Actions are matched by their names alone, so that nothing of AWS's service
 * reference needs to be read.
 */
export const createDocumentCompiler = (rememberedCharacters = 2_000_000): DocumentCompiler => {
  let recent = new Map<string, CompiledPolicy>();
  let older = new Map<string, CompiledPolicy>();
  let room = rememberedCharacters;
  const remember = (text: string, policy: CompiledPolicy): void => {
    room -= text.length;
    if (room < 0) {
      older = recent;
      recent = new Map();
      room = rememberedCharacters - text.length;
    }
    recent.set(text, policy);
  };
  return (document) => {
    const text = textOf(document);
    if (text === null) return compileAlone(document);
    const known = recent.get(text);
    if (known !== undefined) return known;
    const policy = older.get(text) ?? compileAlone(document);
    remember(text, policy);
    return policy;
  };
};

// One compiler for all would remember the actions of every document.
const compileAlone = (document: unknown): CompiledPolicy =>
  createPolicyCompiler(NO_ACTIONS)(parsePolicyDocument(document));

const NO_ACTIONS = createActionIndex([]);

/** The quotes of a text keep it apart from the object that it spells. Null for what is nested too deeply to be printed. */
const textOf = (document: unknown): string | null => {
  try {
    return JSON.stringify(document);
  } catch {
    return null;
  }
};
