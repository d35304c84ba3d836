import type { AuditReport, PrincipalSummary } from '../finding/audit-report.ts';
import type { PrincipalAccess, ServiceAccess } from '../finding/principal-access.ts';
import { compareText } from '../kernel/compare-text.ts';
import { grantText } from './grant-text.ts';
import { nameOfArn } from './name-of-arn.ts';
import { ACCOUNT_ID_MEANING, type Column, DETAILS, defineTable, joined, RUN_ID } from './table.ts';

/** What a principal may do of a service. */
interface AccessRow {
  readonly arn: string;
  readonly complete: boolean;
  readonly type: PrincipalSummary['type'] | undefined;
  readonly service: ServiceAccess;
}

const levelColumn = (level: string): Column<AccessRow> => [
  level.toLowerCase().replaceAll(' ', '_'),
  ({ service }) => (service.service === '*' ? '' : String(service.levels[level] ?? 0)),
  'number',
  `how many known actions of the access level ${level} it may use; empty where it is every service`,
];

const COLUMNS: readonly Column<AccessRow>[] = [
  ['account_id', ({ arn }) => arn.split(':')[4] ?? '', 'text', ACCOUNT_ID_MEANING],
  ['name', ({ arn }) => nameOfArn(arn), 'text', 'name of the user or role', DETAILS],
  ['type', ({ type }) => type ?? '', 'word', 'user or role', DETAILS],
  ['service', ({ service }) => service.service, 'text', 'service, as actions name it: `s3`; `*`: every service'],
  [
    'granted',
    ({ service }) => service.granted,
    'word',
    '`yes`; `conditional`: none of it without a condition or a limit that says where',
  ],
  [
    'everywhere',
    ({ service }) => (service.everywhere ? 'yes' : 'no'),
    'yes or no',
    'whether some of it is granted on every resource',
  ],
  [
    'last_used',
    ({ service }) => lastUsedText(service),
    'time',
    'when it was last used; `never`: not in the time that AWS keeps track of; empty: not known',
    'iam:GetServiceLastAccessedDetails',
  ],
  levelColumn('List'),
  levelColumn('Read'),
  levelColumn('Write'),
  levelColumn('Permissions management'),
  levelColumn('Tagging'),
  ['except', ({ service }) => joined(service.except), 'list', 'actions left out where it is every service'],
  [
    'granted_by',
    ({ service }) => joined(service.grantedBy.map(grantText)),
    'list',
    'the statements that grant it, counted from 1, with their policies',
    DETAILS,
  ],
  [
    'complete',
    ({ complete }) => (complete ? 'yes' : 'no'),
    'yes or no',
    'whether all policies of the user or role could be read',
  ],
  ['arn', ({ arn }) => arn, 'text', 'ARN of the user or role', DETAILS],
  RUN_ID,
];

const lastUsedText = ({ lastUsed }: ServiceAccess): string => (lastUsed === undefined ? '' : (lastUsed ?? 'never'));

/** `access.csv`: one row a principal and service that it may use; `*` is every service. */
export const accessTable = defineTable({
  file: 'access.csv',
  row: 'a user or role, and a service that it may use',
  columns: COLUMNS,
  rows: (report) => (report.access === undefined ? null : accessRows(report.access, report)),
});

const accessRows = (access: readonly PrincipalAccess[], { principals }: AuditReport): readonly AccessRow[] => {
  const types = new Map(principals.map(({ arn, type }) => [arn, type]));
  return [...access]
    .sort((left, right) => compareText(left.arn, right.arn))
    .flatMap(({ arn, complete, services }) =>
      services.map((service) => ({ arn, complete, type: types.get(arn), service })),
    );
};
