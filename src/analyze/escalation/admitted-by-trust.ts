import type { AccountAccess } from '../../access/account-access.ts';
import type { Admission, AdmittedOutsider } from '../../access/outside-access.ts';
import type { Role } from '../../snapshot/account-snapshot.ts';
import { withoutConditions } from './chosen-keys.ts';
import type { ProviderKind } from './escalation-method.ts';

/** Reads whom the trust policies of an account's roles admit beside its principals. */
export interface AdmittedByTrust {
  /** Whether a service may assume the role on behalf of the account; null: it may not. */
  trustsService(role: Role, service: string): Admission | null;
  /** The identity providers of a kind whose identities may assume the role. */
  trustsProviders(
    role: Role,
    kind: ProviderKind,
  ): readonly { readonly provider: string; readonly decision: Admission }[];
}

/** Makes the reader. Each trust policy is read once. */
export const createAdmittedByTrust = (
  { outside, outsideRequest }: Pick<AccountAccess, 'outside' | 'outsideRequest'>,
  accountId: string,
): AdmittedByTrust => {
  const known = new Map<string, WeakMap<Role, readonly AdmittedOutsider[]>>();
  const admitted = (role: Role, action: string): readonly AdmittedOutsider[] => {
    const byRole = known.get(action) ?? new WeakMap<Role, readonly AdmittedOutsider[]>();
    known.set(action, byRole);
    const before = byRole.get(role);
    if (before !== undefined) return before;
    const asked = outsideRequest(action, role.arn);
    const request = asked && { ...asked, context: { ...asked.context, 'aws:SourceAccount': accountId } };
    // A service is named for itself, whoever else is let in.
    const outsiders = (request === null ? [] : outside.outsiders(request)).flatMap((outsider) => {
      const decision = request && outside.admits(request, outsider);
      return decision === null ? [] : [{ outsider, decision }];
    });
    byRole.set(role, outsiders);
    return outsiders;
  };
  return {
    trustsService: (role, service) => {
      const found = admitted(role, 'sts:AssumeRole').find(
        ({ outsider }) => outsider.kind === 'service' && outsider.service === service,
      );
      // The resource of the service is the attacker's choice.
      return found === undefined ? null : without(found.decision, (key) => key === 'aws:sourcearn');
    },
    trustsProviders: (role, kind) =>
      admitted(role, kind === 'saml' ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity').flatMap(
        ({ outsider, decision }) =>
          outsider.kind === 'federated' && kindOf(outsider.provider) === kind
            ? // What the provider says of an identity is what whoever holds the provider makes it say.
              [{ provider: outsider.provider, decision: without(decision, (key) => !key.startsWith('aws:')) }]
            : [],
      ),
  };
};

const kindOf = (provider: string): ProviderKind => {
  if (provider.includes(':saml-provider/')) return 'saml';
  return provider === 'cognito-identity.amazonaws.com' ? 'cognito' : 'openid';
};

const without = (decision: Admission, canBeMet: (key: string) => boolean): Admission => {
  if (decision.kind !== 'allowedIf') return decision;
  const residual = withoutConditions(decision.residual, canBeMet);
  return residual.kind === 'true' ? { kind: 'allowed', grantedBy: decision.grantedBy } : { ...decision, residual };
};
