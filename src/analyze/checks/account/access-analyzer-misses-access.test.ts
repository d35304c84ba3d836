import type { AnalyzerFinding } from '../../../snapshot/access-analyzer.ts';
import { accessAnalyzer, analyzer, externalFinding } from '../../../snapshot/testing/analyzer-builder.ts';
import { gap, skipped } from '../../../snapshot/testing/collected-builder.ts';
import { trusts } from '../../../snapshot/testing/policy-builder.ts';
import { resource } from '../../../snapshot/testing/resource-builder.ts';
import { role, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { accessAnalyzerMissesAccess } from './access-analyzer-misses-access.ts';

const OWN = '123456789012';
const VENDOR = '444455556666';
const ROLE = `arn:aws:iam::${OWN}:role/app`;
const QUEUE = `arn:aws:sqs:us-east-1:${OWN}:orders`;
const trusting = (findings: readonly AnalyzerFinding[], principal: unknown = { AWS: VENDOR }) =>
  snapshot({ roles: [role('app', { trustPolicy: trusts(principal) })], accessAnalyzer: accessAnalyzer({ findings }) });
const queue = (region: string) =>
  snapshot({
    resources: [
      resource(QUEUE, {
        policy: [{ Effect: 'Allow', Principal: { AWS: VENDOR }, Action: 'sqs:SendMessage', Resource: QUEUE }],
      }),
    ],
    accessAnalyzer: accessAnalyzer({ analyzers: [analyzer({ region })], findings: [] }),
  });

const ofOrganization = (accounts?: readonly string[]) =>
  snapshot({
    roles: [role('app', { trustPolicy: trusts({ AWS: VENDOR }) })],
    accessAnalyzer: accessAnalyzer({ analyzers: [analyzer({ type: 'ORGANIZATION' })], findings: [] }),
    organization: { id: 'o-abcde12345', managementAccountId: OWN, path: [], ...(accounts && { accounts }) },
  });

describeCheck(accessAnalyzerMissesAccess, '2026-01-01T00:00:00Z', {
  fail: [
    ['a role for another account', trusting([]), { principal: VENDOR, finding: 'none' }],
    [
      'a role with a finding about somebody else',
      trusting([externalFinding(ROLE, { principal: { AWS: '777788889999' } })]),
    ],
    ['a queue, in the region of the analyzer', queue('us-east-1'), { principal: VENDOR }],
    ['an account that is none of the organization whose analyzer looks', ofOrganization([OWN]), { principal: VENDOR }],
  ],
  pass: [
    ['a finding of the same', trusting([externalFinding(ROLE)]), { finding: 'active' }],
    [
      'a finding of the same that is archived',
      trusting([externalFinding(ROLE, { status: 'ARCHIVED' })]),
      { finding: 'archived' },
    ],
    ['a service of AWS', trusting([], { Service: 'ec2.amazonaws.com' })],
    ['the own account', trusting([], { AWS: OWN })],
    ['a queue where no analyzer looks', queue('eu-west-1')],
    ['a finding without details', trusting([{ ...externalFinding(ROLE), external: [] }])],
    ['an account of the organization whose analyzer looks', ofOrganization([OWN, VENDOR])],
    ['an analyzer of the organization, whose accounts nobody listed', ofOrganization()],
    ['nobody read the findings', snapshot({ accessAnalyzer: skipped('access-analyzer') })],
  ],
  unknown: [
    [
      'ListFindingsV2 was denied',
      snapshot({
        accessAnalyzer: accessAnalyzer({
          findings: { known: false, gap: gap({ source: 'access-analyzer', action: 'access-analyzer:ListFindingsV2' }) },
        }),
      }),
    ],
  ],
});
