import { defineCheck } from '../../define-check.ts';
import { isQuarantine } from '../../facts/quarantine.ts';

/** AWS has found an access key of a user in public and put the user into quarantine. */
export const userAccessKeyQuarantinedAsLeaked = defineCheck({
  id: 'user-access-key-quarantined-as-leaked',
  title: 'AWS has quarantined a user whose access key leaked',
  category: 'credentials',
  severity: 'critical',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Whether a policy `AWSCompromisedKeyQuarantine`, in any of its versions, is attached to a user. Milder once none of the user’s access keys is active.',
    risk: 'AWS attaches the policy when it finds an access key in public. The policy denies only some actions: whoever has the key can still use the rest.',
    remediation: [
      'Deactivate and delete the exposed key, and give the workload a new one or better a role.',
      'Look in CloudTrail for what the key was used for since it leaked, and undo it.',
      'Answer the support case of AWS; detach the quarantine policy last.',
    ],
    references: ['https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html'],
  },
  frameworks: [],
  defaults: {},

  *run({ users }) {
    for (const { arn, attachedManagedPolicies, accessKeys } of users) {
      const quarantines = attachedManagedPolicies.filter(({ policyArn }) => isQuarantine(policyArn));
      const active = accessKeys.known ? accessKeys.value.filter(({ status }) => status === 'Active') : null;
      const usable = active === null || active.length > 0;
      yield {
        subject: { arn },
        outcome: quarantines.length > 0 ? 'fail' : 'pass',
        severity: usable ? 'critical' : 'medium',
        evidence: {
          policies: quarantines.map(({ policyName }) => policyName).sort(),
          activeAccessKeys: active?.map(({ accessKeyId }) => accessKeyId) ?? null,
        },
      };
    }
  },

  summary: ({ activeAccessKeys }, { name }) =>
    activeAccessKeys?.length === 0
      ? `AWS found an access key of user ${name} in public; none of its keys is active any more.`
      : `AWS found an access key of user ${name} in public and put the user into quarantine.`,
});
