import type { Statement } from '../../../policy/policy-document.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { judgeStatements, namedStatements } from '../../facts/statement-faults.ts';

/** A policy allows every action but some, on all resources. */
export const policyAllowsAllButSomeActions = defineCheck({
  id: 'policy-allows-all-but-some-actions',
  title: 'Policy allows all actions but some',
  category: 'policy',
  severity: 'low',
  resourceType: ['ManagedPolicy', 'User', 'Group', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a policy of the account’s own has an Allow statement with `NotAction` on all resources, or all but some. One that comes to everything is left to the checks of that; one about named resources passes.',
    risk: 'It grants every service and every action that AWS will ever add, though it reads like a prohibition.',
    remediation: [
      'Name what is allowed with `Action`.',
      'To forbid some actions, use a Deny statement: a `NotAction` in an Allow denies nothing.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html'],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot, { access }) {
    yield* judgeStatements(snapshot, (document) => {
      const faults = document.statements.filter(isNotActionOnAll);
      if (faults.length === 0 || access.documentGrantsEverything(document) !== 'no') return [];
      return faults.map(({ index, action }) => ({ index, texts: action.patterns }));
    });
  },

  summary: (facts, { name, part }) =>
    `Policy ${part || name} allows every action but ${facts.texts.join(', ')} (${namedStatements(facts)}).`,
});

const isNotActionOnAll = ({ effect, action, resource }: Statement): boolean =>
  effect === 'Allow' &&
  action.kind === 'notAction' &&
  resource !== null &&
  (resource.kind === 'notResource' || resource.patterns.some((pattern) => /^\*+$/.test(pattern)));
