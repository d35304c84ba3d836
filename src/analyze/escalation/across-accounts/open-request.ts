import type { ResourceSide } from '../../../access/across-accounts.ts';
import type { OutsideAccess, OutsideRequest } from '../../../access/outside-access.ts';
import type { Outsider } from '../../../access/outsider.ts';

/** The call by which a principal of one account begins a session of a role of another. */
export const ASSUME_ROLE = 'sts:AssumeRole';

/** A request about something of an account that principals of others may make, as far as its account says. */
export interface OpenRequest extends Pick<OutsideRequest, 'action' | 'resource'> {
  /** Whether the policy of the resource may let in anybody of an account. */
  mayAdmit(account: string): boolean;
  /** Whether that policy names a principal itself. */
  names(arn: string): boolean;
  /** What the account of the resource says. */
  readonly side: ResourceSide;
}

/** Who may make such requests. */
export interface Others {
  readonly outside: OutsideAccess;
  /** The accounts that are audited together. */
  readonly accounts: ReadonlySet<string>;
}

/**
 * The request as others of the accounts may make it, on conditions or not; null: nobody of them may. Nothing of it holds the
 * snapshot of its account.
 */
export const openRequest = (
  request: OutsideRequest,
  side: ResourceSide,
  { outside, accounts }: Others,
): OpenRequest | null => {
  const { account: owner, action, resource, policy } = request;
  const isOther = (outsider: Outsider): boolean =>
    outsider.kind === 'anyAccount' ||
    ('account' in outsider && outsider.account !== owner && accounts.has(outsider.account));
  const letIn = outside
    .outsiders(request)
    .filter((outsider) => isOther(outsider) && outside.admits(request, outsider) !== null);
  if (letIn.length === 0) return null;
  return {
    action,
    resource,
    mayAdmit: (account) =>
      letIn.some(
        (outsider) => outsider.kind === 'anyAccount' || ('account' in outsider && outsider.account === account),
      ),
    names: (arn) =>
      policy.document.statements.some(
        ({ effect, principal }) =>
          effect === 'Allow' && principal?.kind === 'principal' && principal.aws.some((named) => named === arn),
      ),
    side,
  };
};
