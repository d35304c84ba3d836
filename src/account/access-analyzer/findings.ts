import { createHash } from 'node:crypto';
import type { Instant } from '../../kernel/time.ts';
import { serviceReference } from '../../reference/service-reference.ts';
import type { AccountState } from '../account-state.ts';
import {
  type AnalyzerState,
  DEFAULT_UNUSED_ACCESS_AGE,
  type FindingCriterion,
  type FindingFilter,
} from '../analyzer-state.ts';
import type { CloudState } from '../cloud-state.ts';
import { externalAccess, type Guarded } from './external-access.ts';
import { type UnusedAccess, unusedAccess } from './unused-access.ts';

/** A finding of an analyzer. */
export interface Finding {
  readonly id: string;
  readonly findingType: string;
  readonly resource: string;
  readonly resourceType: string;
  readonly resourceOwnerAccount: string;
  readonly status: 'ACTIVE' | 'ARCHIVED';
  readonly createdAt: Instant;
  /** Members of the union `FindingDetails`, each under its name. */
  readonly details: readonly Readonly<Record<string, object>>[];
  /** What filters can ask for, by AWS's names. */
  readonly properties: Readonly<Record<string, readonly string[]>>;
}

/** The findings of an analyzer about its account as it stands, by id. */
export const findingsOf = (
  cloud: CloudState,
  state: AccountState,
  analyzer: AnalyzerState,
  now: Instant,
): readonly Finding[] => {
  const drafts = analyzer.type.endsWith('UNUSED_ACCESS')
    ? unusedDrafts(state, analyzer, now)
    : externalDrafts(cloud, state, analyzer, now);
  return inOrder(drafts, state, analyzer);
};

/** The findings that an analyzer of external access would have about a resource with another policy. */
export const previewOf = (
  cloud: CloudState,
  state: AccountState,
  analyzer: AnalyzerState,
  now: Instant,
  resource: Guarded,
): readonly Finding[] => inOrder(externalDrafts(cloud, state, analyzer, now, [resource]), state, analyzer);

const inOrder = (drafts: readonly Draft[], state: AccountState, analyzer: AnalyzerState): readonly Finding[] =>
  drafts.map((draft) => finished(draft, state, analyzer)).toSorted((one, other) => (one.id < other.id ? -1 : 1));

interface Draft extends Pick<Finding, 'findingType' | 'resource' | 'resourceType' | 'details' | 'properties'> {
  /** What tells it from the other findings about the resource. */
  readonly part: unknown;
}

const externalDrafts = (
  cloud: CloudState,
  state: AccountState,
  analyzer: AnalyzerState,
  now: Instant,
  resources?: readonly Guarded[],
): Draft[] => {
  const trustsOrganization = analyzer.type === 'ORGANIZATION';
  const reference = serviceReference();
  const analysis = { cloud, state, reference, now, trustsOrganization, region: analyzer.region };
  return externalAccess(analysis, resources).map((access) => {
    const { resource, resourceType, principal, condition, actions, isPublic } = access;
    return {
      findingType: 'ExternalAccess',
      resource,
      resourceType,
      part: [principal, condition],
      details: [{ externalAccessDetails: { action: actions, condition, isPublic, principal } }],
      properties: {
        action: actions,
        isPublic: [String(isPublic)],
        ...Object.fromEntries(Object.entries(principal).map(([type, name]) => [`principal.${type}`, [name]])),
        ...Object.fromEntries(Object.entries(condition).map(([key, value]) => [`condition.${key}`, [value]])),
      },
    };
  });
};

const unusedDrafts = (state: AccountState, analyzer: AnalyzerState, now: Instant): Draft[] => {
  const { unusedAccessAgeDays, exclusions = [] } = analyzer;
  const rule = { ageDays: unusedAccessAgeDays ?? DEFAULT_UNUSED_ACCESS_AGE, exclusions };
  return unusedAccess(state, rule, now).map((access) => ({
    findingType: access.kind,
    resource: access.resource,
    resourceType: access.resource.includes(':role/') ? 'AWS::IAM::Role' : 'AWS::IAM::User',
    part: [access.kind, 'accessKeyId' in access ? access.accessKeyId : null],
    details: unusedDetails(access),
    properties: {},
  }));
};

const unusedDetails = (access: UnusedAccess): Finding['details'] => {
  switch (access.kind) {
    case 'UnusedIAMRole':
      return [{ unusedIamRoleDetails: { lastAccessed: access.lastAccessed } }];
    case 'UnusedIAMUserPassword':
      return [{ unusedIamUserPasswordDetails: { lastAccessed: access.lastAccessed } }];
    case 'UnusedIAMUserAccessKey': {
      const { accessKeyId, lastAccessed } = access;
      return [{ unusedIamUserAccessKeyDetails: { accessKeyId, lastAccessed } }];
    }
    case 'UnusedPermission':
      return access.services.map(({ service, lastAccessed, actions }) => ({
        unusedPermissionDetails: { serviceNamespace: service, lastAccessed, ...(actions && { actions }) },
      }));
  }
};

const finished = ({ part, ...draft }: Draft, { accountId }: AccountState, analyzer: AnalyzerState): Finding => {
  const digest = createHash('sha256')
    .update(JSON.stringify([analyzer.arn, analyzer.createdAt, draft.resource, part]))
    .digest('hex');
  const id = digest.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
  const properties = {
    ...draft.properties,
    id: [id],
    findingType: [draft.findingType],
    resource: [draft.resource],
    resourceType: [draft.resourceType],
    resourceOwnerAccount: [accountId],
  };
  const isArchived = analyzer.archiveRules.some(({ filter }) => fits(filter, { properties }));
  const status = analyzer.statuses.get(id) ?? (isArchived ? 'ARCHIVED' : 'ACTIVE');
  return {
    ...draft,
    id,
    resourceOwnerAccount: accountId,
    status,
    createdAt: analyzer.createdAt,
    properties: { ...properties, status: [status] },
  };
};

/** Whether a finding fulfils all criteria of a filter. */
export const fits = (filter: FindingFilter, finding: Pick<Finding, 'properties'>): boolean =>
  Object.entries(filter).every(([name, criterion]) => fulfils(criterion, propertyOf(finding, name)));

/** What a finding has under the name of a property, as filters write it; nothing for a name that it does not have. */
export const propertyOf = ({ properties }: Pick<Finding, 'properties'>, name: string): readonly string[] =>
  Object.hasOwn(properties, name) ? (properties[name] ?? []) : [];

const fulfils = ({ eq, neq, contains, exists }: FindingCriterion, values: readonly string[]): boolean =>
  (eq === undefined || values.some((value) => eq.includes(value))) &&
  (neq === undefined || !values.some((value) => neq.includes(value))) &&
  (contains === undefined || values.some((value) => contains.some((part) => value.includes(part)))) &&
  (exists === undefined || exists === values.length > 0);
