import type { Arn } from '../iam/arn.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';

/** A resource outside IAM that carries a resource-based policy or runs as a role. */
export interface Resource {
  readonly arn: Arn;
  /** As in ARNs: `lambda`, `s3`, `ec2`. */
  readonly service: string;
  /** As in CloudFormation, in lower case: `function`, `bucket`, `instance`. */
  readonly type: string;
  readonly name: string;
  readonly region: string | null;
  /** The role that it runs as. */
  readonly roleArn: Arn | null;
  /** Its resource-based policy; null: none was found. */
  readonly policy: PolicyDocument | null;
  /** Null: they are not told. */
  readonly tags: ReadonlyMap<string, string> | null;
  /** Whether Block Public Access keeps strangers out whom the policy lets in (`RestrictPublicBuckets`). */
  readonly restrictsPublicAccess: boolean;
}

/** A row of `resources.json`. */
export interface ResourceDocument {
  readonly service: string;
  readonly type: string;
  readonly arn: string;
  readonly name?: string | undefined;
  readonly region?: string | undefined;
  readonly role_arn?: string | undefined;
  readonly policy?: unknown;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly public_access_block?: boolean | Readonly<Record<string, boolean>> | undefined;
}
