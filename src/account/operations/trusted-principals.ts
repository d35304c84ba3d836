import { parseAccountId } from '../../iam/account-id.ts';
import { type Arn, arnParts, friendlyName, parseArn } from '../../iam/arn.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { withOrphan } from '../account-edits.ts';
import { type AccountState, nameKey } from '../account-state.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import { accountKey, type CloudState, withAccount } from '../cloud-state.ts';
import { checkPolicyDocument } from '../policy-grammar/check-policy-document.ts';
import { checkQuota, policySize } from '../quotas.ts';
import { type NamedPrincipal, principalsOf, replacePrincipal } from '../trust-document.ts';

/**
 * A trust policy as the account would keep it: well formed, its principals there, ids of users and roles that live put as
 * their ARNs. `MalformedPolicyDocument` or `LimitExceeded` in AWS's words where IAM would not take it. Of accounts that
 * the cloud does not hold, whatever is well formed is believed.
 */
export const acceptedTrustPolicy = (cloud: CloudState, state: AccountState, text: string): Result<string, AwsError> => {
  const wellFormed = checkPolicyDocument(text, 'trust');
  if (!wellFormed.ok) return wellFormed;
  let accepted = text;
  for (const principal of principalsOf(text)) {
    const found = resolved(cloud, state, principal);
    if (found === null) return awsError('MalformedPolicyDocument', invalid(principal));
    if (found !== principal.value) accepted = replacePrincipal(accepted, principal.value, found);
  }
  const size = checkQuota(state, 'ACLSizePerRole', policySize(text));
  return size.ok ? ok(accepted) : size;
};

/** The cloud after a user or role is gone that roles of any account may have trusted: they go on to name its id. */
export const withOrphaned = (cloud: CloudState, arn: Arn, id: string): CloudState =>
  [...cloud.accounts.values()].reduce((after, account) => {
    const changed = withOrphan(account, arn, id);
    return changed === account ? after : withAccount(after, changed);
  }, cloud);

const invalid = ({ type, value }: NamedPrincipal): string => {
  switch (type) {
    case 'AWS':
    case 'Service':
      return `Invalid principal in policy: "${type.toUpperCase()}":"${value}"`;
    case 'Federated':
      return 'Federated principals must be valid domain names or SAML metadata ARNs';
    default:
      return `Invalid principal in policy: "${type}"`;
  }
};

/** How the principal is kept; null where there is none such. */
const resolved = (cloud: CloudState, state: AccountState, { type, value }: NamedPrincipal): string | null => {
  switch (type) {
    case 'AWS':
      return resolvedAws(cloud, state, value);
    case 'Service':
      return /^(?:[a-z0-9-]+\.)+(?:amazonaws\.com(?:\.cn)?|amazon\.com|aws\.internal|aws)$/.test(value) ? value : null;
    case 'Federated':
      return isFederated(value) ? value : null;
    default:
      return null;
  }
};

const isFederated = (value: string): boolean =>
  /^(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}$/.test(value) ||
  /^arn:aws[a-z-]*:iam::\d{12}:(?:saml-provider|oidc-provider)\/.+$/.test(value);

const resolvedAws = (cloud: CloudState, state: AccountState, value: string): string | null => {
  if (value === '*' || /^\d{12}$/.test(value)) return value;
  if (/^A(?:IDA|ROA)[A-Z2-7]{17}$/.test(value)) return arnOfId(state, value);
  const arn = parseArn(value);
  if (!arn.ok) return null;
  const { partition, service, account, resource, region } = arnParts(arn.value);
  if (partition !== state.partition || region !== '' || /[*?]/.test(resource)) return null;
  const accountId = parseAccountId(account);
  if (!accountId.ok) return null;
  const home = cloud.accounts.get(accountKey({ partition, accountId: accountId.value }));
  return isThere(home, service, resource) ? value : null;
};

/** Whether an account has what an ARN of IAM or STS names after its account. */
const isThere = (home: AccountState | undefined, service: string, resource: string): boolean => {
  const [kind = '', ...names] = resource.split('/');
  const named = nameKey(friendlyName(resource));
  switch (`${service}:${kind}`) {
    case 'iam:root':
      return names.length === 0;
    case 'iam:user':
      return home === undefined || home.users.get(named)?.arn.endsWith(`:${resource}`) === true;
    case 'iam:role':
      return home === undefined || home.roles.get(named)?.arn.endsWith(`:${resource}`) === true;
    case 'sts:assumed-role':
      return names.length === 2 && (home === undefined || home.roles.has(nameKey(names[0] ?? '')));
    case 'sts:federated-user':
      return names.length === 1;
    default:
      return false;
  }
};

/** Ids are few and old; whoever gives one waits for a walk over the account. */
const arnOfId = ({ users, roles }: AccountState, id: string): string | null => {
  for (const user of users.values()) if (user.userId === id) return user.arn;
  for (const role of roles.values()) if (role.roleId === id) return role.arn;
  return null;
};
