import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { type RoleParts, role, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { roleUnused } from './role-unused.ts';

const deployer = (parts: RoleParts) => snapshot({ roles: [role('deployer', parts)] });
const old = '2024-01-01T00:00:00Z';

describeCheck(roleUnused, '2026-01-01T00:00:00Z', {
  fail: [
    ['last used 90 days ago', deployer({ createDate: old, lastUsed: '2025-10-03T00:00:00Z' }), { idleDays: 90 }],
    [
      'not used in the tracking period',
      deployer({ createDate: old, lastUsed: null }),
      { lastUsed: null, ageDays: 731 },
    ],
  ],
  pass: [
    ['last used 89 days ago', deployer({ createDate: old, lastUsed: '2025-10-04T00:00:00Z' }), { idleDays: 89 }],
    ['a new role that nobody has used yet', deployer({ createDate: '2025-12-01T00:00:00Z', lastUsed: null })],
    [
      'a service-linked role',
      deployer({ createDate: old, lastUsed: null, path: '/aws-service-role/ecs.amazonaws.com/' }),
    ],
    [
      'the role of a permission set',
      deployer({ createDate: old, lastUsed: null, path: '/aws-reserved/sso.amazonaws.com/eu-central-1/' }),
    ],
    [
      'a new role whose last use nobody asked for',
      deployer({ createDate: '2025-12-01T00:00:00Z', lastUsed: denied('iam:GetRole') }),
    ],
  ],
  unknown: [
    ['an old role whose last use nobody asked for', deployer({ createDate: old, lastUsed: denied('iam:GetRole') })],
  ],
});
