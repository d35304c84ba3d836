import { createOutsideAccess, type OutsideAccess } from '../../access/outside-access.ts';
import { type Outsider, outsiderName } from '../../access/outsider.ts';
import type { NamedPolicy } from '../../evaluate/applicable-policies.ts';
import type { Arn } from '../../iam/arn.ts';
import type { Instant } from '../../kernel/time.ts';
import { createPolicyCompiler } from '../../policy/compile-policy.ts';
import { parsePolicyDocument } from '../../policy/parse-policy-document.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';
import { hasBit } from '../../reference/bitset.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountState } from '../account-state.ts';
import type { CloudState } from '../cloud-state.ts';
import { isServiceLinked } from '../operations/protected-roles.ts';
import { organizationOf } from '../organization-membership.ts';
import { organizationPolicies } from '../organization-policies.ts';

/** Access that somebody outside the zone of trust has to a resource, under one condition. */
export interface ExternalAccess {
  readonly resource: Arn;
  /** As in CloudFormation: `AWS::IAM::Role`. */
  readonly resourceType: string;
  /** By type of principal, as in policies. */
  readonly principal: Readonly<Record<string, string>>;
  /** The condition keys of the statements that grant it, with their values. */
  readonly condition: Readonly<Record<string, string>>;
  readonly actions: readonly string[];
  readonly isPublic: boolean;
}

/** A resource with a policy of its own. */
export interface Guarded {
  readonly arn: Arn;
  readonly type: string;
  readonly service: string;
  readonly policy: PolicyDocument;
  readonly blocksPublicAccess: boolean;
}

/** The resources that Access Analyzer looks at, by service. Source: "Resource types for external access". */
const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  dynamodb: 'AWS::DynamoDB::Table',
  ecr: 'AWS::ECR::Repository',
  kms: 'AWS::KMS::Key',
  lambda: 'AWS::Lambda::Function',
  s3: 'AWS::S3::Bucket',
  secretsmanager: 'AWS::SecretsManager::Secret',
  sns: 'AWS::SNS::Topic',
  sqs: 'AWS::SQS::Queue',
};

const ROLE_TYPE = 'AWS::IAM::Role';

/** The type that Access Analyzer gives a resource of a service; a role's where the service has none. */
export const resourceTypeOf = (service: string): string => RESOURCE_TYPES[service] ?? ROLE_TYPE;

/** What an analysis of an account looks at, and what it takes for inside. */
export interface ExternalAnalysis {
  readonly cloud: CloudState;
  readonly state: AccountState;
  readonly reference: ServiceReference;
  readonly now: Instant;
  /** Whether the accounts of the organization are inside too. */
  readonly trustsOrganization: boolean;
  /** Roles are told of in every region, other resources in their own. */
  readonly region: string;
}

/** The access that principals outside the zone of trust have to the roles and resources of an account, or to some. */
export const externalAccess = (
  analysis: ExternalAnalysis,
  resources = guardedResources(analysis),
): readonly ExternalAccess[] => {
  const { cloud, state, reference, now } = analysis;
  const outside = createOutsideAccess(reference, now);
  const compile = createPolicyCompiler(reference);
  const organization = organizationPolicies(cloud, state);
  const rcps = organization?.levels.map(({ rcps: level }): NamedPolicy[] =>
    level.map(({ name, document }) => ({ name, policy: compile(parsePolicyDocument(document)) })),
  );
  const context = {
    trusted: trustedAccounts(analysis),
    outside,
    reference,
    owner: state.accountId,
    limits: rcps === undefined ? {} : { rcps },
    resourceInManagementAccount: organization?.managementAccountId === state.accountId,
  };
  return resources.flatMap((resource) => accessTo(resource, context));
};

const trustedAccounts = ({ cloud, state, trustsOrganization }: ExternalAnalysis): ReadonlySet<string> => {
  const members = trustsOrganization ? organizationOf(cloud, state)?.accounts.values() : undefined;
  return new Set([state.accountId, ...[...(members ?? [])].map(({ id }) => id)]);
};

/** The roles and resources of an account that an analyzer in a region looks at. */
export const guardedResources = ({ state, region }: Pick<ExternalAnalysis, 'state' | 'region'>): readonly Guarded[] => [
  ...[...state.roles.values()]
    .filter((role) => !isServiceLinked(role))
    .map(({ arn, assumeRolePolicyDocument }) => ({
      arn,
      type: ROLE_TYPE,
      service: 'sts',
      policy: parsePolicyDocument(assumeRolePolicyDocument),
      blocksPublicAccess: false,
    })),
  ...[...state.resources.values()].flatMap(({ arn, service, policy, attributes, ...resource }): Guarded[] => {
    if (policy === null || (attributes['region'] ?? resource.region) !== region) return [];
    const blocksPublicAccess = attributes['RestrictPublicBuckets'] === 'true';
    return [{ arn, type: resourceTypeOf(service), service, policy: parsePolicyDocument(policy), blocksPublicAccess }];
  }),
];

interface AccessContext {
  readonly trusted: ReadonlySet<string>;
  readonly outside: OutsideAccess;
  readonly reference: ServiceReference;
  readonly owner: string;
  readonly limits: { readonly rcps?: readonly (readonly NamedPolicy[])[] };
  readonly resourceInManagementAccount: boolean;
}

/** One entry for each outsider and each condition, with all actions that they have in common. */
const accessTo = (resource: Guarded, context: AccessContext): readonly ExternalAccess[] => {
  const { resourceInManagementAccount } = context;
  const found = new Map<string, ExternalAccess>();
  for (const action of grantedActions(resource, context.reference)) {
    const request = {
      ...context.limits,
      policy: { name: resource.arn, document: resource.policy },
      account: context.owner,
      action,
      resource: requestedResource(resource, action, context.reference),
      settings: { resourceInManagementAccount, s3: { blockPublicAccess: resource.blocksPublicAccess } },
    };
    for (const { outsider, decision } of context.outside.whoCan(request)) {
      if (isInside(outsider, context.trusted) || decision.kind === 'undetermined') continue;
      const statements = decision.grantedBy.map(({ statement }) => statement);
      const condition = decision.kind === 'allowed' ? {} : conditionsOf(resource.policy, statements);
      const key = JSON.stringify([outsiderName(outsider), outsider.kind === 'federated', condition]);
      const before = found.get(key);
      found.set(key, {
        resource: resource.arn,
        resourceType: resource.type,
        principal: principalOf(outsider),
        condition,
        actions: [...(before?.actions ?? []), action],
        isPublic: outsiderName(outsider) === '*' && Object.keys(condition).length === 0,
      });
    }
  }
  return [...found.values()];
};

/** The known actions that some Allow statement matches, those of the resource's service alone. */
const grantedActions = ({ service, policy }: Guarded, reference: ServiceReference): readonly string[] => {
  const patterns = policy.statements
    .filter(({ effect, action }) => effect === 'Allow' && action.kind === 'action')
    .flatMap(({ action }) => action.patterns);
  const everything = policy.statements.some(({ effect, action }) => effect === 'Allow' && action.kind === 'notAction');
  const matched = reference.matchActions(everything ? ['*'] : patterns);
  return reference.names.filter((name, position) => name.startsWith(`${service}:`) && hasBit(matched, position));
};

/** Objects of a bucket stand below it. */
const requestedResource = ({ arn, service }: Guarded, action: string, reference: ServiceReference): string => {
  const types = reference.describeAction(action)?.resourceTypes ?? [];
  return service === 's3' && types.some(({ name }) => name === 'object') ? `${arn}/object` : arn;
};

/** Services of AWS are nobody's outside, and neither is whoever is trusted. */
const isInside = (outsider: Outsider, trusted: ReadonlySet<string>): boolean =>
  outsider.kind === 'service' ||
  ((outsider.kind === 'account' || outsider.kind === 'principal') && trusted.has(outsider.account));

const principalOf = (outsider: Outsider): Readonly<Record<string, string>> => {
  if (outsider.kind === 'federated') return { Federated: outsider.provider };
  return outsider.kind === 'canonicalUser' ? { CanonicalUser: outsider.id } : { AWS: outsiderName(outsider) };
};

const conditionsOf = ({ statements }: PolicyDocument, granting: readonly number[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    statements
      .filter(({ index }) => granting.includes(index))
      .flatMap(({ conditions }) => conditions.map(({ key, values }) => [key, values.join(',')] as const)),
  );
