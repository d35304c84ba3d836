import type { Door } from './escalation/across-accounts/door.ts';

/** What accounts that are audited together are to each other. */
export interface Neighbourhood {
  /** The accounts whose users, groups, roles and policies were read to their end: silence about ways into others says nothing. */
  readonly read: ReadonlySet<string>;
  readonly doors: readonly Door[];
  /** The crown jewels that are known to be of one of them. */
  readonly jewels: readonly JewelOfAccount[];
}

/** A crown jewel, and whose it is. */
export interface JewelOfAccount {
  readonly account: string;
  readonly arn: string;
}

/** Of an account that is audited alone. */
export const NO_NEIGHBOURS: Neighbourhood = { read: new Set(), doors: [], jewels: [] };
