import { type AccountSummary, type OrganizationReport, organizationReport } from '../../finding/organization-night.ts';
import {
  accountSummary,
  allPaths,
  expectedAccount,
  summarizedFinding,
  summarizedPath,
} from '../../finding/testing/organization-builder.ts';
import { at } from '../../snapshot/testing/collected-builder.ts';
import type { FrameworkText } from '../organization-controls-view.ts';

const NIGHT = at('2026-03-02T02:30:00Z');

const actor = {
  arn: 'arn:aws:sts::111111111111:assumed-role/deploy/ci',
  role: 'arn:aws:iam::111111111111:role/ci/deploy',
  at: at('2026-03-01T14:03:00Z'),
  request: 'iam:AttachRolePolicy',
  sourceIp: '198.51.100.7',
};

/** Two frameworks with some controls. */
export const exampleFrameworks: readonly FrameworkText[] = [
  {
    id: 'cis-aws-7.0',
    title: 'CIS Amazon Web Services Foundations Benchmark 7.0',
    controls: [
      { id: '2.4', title: 'The root user has an MFA device', assessment: 'automated' },
      { id: '2.10', title: 'Users who sign in to the console have an MFA device', assessment: 'automated' },
      { id: '2.20', title: 'Access is reviewed', assessment: 'manual' },
    ],
  },
  {
    id: 'soc-2',
    title: 'SOC 2, Trust Services Criteria',
    controls: [{ id: 'CC6.1', title: 'Access to what is to be protected is restricted', assessment: 'automated' }],
  },
];

const frameworksWhere = (failing: boolean): AccountSummary['frameworks'] => [
  {
    framework: 'cis-aws-7.0',
    controls: failing
      ? { fail: ['2.10'], pass: [], unknown: ['2.4'], manual: ['2.20'], 'not-evaluated': [] }
      : { fail: [], pass: ['2.4', '2.10'], unknown: [], manual: ['2.20'], 'not-evaluated': [] },
  },
  {
    framework: 'soc-2',
    controls: {
      fail: [],
      pass: failing ? [] : ['CC6.1'],
      unknown: [],
      manual: [],
      'not-evaluated': failing ? ['CC6.1'] : [],
    },
  },
];

const HOSTILE = "\"><img src=x onerror=alert(1)>\u202Eevil=cmd|'/C calc'!A0";

/** A night of five accounts: one that leads into another, one with a hostile name, one audited for the first time, two that are missing. */
export const exampleOrganization: OrganizationReport = organizationReport({
  night: {
    id: '20260302T023000Z',
    group: 'acme',
    startedAt: NIGHT,
    finishedAt: at('2026-03-02T03:12:40Z'),
    deadline: at('2026-03-02T06:00:00Z'),
    deadlinePassed: false,
  },
  vigilVersion: '0.1.0',
  expected: [
    expectedAccount('111111111111', { name: 'build' }),
    expectedAccount('222222222222', { name: 'production' }),
    expectedAccount('333333333333', { name: 'sandbox' }),
    expectedAccount('444444444444', {
      name: 'payments',
      status: 'failed',
      reason: 'AWS refused sts:AssumeRole of vigil-auditor: let the role trust the auditor',
      lastRead: { runId: '20260301T023000Z-444444444444', startedAt: at('2026-03-01T02:30:00Z') },
      droppedOut: true,
    }),
    expectedAccount('555555555555', { name: HOSTILE, status: 'vanished', reason: 'the organization lists it no more' }),
    expectedAccount('666666666666', { name: 'old', status: 'suspended', reason: 'the organization says it is closed' }),
  ],
  accounts: [
    accountSummary('111111111111', {
      alias: 'acme-build',
      findings: { critical: { new: 1, open: 1 }, high: { open: 3, resolved: 2 }, low: { open: 4 } },
      escalating: { surely: 1, conditionally: 1 },
      paths: allPaths([
        summarizedPath('111111111111', {
          key: 'principal-can-become-administrator-elsewhere:111111111111:AROARUNNER:222222222222',
          checkId: 'principal-can-become-administrator-elsewhere',
          state: 'new',
          subject: 'arn:aws:iam::111111111111:role/runner',
          summary:
            'Role runner can become arn:aws:iam::222222222222:role/deployer, and so administrator of account 222222222222, with sts:AssumeRole.',
          by: actor,
          proof: 'derived',
          reaches: 'arn:aws:iam::222222222222:role/deployer',
          into: { total: 1, listed: ['222222222222'] },
        }),
        summarizedPath('111111111111'),
      ]),
      worst: { total: 3, listed: [summarizedFinding('111111111111')] },
      frameworks: frameworksWhere(true),
      news: {
        administrators: { total: 1, listed: [{ arn: 'arn:aws:iam::111111111111:role/ops/breakglass', by: actor }] },
        external: {
          total: 1,
          listed: [
            {
              ...summarizedFinding('111111111111', {
                key: 'role-trusts-any-principal:111111111111:AROAPARTNER',
                checkId: 'role-trusts-any-principal',
                state: 'new',
                subject: 'arn:aws:iam::111111111111:role/partner-upload',
                summary: 'The trust policy of `partner-upload` names everybody and holds no condition.',
              }),
              principal: '*',
              kind: 'public',
            },
          ],
        },
        changes: { permissions: 3, 'trust-policy': 1, tags: 12 },
      },
    }),
    accountSummary('222222222222', {
      alias: HOSTILE,
      findings: { critical: { open: 1 }, high: { worsened: 1, open: 1 }, info: { open: 2 } },
      escalating: { surely: 1, conditionally: 0 },
      paths: allPaths([summarizedPath('222222222222')]),
      worst: {
        total: 2,
        listed: [
          summarizedFinding('222222222222'),
          summarizedFinding('222222222222', {
            key: `user-without-mfa:222222222222:${HOSTILE}`,
            subject: `arn:aws:iam::222222222222:user/${HOSTILE}`,
            summary: HOSTILE,
          }),
        ],
      },
      frameworks: frameworksWhere(true),
      news: { administrators: { total: 0, listed: [] }, external: { total: 0, listed: [] }, changes: null },
    }),
    accountSummary('333333333333', {
      baselineRunId: null,
      complete: false,
      gaps: [
        {
          source: 'mfa-devices',
          status: 'denied',
          detail: 'AWS refused iam:ListMFADevices: AccessDenied',
          checks: 2,
        },
      ],
      findings: { low: { new: 2 } },
      unjudged: 7,
      worst: { total: 2, listed: [summarizedFinding('333333333333', { severity: 'low', state: 'new' })] },
      frameworks: frameworksWhere(false),
      news: null,
    }),
  ],
});
