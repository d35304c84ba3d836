import type { AccountAccess } from '../../access/account-access.ts';
import type { Admission, AdmittedOutsider } from '../../access/outside-access.ts';
import type { Role } from '../../snapshot/account-snapshot.ts';
import { withoutConditions } from './chosen-keys.ts';

/** Whether a role's trust policy lets a service assume it on behalf of the role's account; null: it does not. */
export type ServiceTrust = (role: Role, service: string) => Admission | null;

/** Makes the reader of the trust policies of an account's roles. Each is read once. */
export const createServiceTrust = (access: Pick<AccountAccess, 'outsidersWhoCan'>, accountId: string): ServiceTrust => {
  const admitted = new WeakMap<Role, readonly AdmittedOutsider[]>();
  return (role, service) => {
    const outsiders =
      admitted.get(role) ?? access.outsidersWhoCan('sts:AssumeRole', role.arn, { 'aws:SourceAccount': accountId });
    admitted.set(role, outsiders);
    const found = outsiders.find(({ outsider }) => outsider.kind === 'service' && outsider.service === service);
    if (found?.decision.kind !== 'allowedIf') return found?.decision ?? null;
    // The resource of the service is the attacker's choice.
    const residual = withoutConditions(found.decision.residual, (key) => key === 'aws:sourcearn');
    return residual.kind === 'true'
      ? { kind: 'allowed', grantedBy: found.decision.grantedBy }
      : { ...found.decision, residual };
  };
};
