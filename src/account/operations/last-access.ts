import { z } from 'zod';
import { friendlyName, parseArn } from '../../iam/arn.ts';
import { ok } from '../../kernel/result.ts';
import { serviceNames } from '../../reference/service-names.ts';
import { awsError } from '../aws-error.ts';
import { grantedActions } from '../last-access/granted-actions.ts';
import { findReportSubject } from '../last-access/report-subject.ts';
import { entityDetails, servicesLastAccessed } from '../last-access/service-report.ts';
import { operation, readOperation } from '../operation.ts';
import { compiledPolicy } from '../simulate/simulation.ts';
import { policiesOfHolder, type SourcePolicy } from '../simulate/source-policies.ts';
import { newUuid } from '../unique-id.ts';
import { arnText, paging } from './input.ts';
import { askerOf, polledReport, withReport } from './last-access-jobs.ts';
import { page, wholeList } from './page.ts';
import { findPolicySource } from './policy-source.ts';

const serviceNamespace = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w-]*$/);

const jobId = z.string().length(36);

/** `iam:GenerateServiceLastAccessedDetails`. */
const generateServiceLastAccessedDetails = operation(
  'iam:GenerateServiceLastAccessedDetails',
  z.object({ Arn: arnText, Granularity: z.enum(['SERVICE_LEVEL', 'ACTION_LEVEL']).default('SERVICE_LEVEL') }),
  (state, input, call) => {
    const subject = findReportSubject(state, input.Arn);
    if (!subject.ok) return subject;
    const arn = parseArn(input.Arn);
    if (!arn.ok) return awsError('InvalidInput', `Invalid Arn: ${input.Arn}`);
    const JobId = newUuid(call.random);
    const report = {
      kind: 'service',
      jobId: JobId,
      askedBy: askerOf(state, call),
      createdAt: call.now,
      polls: 0,
      arn: arn.value,
      granularity: input.Granularity,
    } as const;
    return ok({ state: withReport(state, report), answer: { JobId } });
  },
);

const ofJob = z.object({ JobId: jobId, ...paging });

/** `iam:GetServiceLastAccessedDetails`. */
const getServiceLastAccessedDetails = operation('iam:GetServiceLastAccessedDetails', ofJob, (before, input, call) => {
  const polled = polledReport(before, 'service', input.JobId, call);
  if (!polled.ok) return polled;
  const { report, state, isReady } = polled.value;
  const dates = { JobCreationDate: report.createdAt, JobCompletionDate: isReady ? report.createdAt : undefined };
  if (!isReady) return ok({ state, answer: { JobStatus: 'IN_PROGRESS', ...dates, IsTruncated: false } });
  const subject = findReportSubject(state, report.arn);
  if (!subject.ok) return subject;
  const all = servicesLastAccessed(state, subject.value, report.granularity === 'ACTION_LEVEL', call.now);
  const services = page('GetServiceLastAccessedDetails', input, wholeList(all));
  if (!services.ok) return services;
  const { items, more } = services.value;
  return ok({
    state,
    answer: { JobStatus: 'COMPLETED', JobType: report.granularity, ...dates, ServicesLastAccessed: items, ...more },
  });
});

/** `iam:GetServiceLastAccessedDetailsWithEntities`. */
const getDetailsWithEntities = operation(
  'iam:GetServiceLastAccessedDetailsWithEntities',
  ofJob.extend({ ServiceNamespace: serviceNamespace }),
  (before, input, call) => {
    const polled = polledReport(before, 'service', input.JobId, call);
    if (!polled.ok) return polled;
    if (!serviceNames().has(input.ServiceNamespace)) {
      // The word is misspelled in AWS's own answer.
      const message = `Service namepace ${input.ServiceNamespace} is either invalid or unsupported.`;
      return awsError('InvalidInput', message);
    }
    const { report, state, isReady } = polled.value;
    const dates = { JobCreationDate: report.createdAt, JobCompletionDate: isReady ? report.createdAt : undefined };
    if (!isReady) return ok({ state, answer: { JobStatus: 'IN_PROGRESS', ...dates, IsTruncated: false } });
    const subject = findReportSubject(state, report.arn);
    if (!subject.ok) return subject;
    const all = entityDetails(state, subject.value, input.ServiceNamespace, call.now);
    const entities = page('GetServiceLastAccessedDetailsWithEntities', input, wholeList(all));
    if (!entities.ok) return entities;
    const { items, more } = entities.value;
    return ok({ state, answer: { JobStatus: 'COMPLETED', ...dates, EntityDetailsList: items, ...more } });
  },
);

/** `iam:ListPoliciesGrantingServiceAccess`: each policy is asked by itself. */
const listPoliciesGrantingServiceAccess = readOperation(
  'iam:ListPoliciesGrantingServiceAccess',
  z.object({
    Arn: arnText,
    ServiceNamespaces: z.array(serviceNamespace).min(1).max(200),
    Marker: z.string().min(1).max(320).optional(),
  }),
  (state, input) => {
    const unknown = input.ServiceNamespaces.filter((service) => !serviceNames().has(service));
    if (unknown.length > 0) return awsError('InvalidInput', `Invalid service namespace: [${unknown.join(', ')}]`);
    const holder = findPolicySource(state, input.Arn);
    if (!holder.ok) return holder;
    const policies = policiesOfHolder(state, holder.value)
      .map((policy) => ({ view: grantingPolicy(policy), granted: grantedActions([compiledPolicy(policy.document)]) }))
      .toSorted((a, b) => (a.view.PolicyName < b.view.PolicyName ? -1 : 1));
    const entries = input.ServiceNamespaces.map((service) => ({
      ServiceNamespace: service,
      Policies: policies.filter(({ granted }) => granted.has(service)).map(({ view }) => view),
    }));
    const services = page('ListPoliciesGrantingServiceAccess', { ...input, MaxItems: 100 }, wholeList(entries));
    return services.ok ? ok({ PoliciesGrantingServiceAccess: services.value.items, ...services.value.more }) : services;
  },
);

/** The shape `PolicyGrantingServiceAccess`. */
const grantingPolicy = ({ id, origin }: SourcePolicy) =>
  origin?.kind === 'inline'
    ? {
        PolicyName: origin.policyName,
        PolicyType: 'INLINE',
        EntityType: origin.holder.toUpperCase(),
        EntityName: origin.holderName,
      }
    : {
        PolicyName: origin === null ? id : friendlyName(origin.arn),
        PolicyType: 'MANAGED',
        PolicyArn: origin?.arn,
      };

/** The reports on the services that somebody last accessed. */
export const lastAccessOperations = [
  generateServiceLastAccessedDetails,
  getServiceLastAccessedDetails,
  getDetailsWithEntities,
  listPoliciesGrantingServiceAccess,
];
