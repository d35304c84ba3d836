import type { Role, User } from '../../../snapshot/account-snapshot.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { isTold } from '../../escalation/across-accounts/starters.ts';
import { createDesignReader } from '../../escalation/by-design.ts';
import { entriesOf } from '../../escalation/entries.ts';
import { type EscalationPath, isUnconditional } from '../../escalation/escalation-path.ts';
import { remediationOf } from '../../escalation/find-escalation.ts';
import { outsideStarters, startedBy } from '../../escalation/outside-starters.ts';
import { crossingEscalation, pathConditions } from '../../escalation/tell-path.ts';
import { unreadPolicyGap } from '../../facts/unread-policy.ts';

/** A user or role can become administrator of another account that is audited with its own. */
export const principalCanBecomeAdministratorElsewhere = defineCheck({
  id: 'principal-can-become-administrator-elsewhere',
  title: 'Principal can become administrator of another account',
  category: 'escalation',
  severity: 'critical',
  resourceType: ['User', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a user or role may become, by itself or through others, a role or user of another account of the same audit that is administrator there or can become it, also further accounts on (four accounts at most): by assuming the role, or by a resource whose policy lets it in (a function that runs as the role and whose code it may change, a secret with credentials of the user). Both sides are asked: the policies of the principal with the SCPs above it, and the policy of the role or resource with the RCPs above that. Not told are administrators of the own account, and those who can become one: the finding about that says of which other accounts they can be administrator too. Milder under conditions, and where a policy grants just that, or the policy over there names the principal itself.',
    risk: 'What separates accounts from each other does not: whoever gets hold of the principal holds the other account too.',
    remediation: [
      'Name in the trust policy of the role only who needs it, or limit sts:AssumeRole to the roles that are meant.',
      'Take from the policy of the function or secret what other accounts do not need.',
      'Ask in the trust policy for MFA or an ExternalId where people or vendors come in.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/tutorial_cross-account-with-roles.html',
    ],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot, tools) {
    const { ways, doubts } = tools.crossings().toAdministrator;
    const isMeant = createDesignReader(snapshot, tools.access);
    for (const principal of [...snapshot.users, ...snapshot.roles].filter((each) => isTold(each, tools))) {
      const own = ways.get(principal) ?? [];
      for (const {
        reaches: { account },
        path,
      } of own) {
        const conditional = !isUnconditional(path);
        const meant = isMeant(path);
        yield {
          subject: { arn: principal.arn, part: account },
          outcome: 'fail',
          ...(conditional || meant ? { severity: 'high' as const } : {}),
          ...pathConditions(path, undefined),
          evidence: {
            ...facts(principal, path),
            ...entriesOf(principal, tools.access),
            account,
            conditional,
            meant,
            outsiders: outsideStarters(principal, snapshot, tools).who,
          },
          remediation: [...remediationOf(path)],
          escalation: crossingEscalation(path, snapshot, endOf(path)),
        };
      }
      const unsure = doubts.get(principal);
      if (own.length > 0) continue;
      if (unsure === undefined)
        yield {
          subject: { arn: principal.arn },
          outcome: 'pass',
          evidence: { ...facts(principal, null), account: '', conditional: false, meant: false, outsiders: [] },
        };
      else yield { subject: { arn: principal.arn }, outcome: 'unknown', gap: unreadPolicyGap(principal.arn, unsure) };
    }
  },

  summary: ({ principalType, account, becomes, requests, conditional, outsiders }, { name }) =>
    `${principalType} ${name} can become ${becomes}, and so administrator of account ${account}, with ${[...new Set(requests)].join(', ')}${conditional ? ', under conditions' : ''}${startedBy(outsiders)}.`,
});

const facts = (principal: User | Role, path: EscalationPath | null) => {
  const steps = path?.steps ?? [];
  return {
    principalType: 'userName' in principal ? 'User' : 'Role',
    // The principal of the other account that it is in the end.
    becomes: path === null ? '' : endOf(path),
    methods: steps.map(({ method }) => method),
    requests: steps.flatMap(({ requests }) => requests.map(({ action }) => action)),
  };
};

const endOf = ({ steps }: EscalationPath): string => steps.at(-1)?.to ?? '';
