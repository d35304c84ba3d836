import type { EscalationPath } from '../escalation-path.ts';
import { type Entrance, mayAdmit } from './entrance.ts';

/** An entrance behind which a way to something worth reaching begins, in its own account, or in one further on. */
export interface Door extends Entrance {
  /** The way of whom one becomes; of no steps where that, or what one uses, is worth reaching itself. */
  readonly path: EscalationPath;
  readonly reaches: Destination;
}

/** What a door leads to: to be administrator of an account, or a crown jewel of it. */
export interface Destination {
  readonly account: string;
  /** An ARN; null: administrator. */
  readonly jewel: string | null;
}

/** What tells destinations apart. */
export const destinationKey = ({ account, jewel }: Destination): string => jewel ?? account;

/** The accounts in which the steps behind a door are made, that of the entrance first. */
const accountsBehind = ({ account, path }: Door): ReadonlySet<string> =>
  new Set([account, ...path.steps.flatMap(({ from, to }) => [accountOf(from), accountOf(to)])]);

/** Whether a door may let in somebody of another account, and does not lead back into that. */
export const leadsOutOf = (accountId: string, door: Door): boolean =>
  door.reaches.account !== accountId && mayAdmit(door, accountId) && !accountsBehind(door).has(accountId);

/** The account that the ARN of a principal names. */
const accountOf = (arn: string): string => arn.split(':', 5)[4] ?? '';
