import type { PolicyDocument, Statement } from '../../policy/policy-document.ts';

/**
 * The document with each canonical user id as an account of its own, beside those that it gives by their number: nothing
 * says which account has which id.
 */
export const canonicalUsersAsAccounts = (document: PolicyDocument): PolicyDocument => {
  if (document.statements.every(({ principal }) => (principal?.canonicalUser.length ?? 0) === 0)) return document;
  let rewritten = known.get(document);
  if (rewritten === undefined) {
    rewritten = { ...document, statements: document.statements.map(asAccounts) };
    known.set(document, rewritten);
  }
  return rewritten;
};

const known = new WeakMap<PolicyDocument, PolicyDocument>();

const asAccounts = (statement: Statement): Statement => {
  const { principal } = statement;
  if (principal === null) return statement;
  return {
    ...statement,
    principal: { ...principal, aws: [...principal.aws, ...principal.canonicalUser], canonicalUser: [] },
  };
};
