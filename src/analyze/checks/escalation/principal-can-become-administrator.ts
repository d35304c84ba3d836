import type { Escalation } from '../../../finding/check-result.ts';
import { friendlyName } from '../../../iam/arn.ts';
import type { Role, User } from '../../../snapshot/account-snapshot.ts';
import type { CheckTools } from '../../check-tools.ts';
import { ACCESS_PARTS, defineCheck } from '../../define-check.ts';
import { entriesOf, NO_ENTRY } from '../../escalation/entries.ts';
import { type EscalationAnswer, remediationOf } from '../../escalation/find-escalation.ts';
import { outsideStarters, startedBy } from '../../escalation/outside-starters.ts';
import { proveAnswers } from '../../escalation/proof/prove-answers.ts';
import { pathConditions, toEscalation } from '../../escalation/tell-path.ts';
import { unreadPolicyGap } from '../../facts/unread-policy.ts';

const PREVENTION = 'Where people must manage permissions, set a permissions boundary that forbids changes of itself.';

/** A user or role that is no administrator can make itself one. */
export const principalCanBecomeAdministrator = defineCheck({
  id: 'principal-can-become-administrator',
  title: 'Principal can become administrator',
  category: 'escalation',
  severity: 'critical',
  resourceType: ['User', 'Role'],
  reads: ACCESS_PARTS,
  doc: {
    what: 'Whether a user or role that is no administrator may make itself one or become one, in one step or several: by changing policies, boundaries and trust policies, with the credentials of others, or by what a service does with a role.',
    risk: 'Whoever gets hold of the principal holds the account, though no policy says so.',
    remediation: [
      'Take away an action that the first step needs, or limit it to resources that lead nowhere.',
      PREVENTION,
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_controlling.html',
    ],
  },
  frameworks: [],
  defaults: {},

  *run(account, tools) {
    const { escalationOf, proveAll } = tools;
    const answers = [...account.users, ...account.roles].map((principal) => ({
      principal,
      answer: escalationOf(principal),
    }));
    const found = answers.flatMap(({ principal: start, answer }) =>
      answer.kind === 'found' ? [{ start, answer }] : [],
    );
    const proven = new Map(proveAnswers(found, proveAll).map((each) => [each.start, each]));
    for (const { principal, answer: first } of answers) {
      const subject = { arn: principal.arn };
      const { answer = first, proof } = proven.get(principal) ?? {};
      switch (answer.kind) {
        case 'none':
          yield { subject, outcome: 'pass', evidence: facts(principal, null, null) };
          break;
        case 'undetermined':
          yield { subject, outcome: 'unknown', gap: unreadPolicyGap(principal.arn, answer.doubts) };
          break;
        case 'found': {
          const escalation = toEscalation(answer.path, proof, account);
          yield {
            subject,
            outcome: 'fail',
            ...(escalation.proof === 'conditional' ? { severity: 'high' as const } : {}),
            ...pathConditions(answer.path, proof),
            evidence: {
              ...facts(principal, answer, escalation),
              outsiders: outsideStarters(principal, account, tools).who,
              ...entriesOf(principal, tools.access),
              ...furtherOn(principal, escalation, tools),
            },
            remediation: [...remediationOf(answer.path), PREVENTION],
            escalation,
          };
        }
      }
    }
  },

  summary: ({ principalType, becomes, requests, conditional, outsiders, otherAccounts = NOBODY }, { name }) => {
    const how = `with ${[...new Set(requests)].join(', ')}${conditional ? ', under conditions' : ''}${beyond(otherAccounts)}${startedBy(outsiders)}`;
    if (becomes === null) return `${principalType} ${name} can make itself administrator ${how}.`;
    const kind = becomes.includes(':role/') ? 'role' : 'user';
    return `${principalType} ${name} can become ${kind} ${friendlyName(becomes)}, and so administrator, ${how}.`;
  },
});

const NOBODY: readonly string[] = [];

/** The other accounts of the audit whose administrator it can be then too; left out where there are none. */
interface FurtherOn {
  readonly otherAccounts?: readonly string[];
}

const NOWHERE: FurtherOn = {};

const furtherOn = (
  principal: User | Role,
  { proof }: Escalation,
  { crossings }: Pick<CheckTools, 'crossings'>,
): FurtherOn => {
  const otherAccounts = proof === 'conditional' ? [] : crossings().beyond(principal);
  return otherAccounts.length === 0 ? NOWHERE : { otherAccounts };
};

const MOST_NAMED = 3;

const beyond = (accounts: readonly string[]): string => {
  if (accounts.length === 0) return '';
  const more = accounts.length - MOST_NAMED;
  const named = accounts.slice(0, MOST_NAMED).join(', ');
  return `, and from there of ${accounts.length === 1 ? 'account' : 'accounts'} ${named}${more > 0 ? ` and ${more} others` : ''}`;
};

const facts = (
  principal: User | Role,
  answer: (EscalationAnswer & { readonly kind: 'found' }) | null,
  escalation: Escalation | null,
) => {
  const steps = answer?.path.steps ?? [];
  return {
    principalType: 'userName' in principal ? 'User' : 'Role',
    methods: steps.map(({ method }) => method),
    // Ids of the other methods that a path can begin with, and of those that need what is not sure.
    alternatives: answer?.alternatives ?? [],
    conditionalAlternatives: answer?.conditionalAlternatives ?? [],
    requests: steps.flatMap(({ requests }) => requests.map(({ action }) => action)),
    // The principal that it is in the end; null: itself.
    becomes: steps.map(({ to }) => to).findLast((to) => to !== principal.arn) ?? null,
    conditional: escalation?.proof === 'conditional',
    // Whom a role's trust policy names; a role is of use to nobody else.
    trustedPrincipals: 'roleName' in principal ? trustedPrincipals(principal) : [],
    // Who outside the account can be the principal, in words.
    outsiders: NOBODY,
    ...NOWHERE,
    ...NO_ENTRY,
  };
};

const trustedPrincipals = ({ trustPolicy }: Role): readonly string[] => [
  ...new Set(
    trustPolicy.statements.flatMap(({ effect, principal }) =>
      effect === 'Deny' || principal === null ? [] : [...principal.aws, ...principal.service, ...principal.federated],
    ),
  ),
];
