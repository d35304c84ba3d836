import { type CloudTrailUse, principalKey } from '../../../snapshot/cloudtrail.ts';
import { known } from '../../../snapshot/collected.ts';
import { at, denied } from '../../../snapshot/testing/collected-builder.ts';
import { allow } from '../../../snapshot/testing/policy-builder.ts';
import { type RoleParts, role, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { principalHasUnusedActions } from './principal-has-unused-actions.ts';

const NOW = '2026-01-01T00:00:00Z';
const YESTERDAY = '2025-12-31T00:00:00Z';

type Uses = Readonly<Record<string, string | null>>;

/** A role with an inline policy, and when IAM saw each action of S3 last. */
const app = (
  actions: string | readonly string[],
  uses: Uses,
  parts: RoleParts = {},
  lastUsed: string | null = YESTERDAY,
) =>
  snapshot({
    roles: [role('app', { inlinePolicies: { app: allow(actions) }, ...parts })],
    lastAccessed: new Map([
      [
        'arn:aws:iam::123456789012:role/app',
        [
          {
            service: 's3',
            lastAuthenticated: lastUsed === null ? null : at(lastUsed),
            actions: Object.entries(uses).map(([action, last]) => ({
              action,
              lastAccessed: last === null ? null : at(last),
            })),
          },
        ],
      ],
    ]),
  });

const seenUse = (service: string, action: string): CloudTrailUse => ({
  from: at('2025-12-01T00:00:00Z'),
  to: at(YESTERDAY),
  principals: new Map([
    [
      principalKey('arn:aws:iam::123456789012:role/app'),
      [{ service, action, lastUsed: at(YESTERDAY), resources: [], moreResources: false }],
    ],
  ]),
});

describeCheck(principalHasUnusedActions, NOW, {
  fail: [
    [
      'one of two actions was never used',
      app('s3:*', { ListAllMyBuckets: YESTERDAY, DeleteBucket: null }),
      {
        used: ['s3:ListAllMyBuckets'],
        unused: [{ action: 's3:DeleteBucket', lastUsed: null }],
        trackedDays: 365,
        toldBy: 'IAM',
      },
    ],
    [
      'one was last used 90 days ago',
      app('s3:*', { ListAllMyBuckets: YESTERDAY, DeleteBucket: '2025-10-03T00:00:00Z' }),
      { unused: [{ action: 's3:DeleteBucket', lastUsed: '2025-10-03T00:00:00Z' }] },
    ],
    [
      'CloudTrail shows the use of another',
      {
        ...app('s3:*', { ListAllMyBuckets: YESTERDAY, DeleteBucket: null }),
        cloudTrail: known(seenUse('s3', 'ListAllMyBuckets'), 'cloudtrail', at(NOW)),
      },
      { toldBy: 'IAM and CloudTrail' },
    ],
    ['none of them, but the service by others', app('s3:*', { CreateBucket: null }), { used: [] }],
  ],
  pass: [
    ['all of them used', app('s3:*', { ListAllMyBuckets: YESTERDAY })],
    [
      'an action of which IAM does not tell',
      app(['s3:ListAllMyBuckets', 's3:GetObject'], { ListAllMyBuckets: YESTERDAY }),
    ],
    [
      'an unused one that is not granted',
      app('s3:ListAllMyBuckets', { ListAllMyBuckets: YESTERDAY, DeleteBucket: null }),
    ],
    ['a service that is not used, of which another check tells', app('s3:*', { DeleteBucket: null }, {}, null)],
    ['an administrator', app('*', { ListAllMyBuckets: YESTERDAY, DeleteBucket: null })],
    ['a role made 89 days ago', app('s3:*', { DeleteBucket: null }, { createDate: '2025-10-04T00:00:00Z' })],
    ['a service-linked role', app('s3:*', { DeleteBucket: null }, { path: '/aws-service-role/x.amazonaws.com/' })],
  ],
  unknown: [
    [
      'nothing was asked for',
      {
        ...app('s3:*', { DeleteBucket: null }),
        lastAccessed: denied('iam:GenerateServiceLastAccessedDetails', 'last-accessed'),
      },
    ],
  ],
});
