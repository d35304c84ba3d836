import type { Statement } from '../../../policy/policy-document.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { judgeStatements, namedStatements } from '../../facts/statement-faults.ts';

/** A policy allows actions on every resource but some. */
export const policyAllowsAllButSomeResources = defineCheck({
  id: 'policy-allows-all-but-some-resources',
  title: 'Policy allows actions on all resources but some',
  category: 'policy',
  severity: 'medium',
  resourceType: ['ManagedPolicy', 'User', 'Group', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a policy of the account’s own has an Allow statement with `NotResource` and `Action`. One that comes to everything is left to the checks of that.',
    risk: 'It grants the actions on all that is ever made, and on what was renamed or spelled otherwise; what it leaves out, another statement may grant.',
    remediation: [
      'Name the resources that are allowed with `Resource`.',
      'To protect some resources, use a Deny statement: a `NotResource` in an Allow denies nothing.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html'],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot, { access }) {
    yield* judgeStatements(snapshot, (document) => {
      const faults = document.statements.filter(isAllowOfTheRest);
      if (faults.length === 0 || access.documentGrantsEverything(document) !== 'no') return [];
      return faults.map(({ index, resource }) => ({ index, texts: resource?.patterns ?? [] }));
    });
  },

  summary: (facts, { name, part }) =>
    `Policy ${part || name} allows actions on every resource but ${facts.texts.join(', ')} (${namedStatements(facts)}).`,
});

// What combines it with `NotAction` is told there.
const isAllowOfTheRest = ({ effect, action, resource }: Statement): boolean =>
  effect === 'Allow' &&
  action.kind === 'action' &&
  resource?.kind === 'notResource' &&
  !resource.patterns.some((pattern) => /^\*+$/.test(pattern));
