import { z } from 'zod';
import { ok, type Result } from '../../../kernel/result.ts';
import { daysBetween, type Instant } from '../../../kernel/time.ts';
import type { AccountState } from '../../account-state.ts';
import type { PolicyGenerationState } from '../../analyzer-state.ts';
import { type AwsError, awsError } from '../../aws-error.ts';
import { findReportSubject } from '../../last-access/report-subject.ts';
import { usesOf } from '../../last-access/uses.ts';
import { operation, readOperation } from '../../operation.ts';
import { newUuid } from '../../unique-id.ts';
import { instantInput } from '../instant-input.ts';
import { noSuch, pageOf, paging, refuse } from './analyzer-operation.ts';

const principalArn = z.string().regex(/^arn:[^:]*:iam::[^:]*:(?:role|user)\/.{1,576}$/);

/** Source: "IAM Access Analyzer policy generation", IAM User Guide: at most 90 days. */
const MOST_DAYS = 90;

/** `access-analyzer:StartPolicyGeneration`: of what a user or role called in the emulated account. */
const startPolicyGeneration = operation(
  'access-analyzer:StartPolicyGeneration',
  z.object({
    policyGenerationDetails: z.object({ principalArn }),
    cloudTrailDetails: z.object({ startTime: instantInput, endTime: instantInput.optional() }).optional(),
  }),
  (state, { policyGenerationDetails, cloudTrailDetails }, call) => {
    const { principalArn: arn } = policyGenerationDetails;
    const entity = findPrincipal(state, arn);
    if (entity === undefined) return noSuch(arn, 'principal');
    const since = cloudTrailDetails?.startTime ?? state.root.createDate;
    const until = cloudTrailDetails?.endTime ?? call.now;
    if (cloudTrailDetails !== undefined && (since >= until || daysBetween(since, until) > MOST_DAYS)) {
      const message = `The time range must be at most ${MOST_DAYS} days, and end after it starts.`;
      return awsError('ValidationException', message, { reason: 'fieldValidationFailed' });
    }
    const jobId = newUuid(call.random);
    const job: PolicyGenerationState = {
      jobId,
      principalArn: entity.arn,
      startedOn: call.now,
      since,
      status: 'SUCCEEDED',
    };
    return ok({ state: withJob(state, job), answer: { jobId } });
  },
  refuse,
);

const findPrincipal = (state: AccountState, arn: string) => {
  const subject = findReportSubject(state, arn);
  return subject.ok ? subject.value.entities.find((entity) => entity.arn === arn) : undefined;
};

const withJob = (state: AccountState, job: PolicyGenerationState): AccountState => ({
  ...state,
  policyGenerations: state.policyGenerations.set(job.jobId, job),
});

const findJob = (state: AccountState, jobId: string): Result<PolicyGenerationState, AwsError> => {
  const job = state.policyGenerations.get(jobId);
  if (job !== undefined) return ok(job);
  return awsError('ValidationException', `The job ${jobId} does not exist.`, { reason: 'other' });
};

const ofJob = z.object({ jobId: z.string() });

/** `access-analyzer:CancelPolicyGeneration`. A job is done as soon as it is asked for: there is nothing to cancel. */
const cancelPolicyGeneration = operation(
  'access-analyzer:CancelPolicyGeneration',
  ofJob,
  (state, { jobId }) => {
    const job = findJob(state, jobId);
    return job.ok ? ok({ state: withJob(state, { ...job.value, status: 'CANCELED' }), answer: {} }) : job;
  },
  refuse,
);

const summaryOf = ({ jobId, status, startedOn }: PolicyGenerationState) => ({
  jobId,
  status,
  startedOn,
  completedOn: startedOn,
});

/** `access-analyzer:GetGeneratedPolicy`. */
const getGeneratedPolicy = readOperation(
  'access-analyzer:GetGeneratedPolicy',
  ofJob,
  (state, { jobId }, call) => {
    const job = findJob(state, jobId);
    if (!job.ok) return job;
    const { principalArn: arn, status } = job.value;
    const policy = status === 'SUCCEEDED' ? generatedPolicy(state, job.value, call.now) : null;
    return ok({
      jobDetails: summaryOf(job.value),
      generatedPolicyResult: {
        properties: { principalArn: arn, isComplete: true },
        generatedPolicies: policy === null ? [] : [{ policy }],
      },
    });
  },
  refuse,
);

/** One statement for each service, as in the policies that AWS generates; what was never called has none. */
const generatedPolicy = (state: AccountState, { principalArn: arn, since }: PolicyGenerationState, now: Instant) => {
  const entity = findPrincipal(state, arn);
  const uses = entity === undefined ? [] : usesOf(state, entity, now);
  const actions = uses.filter(({ date }) => date >= since).map(({ action }) => action);
  const services = [...new Set(actions.map((action) => action.slice(0, action.indexOf(':'))))].toSorted();
  if (services.length === 0) return null;
  const Statement = services.map((service) => ({
    Effect: 'Allow',
    Action: actions.filter((action) => action.startsWith(`${service}:`)).toSorted(),
    Resource: '*',
  }));
  return JSON.stringify({ Version: '2012-10-17', Statement });
};

/** `access-analyzer:ListPolicyGenerations`: the latest first. */
const listPolicyGenerations = readOperation(
  'access-analyzer:ListPolicyGenerations',
  z.object({ ...paging.shape, principalArn: principalArn.optional() }),
  (state, { principalArn: arn, ...rest }) => {
    const jobs = [...state.policyGenerations.values()]
      .filter((job) => arn === undefined || job.principalArn === arn)
      .toSorted((one, other) => (one.startedOn > other.startedOn ? -1 : 1))
      .map((job) => ({ ...summaryOf(job), principalArn: job.principalArn }));
    return pageOf('ListPolicyGenerations', 'policyGenerations', jobs, rest);
  },
  refuse,
);

/** The operations of Access Analyzer that make policies of what was called. */
export const policyGenerationOperations = [
  startPolicyGeneration,
  cancelPolicyGeneration,
  getGeneratedPolicy,
  listPolicyGenerations,
];
