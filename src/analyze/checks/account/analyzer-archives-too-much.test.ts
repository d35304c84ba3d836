import { expect, it } from 'vitest';
import type { ArchiveCriterion } from '../../../snapshot/access-analyzer.ts';
import { accessAnalyzer, analyzer, externalFinding } from '../../../snapshot/testing/analyzer-builder.ts';
import { gap, skipped } from '../../../snapshot/testing/collected-builder.ts';
import { snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { createJudge } from '../../testing/judge.ts';
import { analyzerArchivesTooMuch } from './analyzer-archives-too-much.ts';

const NOW = '2026-01-01T00:00:00Z';
const rule = (criteria: Readonly<Record<string, Partial<ArchiveCriterion>>>) => {
  const filter = new Map(
    Object.entries(criteria).map(([property, criterion]) => [
      property,
      { eq: [], neq: [], contains: [], exists: null, ...criterion },
    ]),
  );
  const one = analyzer({ archiveRules: [{ name: 'known', filter }] });
  const findings = [
    externalFinding('arn:aws:s3:::a', { analyzerArn: one.arn, status: 'ARCHIVED' }),
    externalFinding('arn:aws:s3:::b', { analyzerArn: one.arn }),
  ];
  return snapshot({ accessAnalyzer: accessAnalyzer({ analyzers: [one], findings }) });
};

describeCheck(analyzerArchivesTooMuch, NOW, {
  fail: [
    ['all of a type', rule({ resourceType: { eq: ['AWS::IAM::Role'] } }), { criteria: ['resourceType'], archived: 1 }],
    ['what is not public', rule({ isPublic: { eq: ['false'] } })],
    ['all but one resource', rule({ resource: { neq: ['arn:aws:s3:::payroll'] } })],
    ['whatever has a principal', rule({ 'principal.AWS': { exists: true } })],
    ['anybody, on all of a type', rule({ resourceType: { eq: ['AWS::S3::Bucket'] }, 'principal.AWS': { eq: ['*'] } })],
    ['everything', rule({})],
  ],
  pass: [
    ['one resource', rule({ resource: { eq: ['arn:aws:s3:::site'] } })],
    ['one vendor', rule({ resourceType: { eq: ['AWS::IAM::Role'] }, 'principal.AWS': { contains: ['444455556666'] } })],
    ['one organization', rule({ 'condition.aws:PrincipalOrgID': { eq: ['o-abcde12345'] } })],
    ['no rule', snapshot({ accessAnalyzer: accessAnalyzer({ analyzers: [analyzer({ archiveRules: [] })] }) })],
    ['nobody looked', snapshot({ accessAnalyzer: skipped('access-analyzer') })],
  ],
  unknown: [
    [
      'ListArchiveRules was denied',
      snapshot({
        accessAnalyzer: accessAnalyzer({
          analyzers: [
            analyzer({
              archiveRules: {
                known: false,
                gap: gap({ source: 'access-analyzer', action: 'access-analyzer:ListArchiveRules' }),
              },
            }),
          ],
        }),
      }),
    ],
  ],
});

it('is worst where what is public is hidden too', async () => {
  const judge = createJudge(analyzerArchivesTooMuch, NOW);
  expect(await judge(rule({ resourceType: { eq: ['AWS::S3::Bucket'] } }))).toMatchObject([{ severity: 'high' }]);
  expect((await judge(rule({ isPublic: { eq: ['false'] } }))).map(({ severity }) => severity)).toEqual([undefined]);
});
