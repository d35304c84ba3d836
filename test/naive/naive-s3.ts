import { accountOf, callerAccount, type NaiveRequest } from './naive-request.ts';
import { type NaiveStatement, statementsOf } from './naive-statements.ts';

/**
 * Whether S3 Block Public Access (RestrictPublicBuckets) turns the bucket policy off for the caller: the policy is
 * public, and the caller is neither a service nor of the bucket's account.
 * Source: "Blocking public access to your Amazon S3 storage", with "The meaning of public".
 */
export const isBlockedAsPublic = (whole: NaiveRequest, sameAccount: boolean): boolean =>
  whole.settings?.s3?.blockPublicAccess === true &&
  /^arn:[^:]*:s3:/.test(whole.request.resource) &&
  whole.request.principalType !== 'service' &&
  !(sameAccount && callerAccount(whole) !== null) &&
  statementsOf(whole.resourcePolicy, 'resource').some(isPublic);

const FIXED_KEYS = [
  ...['aws:SourceIp', 'aws:SourceArn', 'aws:SourceVpc', 'aws:SourceVpce', 'aws:SourceOwner', 'aws:SourceAccount'],
  ...['aws:userid', 'aws:PrincipalArn', 'aws:PrincipalAccount', 'aws:PrincipalOrgID', 'aws:PrincipalOrgPaths'],
  ...['s3:x-amz-server-side-encryption-aws-kms-key-id', 's3:DataAccessPointArn', 's3:DataAccessPointAccount'],
].map((key) => key.toLowerCase());

/** An Allow for everybody is public unless a condition ties it to fixed values, without wildcards or variables. */
const isPublic = ({ effect, principal, conditions }: NaiveStatement): boolean =>
  effect === 'Allow' &&
  (principal?.['AWS'] ?? []).includes('*') &&
  !conditions.some(
    ({ operator, key, values }) =>
      FIXED_KEYS.includes(key.toLowerCase()) &&
      /^(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like)|IpAddress)$/.test(operator) &&
      values.every((value) => !/[*?]|\$\{/.test(value)),
  );

/** The account that owns the resource. */
export const resourceAccountOf = (whole: NaiveRequest): string | null =>
  whole.request.resourceAccount ?? accountOf(whole.request.resource) ?? callerAccount(whole);
