import type { CompiledPolicy, CompiledStatement } from '../../policy/compile-policy.ts';
import type { PolicyDocument, Statement } from '../../policy/policy-document.ts';
import { parseTemplate } from '../../policy/policy-template.ts';
import { statementKey } from '../../policy/statement-key.ts';
import type { Bitset } from '../../reference/bitset.ts';

/** What must be known of a statement to tell whether it says the same on another night. */
export interface StatementFacts {
  /** Statements of equal keys say the same, given the same of what their context keys hold. */
  readonly key: string;
  /** In lower case: those of its conditions, and those that it has as variables. */
  readonly contextKeys: readonly string[];
  readonly covers: () => Bitset;
}

/** The facts about the statements of a policy. */
export const statementFacts = (policy: CompiledPolicy): readonly StatementFacts[] => {
  let facts = known.get(policy);
  if (facts === undefined) {
    const { version } = policy.document;
    facts = [...policy.allows, ...policy.denies].map((compiled) => factsOf(compiled, version));
    known.set(policy, facts);
  }
  return facts;
};

const known = new WeakMap<CompiledPolicy, readonly StatementFacts[]>();

const factsOf = ({ statement, actions }: CompiledStatement, version: PolicyDocument['version']): StatementFacts => ({
  key: statementKey(statement, version),
  contextKeys: contextKeysOf(statement, version),
  covers: actions.covers,
});

const contextKeysOf = ({ resource, conditions }: Statement, version: PolicyDocument['version']): readonly string[] => {
  const texts = [...(resource?.patterns ?? []), ...conditions.flatMap(({ values }) => values)];
  const variables = texts
    .filter((text) => text.includes('${'))
    .flatMap((text) => parseTemplate(text, version))
    .flatMap((piece) => (piece.kind === 'variable' ? [piece.key] : []));
  return [...new Set([...conditions.map(({ key }) => key.toLowerCase()), ...variables])];
};
