import type { Brand } from '../kernel/brand.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** The text of a whole ARN: `arn:partition:service:region:account:resource`, without wildcards' meaning. */
export type Arn = Brand<string, 'Arn'>;

/** The six parts of an ARN but for the leading `arn`; `resource` holds whatever follows the fifth colon. */
export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  /** Twelve digits, `aws`, or empty where the service leaves it out (S3). */
  readonly account: string;
  readonly resource: string;
}

/**
 * Reads an ARN. The error is a message in house form.
 * Source: "Identify AWS resources with Amazon Resource Names (ARNs)", IAM User Guide.
 */
export const parseArn = (text: string): Result<Arn, string> =>
  /^arn:[^:\s]+:[^:\s]+:[^:\s]*:[^:\s]*:.+$/s.test(text)
    ? // The only place that mints an Arn.
      // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
      ok(text as Arn)
    : err(`\`${text}\` is not an ARN`);

/** Splits an ARN into its parts. */
export const arnParts = (arn: Arn): ArnParts => {
  const [, partition = '', service = '', region = '', account = '', ...resource] = arn.split(':');
  return { partition, service, region, account, resource: resource.join(':') };
};

/** The ARN of parts: the reverse of `arnParts`. */
export const arnOf = ({ partition, service, region, account, resource }: ArnParts): Arn =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
  `arn:${partition}:${service}:${region}:${account}:${resource}` as Arn;

/** The ARN of something in an account's IAM: `resource` is what follows the fifth colon, such as `user/path/alice`. */
export const iamArn = (partition: string, account: string, resource: string): Arn =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
  `arn:${partition}:iam::${account}:${resource}` as Arn;

/** The ARN of a session: `resource` is what follows the fifth colon, such as `assumed-role/deploy/session`. */
export const stsArn = (partition: string, account: string, resource: string): Arn =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
  `arn:${partition}:sts::${account}:${resource}` as Arn;

/**
 * The name that an ARN of IAM, or its resource part, ends with, without the path: `alice` of
 * `arn:aws:iam::123456789012:user/staff/alice`, `root` of the root user's.
 */
export const friendlyName = (arn: string): string =>
  arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
