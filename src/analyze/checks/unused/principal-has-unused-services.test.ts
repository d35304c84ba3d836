import type { ServiceLastAccessed } from '../../../snapshot/last-accessed.ts';
import { at, denied, gap } from '../../../snapshot/testing/collected-builder.ts';
import { allow } from '../../../snapshot/testing/policy-builder.ts';
import {
  managedPolicy,
  type RoleParts,
  role,
  type SnapshotParts,
  snapshot,
  user,
} from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { principalHasUnusedServices } from './principal-has-unused-services.ts';

const NOW = '2026-01-01T00:00:00Z';
const APP = 'arn:aws:iam::123456789012:role/app';

const lastAccessed = (services: Readonly<Record<string, string | null>>, arn = APP) =>
  new Map<string, readonly ServiceLastAccessed[]>([
    [
      arn,
      Object.entries(services).map(([service, last]) => ({
        service,
        lastAuthenticated: last === null ? null : at(last),
        actions: [],
      })),
    ],
  ]);

/** A role that uses S3 and may use what its inline policy says. */
const app = (
  actions: readonly string[],
  services: Readonly<Record<string, string | null>>,
  parts: RoleParts = {},
  account: SnapshotParts = {},
) =>
  snapshot({
    roles: [role('app', { inlinePolicies: { app: allow(actions) }, ...parts })],
    lastAccessed: lastAccessed(services),
    ...account,
  });

const YESTERDAY = '2025-12-31T00:00:00Z';
const BOTH = ['s3:GetObject', 'sqs:SendMessage'];

describeCheck(principalHasUnusedServices, NOW, {
  fail: [
    [
      'a role that never used one of two services',
      app(BOTH, { s3: YESTERDAY, sqs: null }),
      {
        administrator: false,
        services: 2,
        used: [{ service: 's3', lastUsed: YESTERDAY }],
        unused: [{ service: 'sqs', lastUsed: null }],
        trackedDays: 365,
      },
    ],
    [
      'a service last used exactly 90 days ago',
      app(BOTH, { s3: YESTERDAY, sqs: '2025-10-03T00:00:00Z' }),
      { unused: [{ service: 'sqs', lastUsed: '2025-10-03T00:00:00Z' }] },
    ],
    [
      'an administrator of whom IAM saw two services, once',
      app(['*'], { s3: YESTERDAY, sqs: null, ec2: YESTERDAY, lambda: null, dynamodb: null }),
      { administrator: true, services: 5, used: [{ service: 's3' }, { service: 'ec2' }], unusedCount: 3, unused: [] },
    ],
    [
      'a user, older than what IAM tells of',
      snapshot({
        users: [user('ann', { createDate: '2020-01-01T00:00:00Z', inlinePolicies: { own: allow(BOTH) } })],
        lastAccessed: lastAccessed({ s3: YESTERDAY, sqs: null }, 'arn:aws:iam::123456789012:user/ann'),
      }),
      { trackedDays: 400 },
    ],
    [
      'IAM, where more than PassRole is granted',
      app(['s3:GetObject', 'iam:PassRole', 'iam:CreateUser'], { s3: YESTERDAY, iam: null }),
      { unused: [{ service: 'iam', lastUsed: null }] },
    ],
    [
      'granted for 90 days by a policy that was young then',
      app(
        [],
        { s3: YESTERDAY, sqs: null },
        {
          inlinePolicies: {},
          attachedManagedPolicies: ['arn:aws:iam::123456789012:policy/team'],
        },
        { managedPolicies: [managedPolicy('team', allow(BOTH), { createDate: '2025-10-03T00:00:00Z' })] },
      ),
      { unused: [{ service: 'sqs' }] },
    ],
  ],
  pass: [
    ['all services used', app(BOTH, { s3: YESTERDAY, sqs: '2025-10-04T00:00:00Z' }), { unused: [], services: 2 }],
    ['a role made 89 days ago', app(BOTH, { s3: YESTERDAY, sqs: null }, { createDate: '2025-10-04T00:00:00Z' })],
    ['nothing of IAM but PassRole', app(['s3:GetObject', 'iam:PassRole'], { s3: YESTERDAY, iam: null })],
    ['a service of which IAM does not tell', app(BOTH, { s3: YESTERDAY })],
    [
      'a service that a boundary closes',
      app(
        BOTH,
        { s3: YESTERDAY, sqs: null },
        { permissionsBoundary: 'arn:aws:iam::123456789012:policy/limit' },
        {
          managedPolicies: [managedPolicy('limit', allow('s3:*'))],
        },
      ),
      { services: 1 },
    ],
    [
      'a service that a Deny closes',
      app(
        [],
        { s3: YESTERDAY, sqs: null },
        {
          inlinePolicies: {
            app: allow(BOTH),
            no: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'sqs:*', Resource: '*' }] },
          },
        },
      ),
    ],
    [
      'a service that an SCP closes',
      app(
        BOTH,
        { s3: YESTERDAY, sqs: null },
        {},
        {
          organization: {
            id: 'o-a1b2c3d4e5',
            managementAccountId: '999999999999',
            path: [
              {
                id: 'r-root',
                name: 'root',
                scps: [
                  { name: 'only-s3', document: managedPolicy('x', allow('s3:*')).versions[0]?.document ?? neverHere() },
                ],
                rcps: [],
              },
            ],
          },
        },
      ),
    ],
    [
      'a service that a policy grants since 89 days ago',
      app(
        [],
        { s3: YESTERDAY, sqs: null },
        {
          inlinePolicies: { old: allow('s3:GetObject') },
          attachedManagedPolicies: ['arn:aws:iam::123456789012:policy/team'],
        },
        { managedPolicies: [managedPolicy('team', allow(BOTH), { createDate: '2025-10-04T00:00:00Z' })] },
      ),
    ],
    [
      'a role that was used of late, for nothing that IAM tells of',
      app(BOTH, { s3: null, sqs: null }, { lastUsed: YESTERDAY }),
      { services: 0 },
    ],
    ['a role that uses nothing at all', app(BOTH, { s3: null, sqs: null }, { lastUsed: null })],
    [
      'a service-linked role',
      app(BOTH, { s3: YESTERDAY, sqs: null }, { path: '/aws-service-role/ecs.amazonaws.com/' }),
    ],
    [
      'the role of a permission set',
      app(BOTH, { s3: YESTERDAY, sqs: null }, { path: '/aws-reserved/sso.amazonaws.com/' }),
    ],
    [
      'a role without policies of which nothing was asked',
      snapshot({ roles: [role('idle')], lastAccessed: new Map() }),
    ],
  ],
  unknown: [
    ['nothing was asked for', app(BOTH, {}, {}, { lastAccessed: denied('iam:GenerateServiceLastAccessedDetails') })],
    [
      'the job of the role failed',
      app(
        BOTH,
        {},
        {},
        {
          lastAccessed: new Map(),
          gaps: [gap({ source: 'last-accessed', action: 'iam:GetServiceLastAccessedDetails', subject: APP })],
        },
      ),
    ],
    ['nothing was asked about the role', app(BOTH, {}, {}, { lastAccessed: new Map() })],
    [
      'a policy of the role could not be read',
      app(BOTH, { s3: YESTERDAY, sqs: null }, { attachedManagedPolicies: ['arn:aws:iam::123456789012:policy/unread'] }),
    ],
  ],
});

function neverHere(): never {
  throw new Error('a managed policy has a version');
}
