import type { AuditReport, Finding } from '../finding/audit-report.ts';
import type { PolicySummary } from '../finding/policy-summary.ts';
import { compareText } from '../kernel/compare-text.ts';
import { nameOfArn } from './name-of-arn.ts';
import { inReportOrder } from './report-order.ts';
import { ACCOUNT_ID_MEANING, type Column, DETAILS, defineTable, joined, RUN_ID } from './table.ts';

/** A policy, and the keys of the findings about it. */
interface PolicyRow {
  readonly policy: PolicySummary;
  readonly findings: readonly string[];
}

const count = (number: number | undefined): string => String(number ?? '');

const COLUMNS: readonly Column<PolicyRow>[] = [
  RUN_ID,
  ['account_id', ({ policy }) => policy.accountId, 'text', ACCOUNT_ID_MEANING],
  ['name', ({ policy }) => policy.name, 'text', 'name of the policy', DETAILS],
  ['kind', ({ policy }) => policy.kind, 'word', 'customer-managed, aws-managed or inline', DETAILS],
  ['policy', ({ policy }) => policy.policy, 'text', 'ARN; of an inline policy `holder-arn#inline/name`', DETAILS],
  ['policy_id', ({ policy }) => policy.managed?.id ?? '', 'text', 'unique id of a managed policy (`ANPA…`)', DETAILS],
  ['path', ({ policy }) => policy.managed?.path ?? '', 'text', 'path of a managed policy', DETAILS],
  [
    'holder_name',
    ({ policy }) => (policy.holder === null ? '' : nameOfArn(policy.holder.arn)),
    'text',
    'whom an inline policy is embedded in',
    DETAILS,
  ],
  ['holder_type', ({ policy }) => policy.holder?.type ?? '', 'word', 'User, Group or Role', DETAILS],
  ['holder_arn', ({ policy }) => policy.holder?.arn ?? '', 'text', 'ARN of the holder of an inline policy', DETAILS],
  [
    'default_version',
    ({ policy }) => policy.managed?.defaultVersion ?? '',
    'text',
    'the version of a managed policy that is in force',
    DETAILS,
  ],
  [
    'versions',
    ({ policy }) => count(policy.managed?.versions),
    'number',
    'versions of a managed policy that were read',
    DETAILS,
  ],
  [
    'attachment_count',
    ({ policy }) => count(policy.managed?.attachments),
    'number',
    'entities that have a managed policy attached, as AWS counts them',
    DETAILS,
  ],
  [
    'boundary_count',
    ({ policy }) => count(policy.managed?.boundaries),
    'number',
    'entities that have a managed policy as permissions boundary, as AWS counts them',
    DETAILS,
  ],
  [
    'attached_users',
    ({ policy }) => count(policy.managed?.attachedTo.users),
    'number',
    'users that have it attached',
    DETAILS,
  ],
  [
    'attached_groups',
    ({ policy }) => count(policy.managed?.attachedTo.groups),
    'number',
    'groups that have it attached',
    DETAILS,
  ],
  [
    'attached_roles',
    ({ policy }) => count(policy.managed?.attachedTo.roles),
    'number',
    'roles that have it attached',
    DETAILS,
  ],
  ['statements', ({ policy }) => String(policy.statements), 'number', 'whole statements of the document in force'],
  [
    'problems',
    ({ policy }) => String(policy.problems),
    'number',
    'things wrong with the document, by the grammar of policies',
  ],
  [
    'document_sha256',
    ({ policy }) => policy.documentSha256 ?? '',
    'text',
    'SHA-256 of the document in force, as JSON with sorted keys: the same document has the same; empty: it was not read',
  ],
  ['created', ({ policy }) => policy.managed?.createDate ?? '', 'time', 'when a managed policy was made', DETAILS],
  [
    'updated',
    ({ policy }) => policy.managed?.updateDate ?? '',
    'time',
    'when a managed policy got its last version',
    DETAILS,
  ],
  [
    'findings',
    ({ findings }) => String(findings.length),
    'number',
    'findings about the policy itself that are open or accepted',
  ],
  ['finding_keys', ({ findings }) => joined(findings), 'list', 'their `key` in findings.csv'],
];

/** `policies.csv`: a row for each managed policy that was read, and for each inline policy. */
export const policiesTable = defineTable({
  file: 'policies.csv',
  row: 'a managed policy (customer managed, or an AWS managed one in use) or an inline policy',
  columns: COLUMNS,
  rows: (report) => (report.policies === undefined ? null : policyRows(report.policies, inReportOrder(report))),
});

const policyRows = (policies: readonly PolicySummary[], { findings }: AuditReport): readonly PolicyRow[] => {
  const keys = new Map<string, string[]>();
  for (const finding of findings) {
    if (finding.state === 'resolved') continue;
    const about = keys.get(policyOf(finding));
    if (about === undefined) keys.set(policyOf(finding), [finding.key]);
    else about.push(finding.key);
  }
  return [...policies]
    .sort((left, right) => compareText(left.accountId, right.accountId) || compareText(left.policy, right.policy))
    .map((policy) => ({ policy, findings: keys.get(ownName(policy)) ?? [] }));
};

/** AWS managed policies are the same in all accounts, findings about them are not. */
const ownName = ({ accountId, policy }: PolicySummary): string => `${accountId} ${policy}`;

/** The policy that a finding is about, by the name that `ownName` gives it; of other findings a name that no policy has. */
const policyOf = ({ accountId, subject }: Finding): string =>
  subject.type === 'ManagedPolicy' || subject.part === null
    ? `${accountId} ${subject.arn}`
    : `${accountId} ${subject.arn}#inline/${subject.part}`;
