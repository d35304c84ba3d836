import { arn, at, denied } from '../../../snapshot/testing/collected-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { instanceProfileWithoutRole } from './instance-profile-without-role.ts';

const web = (roles: readonly string[], createDate: string) =>
  snapshot({
    instanceProfiles: [
      {
        arn: arn('arn:aws:iam::123456789012:instance-profile/web'),
        name: 'web',
        id: 'AIPAWEB',
        createDate: at(createDate),
        roles,
      },
    ],
  });

describeCheck(instanceProfileWithoutRole, '2026-01-01T00:00:00Z', {
  fail: [
    ['empty for a week', web([], '2025-12-25T00:00:00Z'), { ageDays: 7, roles: [] }],
    ['empty for years', web([], '2020-01-01T00:00:00Z')],
  ],
  pass: [
    ['with a role', web(['web'], '2020-01-01T00:00:00Z')],
    ['empty, and made six days ago', web([], '2025-12-26T00:00:00Z')],
  ],
  unknown: [['ListInstanceProfiles was denied', snapshot({ instanceProfiles: denied('iam:ListInstanceProfiles') })]],
});
