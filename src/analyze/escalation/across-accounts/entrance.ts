import type { Formula } from '../../../evaluate/formula.ts';
import type { Arn } from '../../../iam/arn.ts';
import type { Effect } from '../escalation-method.ts';
import type { OpenRequest } from './open-request.ts';

/** How principals of other accounts that are audited with an account may become somebody of it, or use something of it. */
export interface Entrance {
  /** The account that lets them in. */
  readonly account: string;
  /** Whom they become, or what they use: no more of it is asked, and an entrance outlives the account's snapshot. */
  readonly arn: Arn;
  readonly method: string;
  readonly effect: Extract<Effect, 'becomes-target' | 'reads-resource'>;
  /** All are needed. */
  readonly requests: readonly OpenRequest[];
  /** What must hold beside; `true` for nothing. */
  readonly residual: Formula;
  /** What must be so beside, in words, of which the snapshot tells nothing. */
  readonly provided: readonly string[];
}

/** Whether an entrance may let in anybody of an account. */
export const mayAdmit = ({ requests }: Entrance, account: string): boolean =>
  requests.every((request) => request.mayAdmit(account));

/** What asks for a request on something of an account: null where nobody of the other accounts may make it. */
export type Opener = (action: string, resource: string) => OpenRequest | null;
