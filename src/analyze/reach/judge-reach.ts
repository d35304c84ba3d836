import { anyOf } from '../../evaluate/formula.ts';
import { simplifyFormula } from '../../evaluate/simplify-formula.ts';
import type { Severity } from '../../finding/check-result.ts';
import type { AccountSnapshot, Role, User } from '../../snapshot/account-snapshot.ts';
import type { CheckTools } from '../check-tools.ts';
import type { Judgement } from '../define-check.ts';
import { isUnconditional } from '../escalation/escalation-path.ts';
import { conditionsOf } from '../facts/conditions.ts';
import { isManagedByAws } from '../facts/managed-by-aws.ts';
import { unreadPolicyGap } from '../facts/unread-policy.ts';
import type { Reached } from './read-reach.ts';
import { serviceOf } from './whole-services.ts';

/** The facts about what a principal is granted on all resources. */
export interface ReachFacts {
  readonly [fact: string]: string | boolean | readonly string[];
  readonly principalType: 'User' | 'Role';
  /** What was asked about and is granted, on conditions or without. */
  readonly actions: readonly string[];
  /** Whether all of it depends on conditions. */
  readonly conditional: boolean;
}

/** How bad it is to be granted some actions, and how bad under conditions. */
export type ReachSeverity = (actions: readonly string[], conditional: boolean) => Severity;

/**
 * Judges what each user and role is granted on all resources. Administrators, and those who can make themselves one, pass:
 * that they are is the finding. Roles that AWS manages are left out.
 */
export function* judgeReach(
  { users, roles }: AccountSnapshot,
  tools: CheckTools,
  byPrincipal: ReadonlyMap<User | Role, readonly Reached[]>,
  severityOf: ReachSeverity,
): Iterable<Judgement<ReachFacts>> {
  for (const principal of [...users, ...roles.filter((role) => !isManagedByAws(role))]) {
    const subject = { arn: principal.arn };
    const reached = byPrincipal.get(principal) ?? [];
    const doubts = reached.flatMap((each) => each.doubts);
    if (doubts.length > 0) {
      yield { subject, outcome: 'unknown', gap: unreadPolicyGap(principal.arn, doubts) };
      continue;
    }
    const news = reached.length === 0 ? reached : newsOf(principal, reached, tools);
    const isFinding = news.length > 0;
    const facts = factsOf(principal, news);
    yield isFinding
      ? {
          subject,
          outcome: 'fail',
          severity: severityOf(facts.actions, facts.conditional),
          ...conditionsOf(whenAny(news)),
          evidence: facts,
        }
      : { subject, outcome: 'pass', evidence: facts };
  }
}

/** What is not told already by the finding that the principal is administrator, or can make itself one. */
const newsOf = (
  principal: User | Role,
  reached: readonly Reached[],
  { access, escalationOf }: CheckTools,
): readonly Reached[] => {
  if (access.administrator(principal) !== 'no') return [];
  const escalation = escalationOf(principal);
  if (escalation.kind !== 'found') return reached;
  // Where that depends on conditions, what it does with IAM is told there, and the rest is not.
  return isUnconditional(escalation.path) ? [] : reached.filter(({ action }) => serviceOf(action) !== 'iam');
};

const factsOf = (principal: User | Role, reached: readonly Reached[]): ReachFacts => ({
  principalType: 'userName' in principal ? 'User' : 'Role',
  actions: [...new Set(reached.map(({ action }) => action))].sort(),
  conditional: reached.length > 0 && whenAny(reached).kind !== 'true',
});

const whenAny = (reached: readonly Reached[]) => simplifyFormula(anyOf(reached.map(({ condition }) => condition)));

/** The words that a summary ends with. */
export const underConditions = ({ conditional }: Pick<ReachFacts, 'conditional'>): string =>
  conditional ? ', under conditions' : '';
