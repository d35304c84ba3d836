import { type AccountSummary, type OrganizationReport, organizationReport } from '../../finding/organization-night.ts';
import {
  accountSummary,
  allPaths,
  expectedAccount,
  summarizedFinding,
  summarizedPath,
} from '../../finding/testing/organization-builder.ts';
import type { FrameworkText } from '../organization-controls-view.ts';
import { exampleOrganization } from './example-organization.ts';

/** As many frameworks and controls as Vigil ships, or more. */
export const generatedFrameworks: readonly FrameworkText[] = Array.from({ length: 13 }, (_, framework) => ({
  id: `framework-${framework}`,
  title: `Framework ${framework} of controls about identities and access`,
  controls: Array.from({ length: 25 }, (__, control) => ({
    id: `${framework + 1}.${control + 1}`,
    title: `Control ${control + 1}, that nobody has more access than their work asks for`,
    assessment: 'automated',
  })),
}));

const NAMES = ['payments', 'search', 'data-lake', 'shop', 'ml', '<script>alert(1)</script>', '=HYPERLINK("x")', 'ops'];

const idOf = (index: number): string => String(100_000_000_000 + index * 7919);

/** An organization of so many accounts, all alike in part as accounts of one organization are, of which some are missing. */
export const generatedOrganization = (count: number): OrganizationReport => {
  const missing = Math.floor(count / 200);
  const indexes = Array.from({ length: count }, (_, index) => index);
  return organizationReport({
    night: { ...exampleOrganization.night, deadlinePassed: missing > 0 },
    vigilVersion: '0.1.0',
    expected: indexes.map((index) =>
      expectedAccount(
        idOf(index),
        index < missing
          ? { name: `late-${index}`, status: 'failed', reason: 'its audit was not done when the deadline passed' }
          : {},
      ),
    ),
    accounts: indexes.slice(missing).map(generatedAccount),
  });
};

const generatedAccount = (index: number): AccountSummary => {
  const accountId = idOf(index);
  const finding = (number: number) =>
    summarizedFinding(accountId, {
      key: `check-${number}:${accountId}:AIDA${number}`,
      severity: number % 4 === 0 ? 'critical' : 'high',
      subject: `arn:aws:iam::${accountId}:user/person-${number}`,
      summary: `User person-${number} can sign in to the console of ${accountId} without MFA.`,
    });
  const own = summarizedPath(accountId, {
    key: `principal-can-become-administrator:${accountId}:own`,
    subject: `arn:aws:iam::${accountId}:role/service-${index}`,
    summary: `Role service-${index} can become role admin, and so administrator, with iam:PassRole, lambda:CreateFunction.`,
    proof: 'derived',
  });
  const across = summarizedPath(accountId, {
    key: `principal-can-become-administrator-elsewhere:${accountId}:AROARUNNER`,
    subject: `arn:aws:iam::${accountId}:role/runner`,
    summary: `Role runner can become arn:aws:iam::${idOf(index + 1)}:role/deployer, and so administrator of account ${idOf(index + 1)}, with sts:AssumeRole.`,
    proof: 'derived',
    reaches: `arn:aws:iam::${idOf(index + 1)}:role/deployer`,
    into: { total: 1, listed: [idOf(index + 1)] },
  });
  const isComplete = index % 50 !== 0;
  return accountSummary(accountId, {
    alias: `acme-${NAMES[index % NAMES.length]}-${index}`,
    complete: isComplete,
    gaps: isComplete ? [] : [{ source: 'mfa-devices', status: 'denied', detail: 'AWS refused it', checks: 2 }],
    findings: {
      ...(index % 3 === 0 && { critical: { open: index % 7 } }),
      high: { open: index % 23, new: index % 5 },
      medium: { open: index % 41 },
      low: { open: 100 + (index % 97), resolved: index % 3 },
    },
    unjudged: isComplete ? 0 : 12,
    principals: 40 + (index % 400),
    paths: allPaths([
      ...(index % 97 === 0 ? [across] : []),
      ...(index % 3 === 0 ? [summarizedPath(accountId), own] : []),
    ]),
    worst: { total: 30 + index, listed: Array.from({ length: 8 }, (_, number) => finding(number)) },
    frameworks: generatedFrameworks.map(({ id, controls }) => ({
      framework: id,
      controls: {
        fail: controls.filter((_, control) => (index + control) % 6 === 0).map((control) => control.id),
        unknown: [],
        pass: controls.filter((_, control) => (index + control) % 6 > 0).map((control) => control.id),
        manual: [],
        'not-evaluated': [],
      },
    })),
    news: {
      administrators: {
        total: Number(index % 40 === 0),
        listed: index % 40 === 0 ? [{ arn: `arn:aws:iam::${accountId}:role/ops/breakglass`, by: null }] : [],
      },
      external: { total: 0, listed: [] },
      changes: { permissions: index % 9, tags: index % 4 },
    },
  });
};
