import type { Arn } from '../iam/arn.ts';
import type { Instant } from '../kernel/time.ts';

/** The latest call of an action by a user or role. */
export interface ActionUseState {
  /** As an IAM action: `iam:GetUser`. */
  readonly action: string;
  readonly date: Instant;
  readonly region: string;
}

/** A report on who last accessed what, asked for in an account. It tells of what is known when it is read. */
export type AccessReportState = ServiceAccessReportState | OrganizationAccessReportState;

interface ReportState {
  readonly jobId: string;
  /** Who asked, and may read it: an ARN. */
  readonly askedBy: string;
  readonly createdAt: Instant;
  /** How often it was asked for in the making. */
  readonly polls: number;
}

/** On a user, group, role or policy. */
export interface ServiceAccessReportState extends ReportState {
  readonly kind: 'service';
  readonly arn: Arn;
  readonly granularity: 'SERVICE_LEVEL' | 'ACTION_LEVEL';
}

/** On an organization's root, unit or account. */
export interface OrganizationAccessReportState extends ReportState {
  readonly kind: 'organization';
  readonly entityPath: string;
  readonly policyId: string | null;
}
