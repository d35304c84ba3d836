import type { Severity } from '../finding/check-result.ts';
import type { Instant } from '../kernel/time.ts';
import type { ReportFormat } from '../report/report-format.ts';
import type { AccountOptions } from './account-options.ts';

/** The options of `vigil audit`, as commander parses them. */
export interface AuditOptions extends AccountOptions {
  readonly from?: string;
  readonly authorizationDetails?: readonly string[];
  readonly credentialReport?: string;
  readonly now?: Instant;
  readonly out?: string;
  readonly format?: readonly ReportFormat[];
  readonly failOn?: Severity;
  readonly requireComplete?: true;
}
