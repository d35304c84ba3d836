import { createPolicyCompiler } from '../../../policy/compile-policy.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { ownPolicies } from '../../facts/own-policies.ts';
import { redundantStatements } from '../../statements/redundant-statements.ts';

/** A statement of a policy says nothing that another of it does not. */
export const policyStatementRedundant = defineCheck({
  id: 'policy-statement-redundant',
  title: 'Policy has a statement that another makes superfluous',
  category: 'policy',
  severity: 'info',
  resourceType: ['ManagedPolicy', 'User', 'Group', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether all actions and resources of a statement of the account’s own policies are those of another of the same policy and effect, which asks for no condition that the first does not ask for.',
    risk: 'Whoever narrows the one statement believes that access has been taken away, and the other still grants it.',
    remediation: ['Delete the narrower statement, or narrow the wider one if that is what was meant.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-statement',
    ],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot, { reference }) {
    const compile = createPolicyCompiler(reference);
    for (const { subject, document, gap } of ownPolicies(snapshot)) {
      if (gap !== null) {
        yield { subject, outcome: 'unknown', gap };
        continue;
      }
      const redundant = redundantStatements(compile(document));
      yield { subject, outcome: redundant.length > 0 ? 'fail' : 'pass', evidence: { redundant } };
    }
  },

  summary: ({ redundant }, { name, part }) =>
    `Policy ${part || name} needs no ${redundant
      .map(({ statement, coveredBy }) => `statement ${statement}, which statement ${coveredBy} covers`)
      .join(', and no ')}.`,
});
