import type { Severity } from '../finding/check-result.ts';
import type { ReportFormat } from '../report/report-format.ts';
import type { HistoryOption } from './history-options.ts';
import type { InputOptions } from './input-options.ts';

/** The options of `vigil audit`, as commander parses them. */
export interface AuditOptions extends InputOptions, HistoryOption {
  readonly out?: string;
  readonly format?: readonly ReportFormat[];
  readonly failOn?: Severity;
  readonly failOnNew?: true;
  readonly requireComplete?: true;
  readonly suppressions?: readonly string[];
  readonly alert?: true;
  readonly evidence?: true;
}
