import { createPolicyCompiler } from '../../../policy/compile-policy.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { ownPolicies } from '../../facts/own-policies.ts';
import { voidConditions } from '../../statements/void-conditions.ts';

/** An Allow statement has a condition that keeps nobody out. */
export const policyConditionRestrictsNobody = defineCheck({
  id: 'policy-condition-restricts-nobody',
  title: 'Policy has a condition that keeps nobody out',
  category: 'policy',
  severity: 'low',
  resourceType: ['ManagedPolicy', 'User', 'Group', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether Allow statements of the account’s own policies have conditions that hold for everybody: `*` for a key that every request has or that may be left out, all addresses, both values of a boolean, `ForAllValues` on a key whose absence is enough, or `…IfExists` on a key that none of the actions sends. A condition that only asks whether a key is there passes, and so does `ForAllValues` on the tags of a request or beside a `Null` that wants the key.',
    risk: 'Everybody believes the statement to be limited, and it grants without limit.',
    remediation: [
      'Ask for the values that are meant, with an operator that wants the key (`StringEquals`).',
      'With `ForAllValues`, add `"Null": {"KEY": "false"}`; of a key with one value, leave `ForAllValues` out.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
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
      const found = compile(document).allows.flatMap((compiled) =>
        voidConditions(compiled, reference).map((each) => ({ statement: compiled.statement.index, ...each })),
      );
      yield { subject, outcome: found.length > 0 ? 'fail' : 'pass', evidence: { conditions: found } };
    }
  },

  summary: ({ conditions }, { name, part }) =>
    `Policy ${part || name} is limited by nothing: ${conditions
      .map(
        ({ statement, operator, key, reason }) =>
          `statement ${statement}: ${operator} on ${key} (${WORDS[reason] ?? reason})`,
      )
      .join('; ')}.`,
});

const WORDS: Readonly<Record<string, string>> = {
  'any-value': 'any value will do',
  'absent-key-passes': 'whoever leaves it out gets in',
  'any-address': 'any address will do',
  'key-never-sent': 'no action of the statement sends it',
};
