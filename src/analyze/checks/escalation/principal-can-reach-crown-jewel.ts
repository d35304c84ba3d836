import type { Role, User } from '../../../snapshot/account-snapshot.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { findCrownJewels } from '../../escalation/crown-jewels.ts';
import { remediationOf } from '../../escalation/find-escalation.ts';
import { findJewelPaths, jewelSeverity } from '../../escalation/jewel-paths.ts';
import { outsideStarters, startedBy } from '../../escalation/outside-starters.ts';
import { pathConditions, toEscalation } from '../../escalation/tell-path.ts';
import { unreadPolicyGap } from '../../facts/unread-policy.ts';

const NO_ARNS: readonly string[] = [];

/** A user or role can become a principal, or gain the use of a resource, that somebody has marked as worth most. */
export const principalCanReachCrownJewel = defineCheck({
  id: 'principal-can-reach-crown-jewel',
  title: 'Principal can reach a crown jewel',
  category: 'escalation',
  severity: 'high',
  resourceType: ['User', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a user or role that cannot become administrator may become a principal, or gain reading or use of a resource, that is a crown jewel and that it is not granted today. Crown jewels are what `crownJewels` names by ARN, in which `*` and `?` match any characters, and users, roles and resources of `resources.json` with the tag `vigil:crown-jewel` = `true`: objects of buckets, secrets, parameters, KMS keys, DynamoDB tables, Lambda functions, database users. What no list tells of and is named with wildcards is asked by one example. Nothing is searched where there are none, and those of other accounts of the audit are for `principal-can-reach-crown-jewel-elsewhere`. Roles assumed one after the other pass where each trust policy names who assumes it, or a policy grants just that role. Worse where outsiders whom nobody declared can be the principal, milder under conditions.',
    risk: 'What matters most to the company is open to somebody whom no policy lets in.',
    remediation: [
      'Take away an action that the first step needs, or limit it to what leads nowhere.',
      'Deny the use of the resource, in its own policy, to all but those who are meant to have it.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
    ],
  },
  frameworks: [],
  defaults: { crownJewels: NO_ARNS },

  *run(snapshot, { options, ...tools }) {
    const jewels = findCrownJewels(snapshot, options.crownJewels, tools.jewelsElsewhere);
    if (jewels.length === 0) return;
    const { paths, doubts } = findJewelPaths(jewels, snapshot, tools);
    const proofs = new Map(tools.proveAll(paths).map((proof, index) => [paths[index]?.path, proof]));
    for (const principal of [...snapshot.users, ...snapshot.roles]) {
      const own = paths.filter(({ start }) => start === principal);
      const unsure = doubts.get(principal);
      for (const { path, jewel } of own) {
        const escalation = toEscalation(path, proofs.get(path), snapshot);
        const conditional = escalation.proof === 'conditional';
        const { who, strangers } = outsideStarters(principal, snapshot, tools);
        yield {
          subject: { arn: principal.arn, part: jewel.arn },
          outcome: 'fail',
          severity: jewelSeverity(conditional, strangers),
          ...pathConditions(path, proofs.get(path)),
          evidence: {
            principalType: typeOf(principal),
            reaches: String(jewel.arn),
            isPrincipal: jewel.kind === 'principal',
            methods: path.steps.map(({ method }) => method),
            requests: path.steps.flatMap(({ requests }) => requests.map(({ action }) => action)),
            conditional,
            outsiders: who,
          },
          remediation: [...remediationOf(path)],
          escalation,
        };
      }
      if (own.length > 0) continue;
      if (unsure === undefined)
        yield { subject: { arn: principal.arn }, outcome: 'pass', evidence: nothing(principal) };
      else yield { subject: { arn: principal.arn }, outcome: 'unknown', gap: unreadPolicyGap(principal.arn, unsure) };
    }
  },

  summary: ({ principalType, reaches, isPrincipal, requests, conditional, outsiders }, { name }) =>
    `${principalType} ${name} can ${isPrincipal ? 'become' : 'gain the use of'} the crown jewel ${reaches} with ${requests.join(', ')}${conditional ? ', under conditions' : ''}${startedBy(outsiders)}.`,
});

const typeOf = (principal: User | Role): string => ('userName' in principal ? 'User' : 'Role');

const nothing = (principal: User | Role) => ({
  principalType: typeOf(principal),
  reaches: '',
  isPrincipal: false,
  methods: [],
  requests: [],
  conditional: false,
  outsiders: [],
});
