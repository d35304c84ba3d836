import { parseConditionOperator } from '../../../policy/condition-operators.ts';
import type { Condition, PolicyDocument, Statement } from '../../../policy/policy-document.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { judgeStatements, namedStatements } from '../../facts/statement-faults.ts';

/** A policy asks for MFA in a way that requests signed with a long-term access key pass. */
export const policyMfaConditionSparesAccessKeys = defineCheck({
  id: 'policy-mfa-condition-spares-access-keys',
  title: 'Policy asks for MFA, but not of access keys',
  category: 'policy',
  severity: 'medium',
  resourceType: ['ManagedPolicy', 'User', 'Group', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether an Allow of the account’s own policies asks for `aws:MultiFactorAuthPresent` with `BoolIfExists` and `true`, or a Deny with `Bool` and `false`. Requests that are signed with an access key of a user do not have the key at all: such an Allow lets them in, such a Deny spares them. A Deny passes where another of the same policy denies requests without the key.',
    risk: 'The console asks for MFA, and a leaked access key is good for everything without.',
    remediation: ['Allow with `Bool` and `true`; deny with `BoolIfExists` and `false`.'],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
    ],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot) {
    yield* judgeStatements(snapshot, (document) =>
      document.statements
        .filter((statement) => sparesKeys(statement, document))
        .map(({ index, conditions }) => ({
          index,
          texts: conditions.filter(isAboutMfa).map(({ operator }) => operator),
        })),
    );
  },

  summary: (facts, { name, part }) =>
    `Policy ${part || name} asks for MFA with ${facts.texts.join(', ')}, which access keys pass without (${namedStatements(facts)}).`,
});

const isAboutMfa = ({ key }: Condition): boolean => key.toLowerCase() === 'aws:multifactorauthpresent';

const sparesKeys = ({ effect, conditions }: Statement, document: PolicyDocument): boolean => {
  const asked = conditions.filter(isAboutMfa);
  if (effect === 'Allow') return asked.some((condition) => isBool(condition, 'true', true));
  return asked.some((condition) => isBool(condition, 'false', false)) && !document.statements.some(deniesWithoutKey);
};

const deniesWithoutKey = ({ effect, conditions }: Statement): boolean =>
  effect === 'Deny' &&
  conditions.some(
    (condition) =>
      isAboutMfa(condition) &&
      (isBool(condition, 'false', true) || (condition.operator === 'Null' && condition.values.includes('true'))),
  );

const isBool = ({ operator, values }: Condition, wanted: 'true' | 'false', ifExists: boolean): boolean => {
  const parsed = parseConditionOperator(operator);
  return (
    parsed?.base === 'Bool' && parsed.ifExists === ifExists && values.every((value) => value.toLowerCase() === wanted)
  );
};
