import type { Instant } from '../kernel/time.ts';

/** Who made a change, as CloudTrail tells. */
export interface Actor {
  readonly arn: string;
  readonly at: Instant;
  /** The request: `iam:AttachUserPolicy`. */
  readonly request: string;
  readonly sourceIp: string | null;
}
