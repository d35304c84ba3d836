import { expect, it } from 'vitest';
import { accessAnalyzer, externalFinding } from '../../../snapshot/testing/analyzer-builder.ts';
import { gap, skipped } from '../../../snapshot/testing/collected-builder.ts';
import { trusts } from '../../../snapshot/testing/policy-builder.ts';
import { resource } from '../../../snapshot/testing/resource-builder.ts';
import { role, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { createJudge } from '../../testing/judge.ts';
import { resourceOpenByAccessAnalyzerAlone } from './resource-open-by-access-analyzer-alone.ts';

const NOW = '2026-01-01T00:00:00Z';
const OWN = '123456789012';
const VENDOR = '444455556666';
const ROLE = `arn:aws:iam::${OWN}:role/app`;
const BUCKET = 'arn:aws:s3:::reports';

const found = (trustPolicy: unknown, parts: Parameters<typeof externalFinding>[1] = {}) =>
  snapshot({
    roles: [role('app', { trustPolicy })],
    accessAnalyzer: accessAnalyzer({ findings: [externalFinding(ROLE, parts)] }),
  });
const service = trusts({ Service: 'ec2.amazonaws.com' });
const vendor = trusts({ AWS: VENDOR }, { StringEquals: { 'sts:ExternalId': 'x1' } });
const bucket = (...policy: readonly object[]) =>
  snapshot({
    resources: [resource(BUCKET, { policy })],
    accessAnalyzer: accessAnalyzer({
      findings: [externalFinding(BUCKET, { principal: { AWS: '*' }, isPublic: true })],
    }),
  });
const open = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `${BUCKET}/*` };

describeCheck(resourceOpenByAccessAnalyzerAlone, NOW, {
  fail: [
    ['a role that lets in nobody outside', found(service), { principal: VENDOR, ours: 'closed' }],
    [
      'another account than the policy names',
      found(vendor, { principal: { AWS: '777788889999' } }),
      { ours: 'closed' },
    ],
    [
      'a bucket that was not read',
      snapshot({ accessAnalyzer: accessAnalyzer({ findings: [externalFinding(BUCKET)] }) }),
      { ours: 'notRead' },
    ],
    ['a bucket whose policy denies it', bucket(open, { ...open, Effect: 'Deny' }), { principal: '*', ours: 'closed' }],
  ],
  pass: [
    ['a vendor with an ExternalId, as the policy says', found(vendor), { ours: 'same' }],
    ['the same by the ARN of its root user', found(vendor, { principal: { AWS: `arn:aws:iam::${VENDOR}:root` } })],
    [
      'a role of an account that is let in',
      found(vendor, { principal: { AWS: `arn:aws:iam::${VENDOR}:role/scanner` } }),
    ],
    ['an account, where anybody is let in', found(trusts('*'))],
    [
      'a provider that the policy names',
      found(
        {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { Federated: `arn:aws:iam::${OWN}:saml-provider/corp` },
            Action: 'sts:AssumeRoleWithSAML',
          },
        },
        { principal: { Federated: `arn:aws:iam::${OWN}:saml-provider/corp` } },
      ),
    ],
    ['anybody, as the policy of the bucket says', bucket(open)],
    ['what is archived', found(service, { status: 'ARCHIVED' })],
    ['nobody read the findings', snapshot({ accessAnalyzer: skipped('access-analyzer') })],
  ],
  unknown: [
    ['a trust policy that cannot be read', found('no JSON')],
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

const judge = createJudge(resourceOpenByAccessAnalyzerAlone, NOW, {
  trustedAccounts: [{ id: VENDOR, name: 'Example Corp', owner: null, expires: null }],
});

it('is worse for a public resource that was not read', async () => {
  const account = snapshot({
    accessAnalyzer: accessAnalyzer({
      findings: [externalFinding(BUCKET, { principal: { AWS: '*' }, isPublic: true })],
    }),
  });
  expect(await judge(account)).toMatchObject([{ severity: 'high', external: { kind: 'public' } }]);
});

it('passes for an account that is declared', async () => {
  expect(await judge(found(service))).toMatchObject([{ outcome: 'pass', evidence: { ours: 'closed' } }]);
});
