import {
  GenerateServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsCommand,
  type GetServiceLastAccessedDetailsResponse,
  type ServiceLastAccessed,
} from '@aws-sdk/client-iam';
import { daysBetween, type Instant, parseInstant } from '../../kernel/time.ts';
import type { Progress } from '../../ports/progress.ts';
import type { LastAccessedDocument } from '../../snapshot/last-accessed.ts';
import type { RoleDetailDocument, UserDetailDocument } from '../../snapshot/snapshot-documents.ts';
import { allPages, isoTimeOrAbsent, required } from './answers.ts';
import type { CollectedDetails } from './authorization-details.ts';
import type { AwsSourceOptions, Timer } from './aws-source-options.ts';
import type { Identity } from './identity.ts';
import { type JobCache, noJobCache, openJobCache, type RememberedJob } from './job-cache.ts';
import type { ReadDocuments, Reader } from './reader.ts';

const LONGEST_WAIT_MS = 120_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/** What the jobs need beside the reader. */
interface JobContext extends Identity {
  readonly timer: Timer;
  readonly progress: Progress;
  readonly now: Instant;
  readonly options: Pick<AwsSourceOptions, 'lastAccessedCache' | 'endpointUrl'>;
}

/**
 * Which services, and where IAM tells it which actions, each user and role last used. That is one job a principal: one
 * call that asks for it and, since all are asked for before the first is read, mostly one that reads it. At the default
 * pace 1,000 principals take 2,000 calls and 100 seconds. What the cache remembers is not asked for again.
 */
export const collectLastAccessed = async (
  reader: Reader,
  details: CollectedDetails | null,
  context: JobContext,
): Promise<ReadDocuments> => {
  if (details === null) {
    noteUnknownPrincipals(reader);
    return {};
  }
  const { lastAccessedCache, endpointUrl } = context.options;
  const cache =
    lastAccessedCache === undefined ? noJobCache : openJobCache(lastAccessedCache, { ...context, endpointUrl });
  try {
    return await readSubjects(reader, subjectsOf(details, context.now), context, cache);
  } finally {
    cache.close();
  }
};

const readSubjects = async (
  reader: Reader,
  all: readonly Subject[],
  { timer, progress, now }: JobContext,
  cache: JobCache,
): Promise<ReadDocuments> => {
  const subjects = all.map((subject) => ({ ...subject, remembered: cache.find(keyOf(subject)) }));
  const unasked = subjects.filter(({ remembered }) => remembered === null);
  progress.phase('jobs on last accessed services', unasked.length);
  const ids = await reader.readEach(GENERATE, unasked, arnOf, async (subject) => {
    const jobId = await askFor(subject, reader);
    cache.keep(keyOf(subject), { kind: 'job', at: now, jobId });
    return jobId;
  });
  const jobs = [
    ...subjects.flatMap((subject) =>
      subject.remembered?.kind === 'job' ? [{ ...subject, JobId: subject.remembered.jobId }] : [],
    ),
    ...unasked.flatMap((subject, index) => {
      const JobId = ids?.[index];
      return typeof JobId === 'string' ? [{ ...subject, JobId }] : [];
    }),
  ];
  progress.phase('last accessed services', jobs.length);
  const answers = await reader.readEach('iam:GetServiceLastAccessedDetails', jobs, arnOf, async (job) => {
    const services = await readOrAskAnew(job, reader, timer);
    cache.keep(keyOf(job), { kind: 'answer', at: now, services });
    return services;
  });
  const told = jobs.flatMap(({ Arn }, index): readonly Told[] => {
    const services = answers?.[index];
    return services ? [[Arn, services]] : [];
  });
  return documentOf(reader, subjects, told);
};

const GENERATE = 'iam:GenerateServiceLastAccessedDetails';

type Told = readonly [arn: string, services: Services];
type RememberedSubject = Subject & { readonly remembered: RememberedJob | null };

/** What is told now and was remembered, in the order of the principals, as old as the oldest of it. */
const documentOf = (
  reader: Reader,
  subjects: readonly RememberedSubject[],
  toldNow: readonly Told[],
): ReadDocuments => {
  const told = new Map(toldNow);
  let oldest: Instant | null = null;
  for (const { Arn, remembered } of subjects) {
    if (remembered?.kind !== 'answer') continue;
    told.set(Arn, remembered.services);
    if (oldest === null || remembered.at < oldest) oldest = remembered.at;
  }
  if (subjects.length > 0 && told.size === 0) return {};
  if (oldest !== null) reader.noteSource('last-accessed', oldest);
  const inOrder = subjects.flatMap(({ Arn }) => {
    const services = told.get(Arn);
    return services === undefined ? [] : [[Arn, services] as const];
  });
  return { lastAccessed: Object.fromEntries(inOrder) };
};

/** Whose last use is asked for, and how closely. */
interface Subject {
  readonly Arn: string;
  /** Of one of the same name that was made anew, nothing that is remembered is true. */
  readonly id: string;
  readonly Granularity: 'ACTION_LEVEL' | 'SERVICE_LEVEL';
}

const arnOf = ({ Arn }: Subject): string => Arn;

const keyOf = ({ Arn, id, Granularity }: Subject): string => `${Arn} ${id} ${Granularity}`;

const askFor = async ({ Arn, Granularity }: Subject, { iam }: Reader): Promise<string> => {
  const { JobId } = await iam.send(new GenerateServiceLastAccessedDetailsCommand({ Arn, Granularity }));
  return required(JobId, 'JobId');
};

/** A job of an earlier run may be gone, or be another session's, to whom alone IAM tells of it. */
const readOrAskAnew = async (
  job: RememberedSubject & { readonly JobId: string },
  reader: Reader,
  timer: Timer,
): Promise<Services> => {
  try {
    return await readJob(reader, job.JobId, timer);
  } catch (error) {
    if (job.remembered === null) throw error;
    return readJob(reader, await askFor(job, reader), timer);
  }
};

/**
 * Whom to ask about: not the roles that AWS keeps, which the account cannot change; nobody who has no policy, for whom
 * the answer is empty; nobody younger than a day, for what they use shows only hours later.
 */
const subjectsOf = (
  { UserDetailList, RoleDetailList, GroupDetailList }: CollectedDetails,
  now: Instant,
): readonly Subject[] => {
  const groups = new Map(GroupDetailList.map((group) => [group.GroupName, group]));
  const everything = new Set([...groups.values()].filter(isAttachedEverything).map(({ GroupName }) => GroupName));
  const users = UserDetailList.filter(
    (user) =>
      (user.UserPolicyList?.length ?? 0) + (user.AttachedManagedPolicies?.length ?? 0) + (user.GroupList?.length ?? 0) >
      0,
  ).map((user) => ({
    ...user,
    id: user.UserId,
    isGivenAll: (user.GroupList ?? []).some((name) => everything.has(name)),
  }));
  const roles = RoleDetailList.filter(
    (role) =>
      !/^\/aws-(service-role|reserved)\//.test(role.Path) &&
      (role.RolePolicyList?.length ?? 0) + (role.AttachedManagedPolicies?.length ?? 0) > 0,
  ).map((role) => ({ ...role, id: role.RoleId, isGivenAll: false }));
  return [...users, ...roles]
    .filter(({ CreateDate }) => !isYoung(CreateDate, now))
    .map((principal) => ({
      Arn: principal.Arn,
      id: principal.id,
      // Of somebody who is given everything the actions are some 15,000 lines that nobody could do anything with.
      Granularity: principal.isGivenAll || isAttachedEverything(principal) ? 'SERVICE_LEVEL' : 'ACTION_LEVEL',
    }));
};

const isAttachedEverything = ({
  AttachedManagedPolicies = [],
}: Pick<UserDetailDocument | RoleDetailDocument, 'AttachedManagedPolicies'>): boolean =>
  AttachedManagedPolicies.some(({ PolicyArn }) => PolicyArn.endsWith(':iam::aws:policy/AdministratorAccess'));

const isYoung = (createDate: string, now: Instant): boolean => {
  const created = parseInstant(createDate);
  return created.ok && daysBetween(created.value, now) < 1;
};

type Services = LastAccessedDocument[string];

/** The answer of a job, waited for with pauses that double. */
const readJob = async ({ iam }: Reader, JobId: string, timer: Timer): Promise<Services> => {
  const fetch = (Marker?: string) =>
    iam.send(new GetServiceLastAccessedDetailsCommand({ JobId, Marker, MaxItems: 1000 }));
  let first: GetServiceLastAccessedDetailsResponse = await fetch();
  for (let waitedMs = 0, pauseMs = FIRST_PAUSE_MS; first.JobStatus === 'IN_PROGRESS'; ) {
    if (waitedMs >= LONGEST_WAIT_MS) {
      throw new Error(`the job was not done after ${LONGEST_WAIT_MS / 1000} seconds; try again later`);
    }
    await timer.sleep(pauseMs);
    waitedMs += pauseMs;
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    first = await fetch();
  }
  if (required(first.JobStatus, 'JobStatus') === 'FAILED') {
    throw new Error(['the job failed', first.Error?.Code, first.Error?.Message].filter(Boolean).join(': '));
  }
  return allPages(
    async (Marker) => (Marker === undefined ? first : fetch(Marker)),
    ({ ServicesLastAccessed }) => (ServicesLastAccessed ?? []).map(serviceDocument),
  );
};

const serviceDocument = (service: ServiceLastAccessed): Services[number] => ({
  ServiceNamespace: required(service.ServiceNamespace, 'ServiceNamespace'),
  LastAuthenticated: isoTimeOrAbsent(service.LastAuthenticated),
  TrackedActionsLastAccessed: service.TrackedActionsLastAccessed?.map(({ ActionName, LastAccessedTime }) => ({
    ActionName: required(ActionName, 'ActionName'),
    LastAccessedTime: isoTimeOrAbsent(LastAccessedTime),
  })),
});

const noteUnknownPrincipals = (reader: Reader): void =>
  reader.note({
    action: GENERATE,
    subject: null,
    reason: reader.gaps().some((gap) => gap.reason === 'denied') ? 'denied' : 'failed',
    detail: 'not asked: the authorization details could not be read for the users and roles',
  });
