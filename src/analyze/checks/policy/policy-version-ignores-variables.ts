import type { Statement } from '../../../policy/policy-document.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { judgeStatements, namedStatements } from '../../facts/statement-faults.ts';

/** A policy of the old version has policy variables, which it takes for plain text. */
export const policyVersionIgnoresVariables = defineCheck({
  id: 'policy-version-ignores-variables',
  title: 'Policy of version 2008-10-17 has policy variables',
  category: 'policy',
  severity: 'medium',
  resourceType: ['ManagedPolicy', 'User', 'Group', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a policy of the account’s own that is of version `2008-10-17`, or tells none, has texts such as `${aws:username}` in its resources or conditions.',
    risk: 'In that version they stand for themselves: an Allow grants nothing, and a Deny or an exception protects nobody.',
    remediation: ['Give the policy `"Version": "2012-10-17"`, after a look at what it grants then.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html',
    ],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot) {
    yield* judgeStatements(snapshot, ({ version, statements }) =>
      version === '2012-10-17'
        ? []
        : statements
            .map((statement) => ({ index: statement.index, texts: variablesOf(statement) }))
            .filter(({ texts }) => texts.length > 0),
    );
  },

  summary: (facts, { name, part }) =>
    `Policy ${part || name} takes ${facts.texts.join(', ')} for plain text (${namedStatements(facts)}).`,
});

const variablesOf = ({ resource, conditions }: Statement): readonly string[] =>
  [...(resource?.patterns ?? []), ...conditions.flatMap(({ values }) => values)].filter((text) =>
    /\$\{[A-Za-z0-9.-]+:[^{}]+\}/.test(text),
  );
