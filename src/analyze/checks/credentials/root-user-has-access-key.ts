import { defineCheck } from '../../define-check.ts';

/** The root user has an access key. */
export const rootUserHasAccessKey = defineCheck({
  id: 'root-user-has-access-key',
  title: 'Root user has an access key',
  category: 'credentials',
  severity: 'critical',
  resourceType: 'RootUser',
  reads: ['root'],
  doc: {
    what: 'Whether the root user has access keys, active or not.',
    risk: 'A leaked root key gives everything in the account, and cannot be limited by any policy in it.',
    remediation: [
      'Move whatever uses the key to a role with the permissions it needs.',
      'Deactivate the key, watch for failures, then delete it while signed in as the root user.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html'],
  },
  frameworks: [
    'cis-aws-7.0:2.4',
    'cis-aws-6.0:2.3',
    'cis-aws-5.0:1.3',
    'cis-aws-4.0:1.4',
    'cis-aws-3.0:1.4',
    'cis-aws-2.0:1.4',
    'cis-aws-1.5:1.4',
    'cis-aws-1.4:1.4',
    'cis-aws-1.2:1.12',
  ],
  defaults: {},

  *run({ root: { arn, accessKeyCount } }) {
    if (!accessKeyCount.known) {
      yield { subject: { arn }, outcome: 'unknown', gap: accessKeyCount.gap };
      return;
    }
    yield {
      subject: { arn },
      outcome: accessKeyCount.value > 0 ? 'fail' : 'pass',
      evidence: { accessKeyCount: accessKeyCount.value },
    };
  },

  summary: () => 'The root user has an access key, which no policy of the account can limit.',
});
