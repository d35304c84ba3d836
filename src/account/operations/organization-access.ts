import { z } from 'zod';
import { ok, type Result } from '../../kernel/result.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { Call } from '../call.ts';
import { accountAt, type CloudState, withAccount } from '../cloud-state.ts';
import { accessDetail, organizationAccess, type ServiceAccess } from '../last-access/organization-report.ts';
import { cloudOperation } from '../operation.ts';
import { organizationOf } from '../organization-membership.ts';
import type { OrganizationState } from '../organization-state.ts';
import { newUuid } from '../unique-id.ts';
import { paging } from './input.ts';
import { askerOf, polledReport, withReport } from './last-access-jobs.ts';
import { page, wholeList } from './page.ts';

const managedOrganization = (cloud: CloudState, { account }: Call): Result<OrganizationState, AwsError> => {
  const organization = organizationOf(cloud, account);
  return organization?.managementAccountId === account.accountId
    ? ok(organization)
    : awsError('AccessDenied', `Account ${account.accountId} is not the management account of an organization.`);
};

/** `iam:GenerateOrganizationsAccessReport`, for the management account alone. */
const generateReport = cloudOperation(
  'iam:GenerateOrganizationsAccessReport',
  z.object({
    EntityPath: z
      .string()
      .min(19)
      .max(427)
      .regex(/^o-[0-9a-z]{10,32}\/r-[0-9a-z]{4,32}[0-9a-z-/]*$/),
    OrganizationsPolicyId: z
      .string()
      .regex(/^p-[0-9a-zA-Z_]{8,128}$/)
      .optional(),
  }),
  (cloud, input, call) => {
    const organization = managedOrganization(cloud, call);
    if (!organization.ok) return organization;
    const asked = { entityPath: input.EntityPath, policyId: input.OrganizationsPolicyId ?? null };
    if (organizationAccess(cloud, organization.value, asked, call.now) === null) {
      return awsError('InvalidInput', `The entity path ${input.EntityPath} is not one of the organization.`);
    }
    const state = accountAt(cloud, call.account);
    const JobId = newUuid(call.random);
    const report = {
      kind: 'organization',
      jobId: JobId,
      askedBy: askerOf(state, call),
      createdAt: call.now,
      polls: 0,
      ...asked,
    } as const;
    return ok({ cloud: withAccount(cloud, withReport(state, report)), answer: { JobId } });
  },
);

const SORT_KEYS = [
  'SERVICE_NAMESPACE_ASCENDING',
  'SERVICE_NAMESPACE_DESCENDING',
  'LAST_AUTHENTICATED_TIME_ASCENDING',
  'LAST_AUTHENTICATED_TIME_DESCENDING',
] as const;

/** `iam:GetOrganizationsAccessReport`. */
const getReport = cloudOperation(
  'iam:GetOrganizationsAccessReport',
  z.object({
    JobId: z.string().length(36),
    SortKey: z.enum(SORT_KEYS).default('SERVICE_NAMESPACE_ASCENDING'),
    ...paging,
  }),
  (before, input, call) => {
    const polled = polledReport(accountAt(before, call.account), 'organization', input.JobId, call);
    if (!polled.ok) return polled;
    const { report, state, isReady } = polled.value;
    const cloud = withAccount(before, state);
    const JobCreationDate = report.createdAt;
    if (!isReady) return ok({ cloud, answer: { JobStatus: 'IN_PROGRESS', JobCreationDate, IsTruncated: false } });
    const organization = managedOrganization(cloud, call);
    if (!organization.ok) return organization;
    const services = organizationAccess(cloud, organization.value, report, call.now) ?? [];
    const details = page('GetOrganizationsAccessReport', input, wholeList(sorted(services, input.SortKey)));
    if (!details.ok) return details;
    const { items, more } = details.value;
    return ok({
      cloud,
      answer: {
        JobStatus: 'COMPLETED',
        JobCreationDate,
        JobCompletionDate: report.createdAt,
        NumberOfServicesAccessible: services.length,
        NumberOfServicesNotAccessed: services.filter(({ last }) => last === undefined).length,
        AccessDetails: items.map(accessDetail),
        ...more,
      },
    });
  },
);

const sorted = (services: readonly ServiceAccess[], key: (typeof SORT_KEYS)[number]): ServiceAccess[] => {
  const byTime = key.startsWith('LAST_AUTHENTICATED_TIME');
  const sortValue = ({ namespace, last }: ServiceAccess): string => (byTime ? (last?.date ?? '') : namespace);
  const sign = key.endsWith('_ASCENDING') ? 1 : -1;
  return services.toSorted((a, b) => sign * (sortValue(a) < sortValue(b) ? -1 : sortValue(a) > sortValue(b) ? 1 : 0));
};

/** The reports on the services that an organization's accounts last accessed. */
export const organizationAccessOperations = [generateReport, getReport];
