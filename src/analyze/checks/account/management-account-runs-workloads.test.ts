import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { organization } from '../../../snapshot/testing/organization-builder.ts';
import { trusts } from '../../../snapshot/testing/policy-builder.ts';
import { resource } from '../../../snapshot/testing/resource-builder.ts';
import { role, type SnapshotParts, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { UNREAD_ORGANIZATION, UNTOLD } from '../../testing/organization-accounts.ts';
import { managementAccountRunsWorkloads } from './management-account-runs-workloads.ts';

const management = (parts: SnapshotParts) => snapshot({ organization: organization(), ...parts });
const auditor = role('auditor', { trustPolicy: trusts({ AWS: '222222222222' }) });

describeCheck(managementAccountRunsWorkloads, '2026-01-01T00:00:00Z', {
  fail: [
    ['a role for instances', management({ roles: [role('web'), auditor] }), { roleCount: 1, roles: ['web'] }],
    [
      'a function',
      management({ resources: [resource('arn:aws:lambda:eu-west-1:123456789012:function:billing')] }),
      { resourceCount: 1 },
    ],
    [
      'a role for tasks, though nobody could list resources',
      management({
        roles: [role('task', { trustPolicy: trusts({ Service: 'ecs-tasks.amazonaws.com' }) })],
        resources: denied('lambda:ListFunctions', 'resources'),
      }),
    ],
  ],
  pass: [
    ['people and other accounts alone', management({ roles: [auditor] })],
    ['a bucket of logs', management({ resources: [resource('arn:aws:s3:::trail')] })],
    [
      'a service-linked role',
      management({ roles: [role('AWSServiceRoleForBatch', { path: '/aws-service-role/batch.amazonaws.com/' })] }),
    ],
    [
      'a role for instances in a member account',
      snapshot({ organization: organization({ managementAccountId: '999999999999' }), roles: [role('web')] }),
    ],
    ...UNTOLD,
  ],
  unknown: [
    UNREAD_ORGANIZATION,
    ['nobody could list resources', management({ resources: denied('lambda:ListFunctions', 'resources') })],
  ],
});
