import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { type EscalationPath, isUnconditional } from '../../escalation/escalation-path.ts';
import { remediationOf } from '../../escalation/find-escalation.ts';
import { judgeEachSet, UNREAD_POLICIES } from '../../facts/permission-sets.ts';
import { reachInWords, reachOfSet } from '../../facts/reach-of-set.ts';
import type { JudgedSet } from '../../permission-sets/judge-permission-set.ts';

/** A permission set of IAM Identity Center that is no administrator's, but lets people become one. */
export const permissionSetCanBecomeAdministrator = defineCheck({
  id: 'permission-set-can-become-administrator',
  title: 'Permission set of IAM Identity Center lets people become administrator',
  category: 'policy',
  severity: 'high',
  resourceType: 'PermissionSet',
  reads: [...ACCESS_PARTS, 'identityCenter'],
  doc: {
    what: 'Whether who has a permission set that is no administrator’s can become administrator by it: in this account where it has a role here, else in any account whatever else there is in it. Its roles in other accounts are judged with those accounts. AWS tells which permission sets there are to the management account and to the delegated administrator alone.',
    risk: 'One assignment hands over an account, in each account where it is made, though its name says otherwise.',
    remediation: [
      'Take the actions that the way begins with out of the permission set, or limit them to resources that lead nowhere.',
      'Where people must manage permissions, set a permissions boundary of the permission set that forbids changes of itself.',
    ],
    references: [
      'https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
    ],
  },
  frameworks: [],
  defaults: {},

  run: (account, { judgePermissionSet }) =>
    judgeEachSet(account, (set, center) => {
      const judgement = judgePermissionSet(center, set);
      if (!judgement.known) return { outcome: 'unknown', gap: judgement.gap };
      const path = pathOf(judgement);
      if (path === null && judgement.administrator !== 'yes' && judgement.unread.length > 0) {
        return { outcome: 'unknown', gap: UNREAD_POLICIES };
      }
      return {
        ...(path === null
          ? { outcome: 'pass' }
          : { outcome: 'fail', remediation: remediationOf(path), ...milder(path) }),
        evidence: {
          permissionSet: set.name,
          ...factsOf(path),
          inThisAccount: judgement.isHere,
          reach: reachInWords(reachOfSet(center, set)),
        },
      };
    }),

  summary: ({ permissionSet, requests, conditional, inThisAccount, reach }) => {
    const how = `with ${[...new Set(requests)].join(', ')}${conditional ? ', under conditions' : ''}`;
    return inThisAccount
      ? `Permission set ${permissionSet} lets people become administrator of this account ${how}.`
      : `Permission set ${permissionSet} lets ${reach} become administrator there ${how}.`;
  },
});

const pathOf = ({ administrator, escalation }: JudgedSet): EscalationPath | null => {
  // Who is administrator need not become one.
  if (administrator === 'yes') return null;
  const answer = escalation();
  return answer.kind === 'found' ? answer.path : null;
};

const milder = (path: EscalationPath) => (isUnconditional(path) ? {} : { severity: 'medium' as const });

const factsOf = (path: EscalationPath | null) => {
  const steps = path?.steps ?? [];
  return {
    methods: steps.map(({ method }) => method),
    requests: steps.flatMap(({ requests }) => requests.map(({ action }) => action)),
    conditional: path !== null && !isUnconditional(path),
  };
};
