import type { Severity } from '../../../finding/check-result.ts';
import type { AccountSnapshot, Role, User } from '../../../snapshot/account-snapshot.ts';
import type { CheckTools } from '../../check-tools.ts';
import { ACCESS_PARTS, defineCheck, type Judgement } from '../../define-check.ts';
import { remediationOf } from '../../escalation/find-escalation.ts';
import { outsideStarters, startedBy } from '../../escalation/outside-starters.ts';
import type { Proof } from '../../escalation/proof/proof.ts';
import { findSensitiveGains, type SensitiveGain } from '../../escalation/sensitive-gains.ts';
import { pathConditions, toEscalation } from '../../escalation/tell-path.ts';
import { unreadPolicyGap } from '../../facts/unread-policy.ts';

/** A user or role can become another one that holds sensitive access which it lacks. */
export const principalCanGainSensitiveAccess = defineCheck({
  id: 'principal-can-gain-sensitive-access',
  title: 'Principal can gain sensitive access by becoming another principal',
  category: 'escalation',
  severity: 'medium',
  resourceType: ['User', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a user or role that cannot become administrator may become one that is granted, on all resources, what it lacks: permissions management of data, keys and code, secrets and parameters, roles of other accounts, data in S3 and databases, or decryption. Roles assumed one after the other pass where each trust policy names who assumes it, or a policy grants just that role. One finding a principal, about what matters most; worse where outsiders whom nobody declared can be the principal, milder under conditions. Whoever holds a part of such access already, and whoever joins a group or reads single resources, is not told of here.',
    risk: 'Whoever gets hold of the principal reads or opens what its own policies keep from it.',
    remediation: [
      'Take away an action that the first step needs, or limit it to principals that hold no more than this one.',
      'Where the access is meant, name the principal in the trust policy of the role.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
    ],
  },
  frameworks: [],
  defaults: {},

  *run(snapshot, tools) {
    const { gains, doubts } = findSensitiveGains(snapshot, tools);
    const told = [...gains].flatMap(([start, [gain]]) => (gain === undefined ? [] : [{ start, path: gain.path }]));
    const proofs = new Map(tools.proveAll(told).map((proof, index) => [told[index]?.path, proof]));
    for (const principal of [...snapshot.users, ...snapshot.roles]) {
      const subject = { arn: principal.arn };
      const found = gains.get(principal) ?? [];
      const unsure = doubts.get(principal);
      const [gain] = found;
      if (gain !== undefined) yield judgeGain(principal, found, gain, proofs.get(gain.path), { snapshot, tools });
      else if (unsure !== undefined) yield { subject, outcome: 'unknown', gap: unreadPolicyGap(principal.arn, unsure) };
      else yield { subject, outcome: 'pass', evidence: { ...NOTHING, principalType: typeOf(principal) } };
    }
  },

  summary: ({ principalType, gains, becomes, requests, conditional, outsiders }, { name }) =>
    `${principalType} ${name} can become ${becomes} and so gain ${gains} with ${requests.join(', ')}${conditional ? ', under conditions' : ''}${startedBy(outsiders)}.`,
});

/** What a finding tells. */
interface GainFacts {
  readonly [fact: string]: string | boolean | readonly string[] | readonly Readonly<Record<string, string>>[];
  readonly principalType: 'User' | 'Role';
  /** The category of access, in words, and the ARN of who holds it. */
  readonly gains: string;
  readonly becomes: string;
  readonly methods: readonly string[];
  readonly requests: readonly string[];
  /** What else can be gained, which matters less. */
  readonly others: readonly { readonly gains: string; readonly becomes: string }[];
  readonly conditional: boolean;
  /** Who outside the account can be the principal, in words. */
  readonly outsiders: readonly string[];
}

const NOTHING = { gains: '', becomes: '', methods: [], requests: [], others: [], conditional: false, outsiders: [] };

const typeOf = (principal: User | Role): GainFacts['principalType'] => ('userName' in principal ? 'User' : 'Role');

const judgeGain = (
  principal: User | Role,
  gains: readonly SensitiveGain[],
  { path, category }: SensitiveGain,
  proof: Proof | undefined,
  { snapshot, tools }: { readonly snapshot: AccountSnapshot; readonly tools: CheckTools },
): Judgement<GainFacts> => {
  const escalation = toEscalation(path, proof, snapshot);
  const conditional = escalation.proof === 'conditional';
  const { who, strangers } = outsideStarters(principal, snapshot, tools);
  return {
    subject: { arn: principal.arn },
    outcome: 'fail',
    severity: severityOf(category.isWorse, conditional, strangers),
    ...pathConditions(path, proof),
    evidence: {
      principalType: typeOf(principal),
      gains: category.name,
      becomes: path.reaches,
      methods: path.steps.map(({ method }) => method),
      requests: path.steps.flatMap(({ requests }) => requests.map(({ action }) => action)),
      others: gains.slice(1).map((other) => ({ gains: other.category.name, becomes: other.path.reaches })),
      conditional,
      outsiders: who,
    },
    remediation: [...remediationOf(path), 'Where the access is meant, name the principal in the trust policy.'],
    escalation,
  };
};

const severityOf = (isWorse: boolean, conditional: boolean, strangers: boolean): Severity => {
  if (conditional) return strangers ? 'medium' : 'low';
  if (isWorse) return strangers ? 'critical' : 'high';
  return strangers ? 'high' : 'medium';
};
