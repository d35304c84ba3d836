import type { Finding } from '../finding/audit-report.ts';
import { ACCOUNT_ID_MEANING, type Column, RUN_ID } from './table.ts';

/** The first columns of tables whose rows are about findings: which audit, which account, how bad, and where it stands. */
export const FINDING_COLUMNS: readonly Column<{ readonly finding: Finding }>[] = [
  RUN_ID,
  ['account_id', ({ finding }) => finding.accountId, 'text', ACCOUNT_ID_MEANING],
  ['severity', ({ finding }) => finding.severity, 'word', 'how bad it is: critical, high, medium, low or info'],
  [
    'state',
    ({ finding }) => finding.state,
    'word',
    'where it stands since the audit before; `suppressed`: it is accepted',
  ],
];
