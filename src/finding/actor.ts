import type { Instant } from '../kernel/time.ts';

/** Who made a change, as CloudTrail tells. */
export interface Actor {
  /**
   * The user, root user or session: `arn:aws:sts::123456789012:assumed-role/NAME/SESSION`. Of an AWS service its name
   * (`sso.amazonaws.com`), of somebody in another account who has no ARN the account's id.
   */
  readonly arn: string;
  /** The role whose session it is, with its path; absent: it is no session of a role. */
  readonly role?: string;
  readonly at: Instant;
  /** The request: `iam:AttachUserPolicy`. */
  readonly request: string;
  /** Where it came from; the name of the AWS service that made it in somebody's name; null: CloudTrail does not tell. */
  readonly sourceIp: string | null;
}
