import type { Finding } from '../finding/audit-report.ts';
import type { ExternalAccess } from '../finding/check-result.ts';
import { FINDING_COLUMNS } from './finding-columns.ts';
import { nameOfArn } from './name-of-arn.ts';
import { inReportOrder } from './report-order.ts';
import { type Column, DETAILS, defineTable, joined } from './table.ts';

/** A finding about access from outside. */
interface ExternalRow {
  readonly finding: Finding;
  readonly external: ExternalAccess;
}

const COLUMNS: readonly Column<ExternalRow>[] = [
  ...FINDING_COLUMNS,
  ['principal', ({ external }) => external.principal, 'text', 'who gets in, as the policy names it', DETAILS],
  [
    'kind',
    ({ external }) => external.kind,
    'word',
    'what they are: public, account, organization, federated or service',
  ],
  ['resource_name', ({ external }) => nameOfArn(external.resource), 'text', 'what they get at', DETAILS],
  ['resource_arn', ({ external }) => external.resource, 'text', 'what they get at, by its ARN', DETAILS],
  ['actions', ({ external }) => joined(external.actions), 'list', 'what they may do with it'],
  ['conditions', ({ finding }) => finding.conditions?.text ?? '', 'text', 'what must hold for the access to be real'],
  ['summary', ({ finding }) => finding.summary, 'text', 'the case in a sentence'],
  ['first_seen', ({ finding }) => finding.firstSeen, 'time', 'the audit that found it first'],
  ['last_seen', ({ finding }) => finding.lastSeen, 'time', 'the last audit that found it'],
  ['check_id', ({ finding }) => finding.checkId, 'text', 'the check that found it'],
  ['finding_key', ({ finding }) => finding.key, 'text', '`key` of the finding in findings.csv'],
];

/** `external-access.csv`: a row for each access that somebody outside the account has and a check tells of, accepted or not. */
export const externalTable = defineTable({
  file: 'external-access.csv',
  row: 'an access that somebody outside the account has, accepted or not',
  columns: COLUMNS,
  rows: (report) =>
    inReportOrder(report).findings.flatMap((finding) =>
      finding.external === undefined || finding.state === 'resolved' ? [] : [{ finding, external: finding.external }],
    ),
});
