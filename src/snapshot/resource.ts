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
  /** Of a KMS key; absent where nobody listed them. */
  readonly grants?: readonly KeyGrant[];
}

/** Leave to use a KMS key, beside its policy. Source: `GrantListEntry`, AWS KMS API Reference. */
export interface KeyGrant {
  readonly id: string;
  /** An ARN, or the name of a service; null where AWS does not tell. */
  readonly granteePrincipal: string | null;
  /** Such as `Decrypt`, without the service's prefix. */
  readonly operations: readonly string[];
  /** Whether it asks for an encryption context. */
  readonly isConstrained: boolean;
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
  readonly grants?: readonly KeyGrantDocument[] | undefined;
}

/** A grant as `ListGrants` of AWS KMS answers it. */
export interface KeyGrantDocument {
  readonly GrantId: string;
  readonly Name?: string | undefined;
  readonly GranteePrincipal?: string | undefined;
  readonly RetiringPrincipal?: string | undefined;
  readonly Operations: readonly string[];
  readonly Constraints?:
    | {
        readonly EncryptionContextSubset?: Readonly<Record<string, string>> | undefined;
        readonly EncryptionContextEquals?: Readonly<Record<string, string>> | undefined;
      }
    | undefined;
}
