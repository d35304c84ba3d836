import type { Role } from '../../../snapshot/account-snapshot.ts';
import { defineCheck } from '../../define-check.ts';
import { namesOf, whenAny } from '../../exposure/exposed-actions.ts';
import type { ExposedAction } from '../../exposure/read-exposure.ts';
import { sourceKeysOfSessions } from '../../exposure/source-keys.ts';
import { conditionsOf } from '../../facts/conditions.ts';
import { isManagedByAws } from '../../facts/managed-by-aws.ts';
import { unreadTrustGap } from '../../facts/unread-policy.ts';

/** A role lets in a service of AWS, whomever it acts for. */
export const roleTrustsServiceWithoutSource = defineCheck({
  id: 'role-trusts-service-without-source',
  title: 'Role can be assumed by a service of AWS on behalf of any resource',
  category: 'external',
  severity: 'low',
  resourceType: 'Role',
  reads: ['roles', 'organization'],
  doc: {
    what: 'Whether the trust policy lets in a service without asking for aws:SourceArn or aws:SourceAccount. Only services are judged whose guides say that they send the keys when they assume a role; no others could be held to them. Worse for IAM Roles Anywhere, where any trust anchor opens the role.',
    risk: 'The service can be made to use the role for somebody else than the role is for (confused deputy).',
    remediation: [
      'Ask for aws:SourceAccount with your account in the trust policy, or for aws:SourceArn with the resource that the service acts for.',
    ],
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
      'https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html',
    ],
  },
  frameworks: [],
  defaults: {},

  *run({ roles }, { exposureOf }) {
    for (const role of roles) {
      if (isManagedByAws(role)) continue;
      const gap = unreadTrustGap(role);
      if (gap !== null) yield { subject: { arn: role.arn }, outcome: 'unknown', gap };
      for (const { outsider, actions } of exposureOf.ofRole(role).outsiders) {
        const service = outsider.kind === 'service' ? outsider.service : null;
        const sends = service === null ? null : sourceKeysOfSessions(service);
        if (service !== null && sends !== null) yield judge(role, service, sends, actions);
      }
    }
  },

  summary: ({ service }, { name }) => `Role ${name} can be assumed by ${service} whatever resource it acts for.`,
});

const judge = (role: Role, service: string, sends: readonly string[], actions: readonly ExposedAction[]) => {
  const open = actions.filter(({ toStrangers }) => toStrangers.kind === 'true');
  const subject = { arn: role.arn, part: service };
  const evidence = { service, sends };
  if (open.length === 0) return { subject, outcome: 'pass' as const, evidence };
  return {
    subject,
    outcome: 'fail' as const,
    ...(service.startsWith('rolesanywhere.') ? { severity: 'medium' as const } : {}),
    ...conditionsOf(whenAny(open)),
    evidence,
    external: { principal: service, kind: 'service' as const, resource: role.arn, actions: namesOf(open) },
  };
};
