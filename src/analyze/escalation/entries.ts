import type { AccountAccess } from '../../access/account-access.ts';
import { type Outsider, outsiderName } from '../../access/outsider.ts';
import { type AssumingOutsider, outsidersWhoMayAssume } from '../../access/who-may-assume.ts';
import { describeResidual } from '../../evaluate/describe-residual.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Role, User } from '../../snapshot/account-snapshot.ts';

/** A part of the evidence of a path. */
export interface PathEntries {
  /**
   * Whom outside the account the path begins with, where it is told of a role, the hop before the first one: `principal` as the
   * trust policy names it (`*`, an account id, an ARN, a provider), its `kind`, the `action` and `resource` of the request, which
   * statements of the trust policy grant it, and the `conditions` in words (null: none). Absent: nobody comes in.
   */
  readonly entries?: readonly JsonObject[];
}

/** With nobody. */
export const NO_ENTRY: PathEntries = {};

/** Whom outside the account the trust policy of a role lets in; services are nobody, and users are not entered. */
export const entriesOf = (principal: User | Role, access: AccountAccess): PathEntries => {
  if (!('roleName' in principal)) return NO_ENTRY;
  const entries = outsidersWhoMayAssume(access, principal).flatMap((admitted) => entryOf(admitted, principal));
  return entries.length === 0 ? NO_ENTRY : { entries };
};

const entryOf = ({ outsider, decision, action }: AssumingOutsider, { arn }: Role): readonly JsonObject[] => {
  const kind = KINDS[outsider.kind];
  if (kind === null || decision.kind === 'undetermined') return [];
  const conditions = decision.kind === 'allowedIf' ? describeResidual(decision.residual).text : null;
  const grantedBy = decision.grantedBy.map(({ policy, statement }) => ({ policy, statement }));
  return [{ principal: outsiderName(outsider), kind, action, resource: arn, grantedBy, conditions }];
};

const KINDS: Readonly<Record<Outsider['kind'], 'public' | 'account' | 'federated' | null>> = {
  anonymous: 'public',
  anyAccount: 'public',
  account: 'account',
  principal: 'account',
  canonicalUser: 'account',
  federated: 'federated',
  service: null,
};
