import type { AuditReport, PrincipalSummary } from '../finding/audit-report.ts';
import type { GrantingStatement } from '../finding/check-result.ts';
import type { ServiceAccess } from '../finding/principal-access.ts';
import { compareText } from '../kernel/compare-text.ts';
import { type Column, table } from './csv.ts';
import { nameOfArn } from './name-of-arn.ts';

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
];

// Users script against names and order: new columns go to the end, none ever moves.
const COLUMNS: readonly Column<AccessRow>[] = [
  ['account_id', ({ arn }) => arn.split(':')[4] ?? ''],
  ['name', ({ arn }) => nameOfArn(arn)],
  ['type', ({ type }) => type ?? ''],
  ['service', ({ service }) => service.service],
  ['granted', ({ service }) => service.granted],
  ['everywhere', ({ service }) => (service.everywhere ? 'yes' : 'no')],
  ['last_used', ({ service }) => lastUsedText(service)],
  levelColumn('List'),
  levelColumn('Read'),
  levelColumn('Write'),
  levelColumn('Permissions management'),
  levelColumn('Tagging'),
  ['except', ({ service }) => service.except.join('; ')],
  ['granted_by', ({ service }) => service.grantedBy.map(grantText).join('; ')],
  ['complete', ({ complete }) => (complete ? 'yes' : 'no')],
  ['arn', ({ arn }) => arn],
];

const lastUsedText = ({ lastUsed }: ServiceAccess): string => (lastUsed === undefined ? '' : (lastUsed ?? 'never'));

/** People count statements from one; the index in the policy stands beside in `findings.json`. */
const grantText = ({ policy, statement }: GrantingStatement): string => `${policy} statement ${statement + 1}`;

/** The text of `access.csv`: one row a principal and service that it may use; `*` is every service. */
export const accessCsv = ({ access = [], principals }: AuditReport): string => {
  const types = new Map(principals.map(({ arn, type }) => [arn, type]));
  return table(
    COLUMNS,
    [...access]
      .sort((left, right) => compareText(left.arn, right.arn))
      .flatMap(({ arn, complete, services }) =>
        services.map((service) => ({ arn, complete, type: types.get(arn), service })),
      ),
  );
};
