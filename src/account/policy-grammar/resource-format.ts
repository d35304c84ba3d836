/** Whether the oldest of IAM's parsers can read a resource of AWS's, which may end after any of its parts. */
export const isLegacyResource = (resource: string): boolean => {
  if (!/^arn:aws[^:]*:/.test(resource)) return true;
  const [, , service = '', , account = '', ...path] = resource.split(':');
  // What stands last and is no account is a resource whose colon was forgotten.
  const accounts = path.length === 0 ? /^(?:[0-9*?]*|aws)$/ : /^[A-Za-z0-9*?-]*$/;
  return service !== '' && accounts.test(account);
};

const PARTITIONS = /^(?:aws|aws-cn|aws-us-gov|aws-iso|aws-iso-b|aws-iso-e|aws-iso-f|aws-eusc|\*)$/;

const IAM_PATHS = [
  'user/',
  'federated-user/',
  'role/',
  'group/',
  'instance-profile/',
  'mfa/',
  'server-certificate/',
  'policy/',
  'sms-mfa/',
  'saml-provider/',
  'oidc-provider/',
  'report/',
  'access-report/',
];

/**
 * What IAM says against a resource of an identity-based policy in a partition, or in any; null where it is well formed.
 */
export const resourceProblem = (resource: string, home: string | null): string | null => {
  if (resource === '*') return null;
  const [start, partition, service = '*', region = '*', account = '*', ...rest] = resource.split(':');
  if (partition === undefined) return `Resource ${resource} must be in ARN format or "*".`;
  const path = rest.length === 0 ? '*' : rest.join(':');
  if (!PARTITIONS.test(partition) || (home !== null && partition !== home && partition !== '*')) {
    const arn = ['arn', partition, service, region, account, path].join(':');
    return `Partition "${partition}" is not valid for resource "${arn}".`;
  }
  if (start !== 'arn') return `Resource ${resource} must be in ARN format or "*".`;
  if (resource.split(':').length === 2) return 'Resource vendor must be fully qualified and cannot contain regexes.';
  return rest.length === 0 ? null : serviceProblem(resource, { service, region, account, path });
};

const serviceProblem = (
  resource: string,
  { service, region, account, path }: Readonly<Record<'service' | 'region' | 'account' | 'path', string>>,
): string | null => {
  if (/[*?]/.test(service)) return 'Resource vendor must be fully qualified and cannot contain regexes.';
  // A bucket has neither region nor account; an access point has both.
  if (service === 's3' && region !== '' && account === '') {
    return `Resource ${resource} can not contain region information.`;
  }
  if (service !== 'iam') return null;
  if (region !== '' && region !== '*') return `IAM resource ${resource} cannot contain region information.`;
  return path === '*' || path === 'root' || IAM_PATHS.some((start) => path.startsWith(start))
    ? null
    : `IAM resource path must either be "*", root, or start with ${IAM_PATHS.join(', ')}.`;
};
