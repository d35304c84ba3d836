import { friendlyName, iamArn } from '../../../iam/arn.ts';
import type { Role } from '../../../snapshot/account-snapshot.ts';
import { defineCheck } from '../../define-check.ts';
import { isManagedByAws } from '../../facts/managed-by-aws.ts';

/** How many names the evidence holds. */
const MOST_NAMED = 20;

/** Services that run what people bring. */
const RUNNING: ReadonlySet<string> = new Set(
  [
    'ec2',
    'ecs-tasks',
    'eks',
    'lambda',
    'batch',
    'codebuild',
    'sagemaker',
    'glue',
    'apprunner',
    'build.apprunner',
    'elasticmapreduce',
    'states',
  ].map((service) => `${service}.amazonaws.com`),
);

/** The management account of an organization runs something. */
export const managementAccountRunsWorkloads = defineCheck({
  id: 'management-account-runs-workloads',
  title: 'Management account of the organization runs workloads',
  category: 'account',
  severity: 'medium',
  resourceType: 'Account',
  reads: ['organization', 'roles', 'resources'],
  doc: {
    what: 'Whether the management account has roles that services which run people’s code take on (EC2, Lambda, ECS, CodeBuild, …), functions, queues, tables or repositories of images. Buckets, keys and topics are left out: logs and bills need them. Of other accounts nothing is said.',
    risk: 'No SCP limits anybody in the management account, and whoever breaks out of a workload there reaches every account of the organization.',
    remediation: [
      'Move what runs there into a member account.',
      'Then delete its roles, so that nothing can be started as them again.',
    ],
    references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices_mgmt-acct.html'],
  },
  frameworks: ['cis-aws-7.0:2.1.3'],
  defaults: {},

  *run({ organization, roles, resources, partition, accountId }) {
    const subject = { arn: iamArn(partition, accountId, 'root') };
    if (!organization.known) {
      if (organization.gap.reason !== 'skipped') yield { subject, outcome: 'unknown', gap: organization.gap };
      return;
    }
    if (organization.value?.managementAccountId !== accountId) return;
    const running = roles
      .filter((role) => !isManagedByAws(role) && isTakenOnByCode(role))
      .map(({ roleName }) => roleName);
    const found = (resources.known ? resources.value : [])
      .filter(({ service }) => WORKLOADS.has(service))
      .map(({ service, arn, name }) => `${service} ${name === arn ? friendlyName(arn) : name}`);
    if (running.length + found.length === 0 && !resources.known && resources.gap.reason !== 'skipped') {
      yield { subject, outcome: 'unknown', gap: resources.gap };
      return;
    }
    yield {
      subject,
      outcome: running.length + found.length === 0 ? 'pass' : 'fail',
      evidence: {
        roleCount: running.length,
        resourceCount: found.length,
        roles: running.sort().slice(0, MOST_NAMED),
        resources: found.sort().slice(0, MOST_NAMED),
      },
    };
  },

  summary: ({ roleCount, resourceCount }) =>
    `The management account has ${counted(roleCount, 'role')} for code that runs there, and ${counted(resourceCount, 'function, queue, table or repository', 'functions, queues, tables or repositories')}.`,
});

const WORKLOADS: ReadonlySet<string> = new Set(['lambda', 'sqs', 'dynamodb', 'ecr', 'ec2', 'ecs', 'rds']);

const isTakenOnByCode = ({ trustPolicy }: Role): boolean =>
  trustPolicy.statements.some(
    ({ effect, principal }) =>
      effect === 'Allow' && principal?.service.some((service) => RUNNING.has(service.toLowerCase())) === true,
  );

const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count === 0 ? 'no' : count} ${count === 1 ? noun : plural}`;
