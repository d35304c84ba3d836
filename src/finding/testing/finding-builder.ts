import { at, TEST_ACCOUNT } from '../../snapshot/testing/collected-builder.ts';
import type { Finding } from '../audit-report.ts';
import { findingKey } from '../finding-key.ts';

/** A finding of `role-unused` about the role `deploy`, but for what is said. */
export const finding = (parts: Partial<Finding> = {}): Finding => {
  const { checkId = 'role-unused', accountId = TEST_ACCOUNT } = parts;
  const subject = parts.subject ?? {
    arn: `arn:aws:iam::${accountId}:role/ci/deploy`,
    type: 'Role' as const,
    id: 'AROADEPLOY',
    part: null,
  };
  return {
    key: findingKey({ checkId, accountId, subjectId: subject.id, part: subject.part }),
    checkId,
    category: 'unused',
    severity: 'medium',
    outcome: 'fail',
    state: 'new',
    accountId,
    subject,
    title: 'A role is unused',
    summary: 'The role `deploy` is unused.',
    evidence: { idleDays: 100, lastUsed: null },
    conditions: null,
    remediation: [],
    frameworks: [],
    firstSeen: at('2026-01-01T00:00:00Z'),
    lastSeen: at('2026-01-01T00:00:00Z'),
    ...parts,
  };
};
