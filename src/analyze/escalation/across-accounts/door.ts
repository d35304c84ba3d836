import type { EscalationPath } from '../escalation-path.ts';
import type { Entrance } from './entrance.ts';

/** An entrance behind which a way to administrator begins: of its own account, or of one further on. */
export interface Door extends Entrance {
  /** The way of the role; of no steps where it is administrator. */
  readonly path: EscalationPath;
  /** The account that one is administrator of in the end. */
  readonly reaches: string;
}

/** The accounts in which the steps behind a door are made, that of the role first. */
const accountsBehind = ({ account, path }: Door): ReadonlySet<string> =>
  new Set([account, ...path.steps.flatMap(({ from, to }) => [accountOf(from), accountOf(to)])]);

/** Whether a door may let in somebody of another account, and does not lead back into that. */
export const leadsOutOf = (accountId: string, door: Door): boolean =>
  door.reaches !== accountId && door.mayAdmit(accountId) && !accountsBehind(door).has(accountId);

/** The account that the ARN of a principal names. */
const accountOf = (arn: string): string => arn.split(':', 5)[4] ?? '';
