import type { Role, User } from '../../../snapshot/account-snapshot.ts';
import type { CheckTools } from '../../check-tools.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { destinationKey } from '../../escalation/across-accounts/door.ts';
import type { Crossing } from '../../escalation/across-accounts/find-crossings.ts';
import { isTold } from '../../escalation/across-accounts/starters.ts';
import { createDesignReader } from '../../escalation/by-design.ts';
import { isUnconditional } from '../../escalation/escalation-path.ts';
import { remediationOf } from '../../escalation/find-escalation.ts';
import { jewelSeverity } from '../../escalation/jewel-paths.ts';
import { outsideStarters, startedBy } from '../../escalation/outside-starters.ts';
import { crossingEscalation, pathConditions } from '../../escalation/tell-path.ts';
import { unreadPolicyGap } from '../../facts/unread-policy.ts';

/** A user or role can reach what is worth most of another account that is audited with its own. */
export const principalCanReachCrownJewelElsewhere = defineCheck({
  id: 'principal-can-reach-crown-jewel-elsewhere',
  title: 'Principal can reach a crown jewel of another account',
  category: 'escalation',
  severity: 'high',
  resourceType: ['User', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a user or role may become a principal, or gain reading or use of a resource, that is a crown jewel of another account of the same audit: by a role over there, by a resource whose policy lets it in (a function whose code it may change, a secret with credentials), or by the policy of the crown jewel itself. Crown jewels are those of `principal-can-reach-crown-jewel` that the other account has or whose policy it has. Both sides are asked: the policies of the principal with the SCPs above it, and the policy of the role or resource with the RCPs above that. Not told are administrators of the own account and those who can become one, administrators of the other account (that is another finding), and paths that somebody meant: of which each step is made by whom the policy over there names, or by whom a policy grants just that. Worse where outsiders whom nobody declared can be the principal, milder under conditions.',
    risk: 'What matters most to the company is open to somebody of an account that has nothing to do with it.',
    remediation: [
      'Name in the policy of the role or resource only who needs it, not a whole account or organization.',
      'Limit what the principal is granted to the roles and resources of the other account that are meant.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html',
    ],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot, tools) {
    if (tools.jewelsElsewhere.length === 0) return;
    const { ways, doubts } = tools.crossings().toJewels;
    const isMeant = createDesignReader(snapshot, tools.access);
    for (const principal of [...snapshot.users, ...snapshot.roles].filter((each) => isTold(each, tools))) {
      const own = (ways.get(principal) ?? []).filter(
        (way) => !way.paths.some(isMeant) && !isAdministratorThere(principal, way, tools),
      );
      for (const { reaches, path } of own) {
        const jewel = destinationKey(reaches);
        const conditional = !isUnconditional(path);
        const { who, strangers } = outsideStarters(principal, snapshot, tools);
        yield {
          subject: { arn: principal.arn, part: jewel },
          outcome: 'fail',
          severity: jewelSeverity(conditional, strangers),
          ...pathConditions(path, undefined),
          evidence: {
            principalType: typeOf(principal),
            reaches: jewel,
            account: reaches.account,
            methods: path.steps.map(({ method }) => method),
            requests: path.steps.flatMap(({ requests }) => requests.map(({ action }) => action)),
            conditional,
            outsiders: who,
          },
          remediation: [...remediationOf(path)],
          escalation: crossingEscalation(path, snapshot, jewel),
        };
      }
      const unsure = doubts.get(principal);
      if (own.length > 0) continue;
      if (unsure === undefined)
        yield { subject: { arn: principal.arn }, outcome: 'pass', evidence: nothing(principal) };
      else yield { subject: { arn: principal.arn }, outcome: 'unknown', gap: unreadPolicyGap(principal.arn, unsure) };
    }
  },

  summary: ({ principalType, reaches, account, requests, conditional, outsiders }, { name }) =>
    `${principalType} ${name} can reach the crown jewel ${reaches} of account ${account} with ${[...new Set(requests)].join(', ')}${conditional ? ', under conditions' : ''}${startedBy(outsiders)}.`,
});

const isAdministratorThere = (principal: User | Role, { reaches }: Crossing, { crossings }: CheckTools): boolean =>
  (crossings().toAdministrator.ways.get(principal) ?? []).some(
    (way) => way.reaches.account === reaches.account && isUnconditional(way.path),
  );

const typeOf = (principal: User | Role): string => ('userName' in principal ? 'User' : 'Role');

const nothing = (principal: User | Role) => ({
  principalType: typeOf(principal),
  reaches: '',
  account: '',
  methods: [],
  requests: [],
  conditional: false,
  outsiders: [],
});
