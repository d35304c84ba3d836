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
import type { Timer } from './aws-source-options.ts';
import type { ReadDocuments, Reader } from './reader.ts';

const LONGEST_WAIT_MS = 120_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/** What the jobs need beside the reader. */
interface JobContext {
  readonly timer: Timer;
  readonly progress: Progress;
  readonly now: Instant;
}

/**
 * Which services, and where IAM tells it which actions, each user and role last used. That is one job a principal: one
 * call that asks for it and, since all are asked for before the first is read, mostly one that reads it. At the default
 * pace 1,000 principals take 2,000 calls and 100 seconds.
 */
export const collectLastAccessed = async (
  reader: Reader,
  details: CollectedDetails | null,
  { timer, progress, now }: JobContext,
): Promise<ReadDocuments> => {
  if (details === null) {
    noteUnknownPrincipals(reader);
    return {};
  }
  const subjects = subjectsOf(details, now);
  progress.phase('jobs on last accessed services', subjects.length);
  const ids = await reader.readEach(
    'iam:GenerateServiceLastAccessedDetails',
    subjects,
    ({ Arn }) => Arn,
    async ({ Arn, Granularity }) => {
      const { JobId } = await reader.iam.send(new GenerateServiceLastAccessedDetailsCommand({ Arn, Granularity }));
      return required(JobId, 'JobId');
    },
  );
  if (ids === null) return {};
  const jobs = subjects.flatMap(({ Arn }, index) => {
    const JobId = ids[index];
    return typeof JobId === 'string' ? [{ Arn, JobId }] : [];
  });
  progress.phase('last accessed services', jobs.length);
  const answers = await reader.readEach(
    'iam:GetServiceLastAccessedDetails',
    jobs,
    ({ Arn }) => Arn,
    ({ JobId }) => readJob(reader, JobId, timer),
  );
  if (answers === null) return {};
  return {
    lastAccessed: Object.fromEntries(
      jobs.flatMap(({ Arn }, index) => {
        const services = answers[index];
        return services ? [[Arn, services]] : [];
      }),
    ),
  };
};

/**
 * Whom to ask about: not the roles that AWS keeps, which the account cannot change; nobody who has no policy, for whom
 * the answer is empty; nobody younger than a day, for what they use shows only hours later.
 */
const subjectsOf = ({ UserDetailList, RoleDetailList, GroupDetailList }: CollectedDetails, now: Instant) => {
  const groups = new Map(GroupDetailList.map((group) => [group.GroupName, group]));
  const everything = new Set([...groups.values()].filter(isAttachedEverything).map(({ GroupName }) => GroupName));
  const users = UserDetailList.filter(
    (user) =>
      (user.UserPolicyList?.length ?? 0) + (user.AttachedManagedPolicies?.length ?? 0) + (user.GroupList?.length ?? 0) >
      0,
  ).map((user) => ({ ...user, isGivenAll: (user.GroupList ?? []).some((name) => everything.has(name)) }));
  const roles = RoleDetailList.filter(
    (role) =>
      !/^\/aws-(service-role|reserved)\//.test(role.Path) &&
      (role.RolePolicyList?.length ?? 0) + (role.AttachedManagedPolicies?.length ?? 0) > 0,
  ).map((role) => ({ ...role, isGivenAll: false }));
  return [...users, ...roles]
    .filter(({ CreateDate }) => !isYoung(CreateDate, now))
    .map((principal) => ({
      Arn: principal.Arn,
      // Of somebody who is given everything the actions are some 15,000 lines that nobody could do anything with.
      Granularity:
        principal.isGivenAll || isAttachedEverything(principal)
          ? ('SERVICE_LEVEL' as const)
          : ('ACTION_LEVEL' as const),
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
    action: 'iam:GenerateServiceLastAccessedDetails',
    subject: null,
    reason: reader.gaps().some((gap) => gap.reason === 'denied') ? 'denied' : 'failed',
    detail: 'not asked: the authorization details could not be read for the users and roles',
  });
