import type { Level } from '../evaluate/applicable-policies.ts';
import type { RequestContext } from '../evaluate/request-context.ts';
import type { CompiledPolicy } from '../policy/compile-policy.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { OrganizationLevel } from '../snapshot/organization.ts';

/** The SCPs and RCPs above an account, level by level from the root. */
export interface OrganizationLevels {
  readonly scps?: readonly Level[];
  readonly rcps?: readonly Level[];
}

/**
 * The SCPs and RCPs above an account. None for the management account, which they leave alone, and none of a type of
 * which no level has any: the organization has not turned it on then, for it attaches one of AWS's to each level.
 * Source: "Service control policies" and "Resource control policies", AWS Organizations User Guide.
 */
export const organizationLevels = (
  { organization, accountId }: AccountSnapshot,
  compile: (document: PolicyDocument) => CompiledPolicy,
): OrganizationLevels => {
  if (!organization.known || organization.value === null) return {};
  const { managementAccountId, path } = organization.value;
  if (managementAccountId === accountId) return {};
  const levels = (type: 'scps' | 'rcps'): readonly Level[] | undefined =>
    path.some((level: OrganizationLevel) => level[type].length > 0)
      ? path.map((level) => level[type].map(({ name, document }) => ({ name, policy: compile(document) })))
      : undefined;
  const scps = levels('scps');
  const rcps = levels('rcps');
  return { ...(scps && { scps }), ...(rcps && { rcps }) };
};

/**
 * What an account's place in its organization says of the context of requests: of its principals' with the prefix
 * `aws:principal`, of those about its resources with `aws:resource`. Keys are in lower case.
 * Source: "AWS global condition context keys", IAM User Guide.
 */
export const organizationContext = (
  { organization }: AccountSnapshot,
  prefix: 'aws:principal' | 'aws:resource',
): readonly (readonly [key: string, value: readonly string[] | 'absent'])[] => {
  if (!organization.known) return [];
  const { value } = organization;
  if (value === null) return [`${prefix}orgid`, `${prefix}orgpaths`].map((key) => [key, 'absent'] as const);
  // Which units the account is in is told to few: that it has an organization, to all.
  if (value.path.length === 0) return [[`${prefix}orgid`, [value.id]]];
  const units = value.path.map(({ id }) => id).filter((id) => !/^\d{12}$/.test(id));
  return [
    [`${prefix}orgid`, [value.id]],
    [`${prefix}orgpaths`, [`${[value.id, ...units].join('/')}/`]],
  ];
};

/** What it says of requests about the account's resources, to be given with such a request. */
export const resourceOrganization = (snapshot: AccountSnapshot): RequestContext =>
  Object.fromEntries(
    organizationContext(snapshot, 'aws:resource').map(([key, value]) => [key, value === 'absent' ? null : value]),
  );
