import { accessKey, password } from '../../../src/snapshot/testing/credential-builder.ts';
import { allow, trusts } from '../../../src/snapshot/testing/policy-builder.ts';
import { resource } from '../../../src/snapshot/testing/resource-builder.ts';
import { managedPolicy, role, snapshot, user } from '../../../src/snapshot/testing/snapshot-builder.ts';
import { each, type LabelledAccount } from '../labelled-account.ts';

const OWN = '123456789012';
const GITHUB = 'token.actions.githubusercontent.com';
const grant = (Action: string | readonly string[], more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...more,
});
const document = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });
const when = (operator: string, key: string, value: string) => ({ Condition: { [operator]: { [key]: value } } });
const everybody = { Effect: 'Allow', Principal: '*' };

/** What roles may do, each by the policy of its name. */
const POLICIES: Readonly<Record<string, unknown>> = {
  // https://github.com/prowler-cloud/prowler/issues/2770
  'search-domain': document(
    grant(['es:List*', 'es:Get*', 'es:Describe*']),
    grant('es:*', { Resource: 'arn:aws:es:us-west-2:123456789012:domain/clients/*' }),
  ),
  // https://github.com/prowler-cloud/prowler/issues/3807
  'stack-maker': document(grant(['cloudformation:CreateStack', 'cloudformation:DescribeStacks'])),
  // https://github.com/prowler-cloud/prowler/issues/2220, https://github.com/prowler-cloud/prowler/issues/2526
  'endpoint-reader': document(grant(['glue:GetDevEndpoint', 'glue:GetDevEndpoints'])),
  // https://github.com/bridgecrewio/checkov/issues/990
  'metrics-writer': document(grant('cloudwatch:PutMetricData', when('StringEquals', 'cloudwatch:namespace', 'Shop'))),
  // https://github.com/salesforce/cloudsplaining/issues/190
  'trace-writer': document(grant(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'])),
  // https://github.com/aquasecurity/tfsec/issues/888
  'assessment-starter': document(grant('inspector:StartAssessmentRun')),
  // https://github.com/salesforce/cloudsplaining/issues/195
  'image-puller': document(
    grant(['ecr:GetAuthorizationToken', 'ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer']),
    grant(['ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:GetRepositoryPolicy', 'ecr:ListTagsForResource']),
  ),
  // https://github.com/salesforce/cloudsplaining/issues/278
  'image-runner': document(grant('ec2:RunInstances', when('StringEquals', 'ec2:Owner', OWN))),
  // https://github.com/salesforce/cloudsplaining/issues/97
  'sessions-revoked': document(grant('s3:GetObject', { Resource: 'arn:aws:s3:::app/*' }), {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    ...when('DateLessThan', 'aws:TokenIssueTime', '2025-06-01T00:00:00Z'),
  }),
  // https://github.com/nccgroup/PMapper/issues/58
  'command-sender': document(
    grant(['ds:DescribeDirectories', 'ec2:DescribeInstanceStatus', 'ssm:SendCommand', 'ec2messages:*']),
  ),
  // https://github.com/prowler-cloud/prowler/pull/8530
  'role-passer': document(grant('iam:PassRole', { Resource: 'arn:aws:iam::*:role/machines' })),
  // https://github.com/bridgecrewio/checkov/issues/1392
  'tagged-maker': document(grant('ds:CreateIdentityPoolDirectory', when('StringEquals', 'aws:RequestTag/tribe', 'a'))),
};

const policies = Object.entries(POLICIES).map(([name, text]) => managedPolicy(name, text));
// https://github.com/nccgroup/PMapper/issues/121
const onlyBoundary = managedPolicy('only-boundary', allow(['s3:*', 'sqs:*']), {
  attachmentCount: 0,
  permissionsBoundaryUsageCount: 1,
});
// https://github.com/nccgroup/ScoutSuite/issues/833
const autoScaling = managedPolicy('AutoScalingServiceRolePolicy', allow('iam:PassRole'), {
  awsManaged: true,
  path: '/aws-service-role/',
});

const administratorAccess = managedPolicy('AdministratorAccess', allow('*'), { awsManaged: true });

const bucket = (name: string, ...statements: readonly object[]) =>
  resource(`arn:aws:s3:::${name}`, {
    policy: statements.map((statement) => ({ Resource: `arn:aws:s3:::${name}/*`, ...statement })),
  });
const regional = (service: string, name: string, statement: object) => {
  const text = `arn:aws:${service}:eu-west-1:${OWN}:${name}`;
  return resource(text, { policy: [{ ...everybody, Resource: text, ...statement }] });
};

/** What users of Prowler, Cloudsplaining, ScoutSuite and others reported as wrong findings, each with its thread. */
export const falseAlarmsAccount: LabelledAccount = {
  name: 'an account of other tools’ false alarms',
  now: '2026-01-01T00:00:00Z',
  snapshot: snapshot({
    managedPolicies: [...policies, onlyBoundary, autoScaling, administratorAccess],
    users: [
      user('service_github_actions', {
        createDate: '2025-12-01T00:00:00Z',
        accessKeys: [accessKey({ accessKeyId: 'AKIAGITHUB', createDate: '2025-12-03T00:00:00Z', lastUsed: null })],
      }),
      user('rotated-often', {
        accessKeys: [accessKey({ accessKeyId: 'AKIAOFTEN', createDate: '2025-12-28T00:00:00Z', lastUsed: null })],
      }),
      user('console-closed', { password: password({ enabled: false, lastUsed: '2025-02-01T00:00:00Z' }) }),
      user('disabled', { password: password({ enabled: false, lastUsed: null }) }),
    ],
    roles: [
      ...policies.map((policy) => role(policy.policyName, { attachedManagedPolicies: [policy] })),
      role('bounded', { permissionsBoundary: onlyBoundary }),
      role('AWSServiceRoleForAutoScaling', {
        path: '/aws-service-role/autoscaling.amazonaws.com/',
        attachedManagedPolicies: [autoScaling],
        trustPolicy: trusts({ Service: 'autoscaling.amazonaws.com' }),
      }),
      role('AWSServiceRoleForAmazonGuardDuty', {
        path: '/aws-service-role/guardduty.amazonaws.com/',
        trustPolicy: trusts({ Service: 'guardduty.amazonaws.com' }),
      }),
      role('AWSServiceRoleForSupport', {
        path: '/aws-service-role/support.amazonaws.com/',
        trustPolicy: trusts({ Service: 'support.amazonaws.com' }),
      }),
      role('administrator-of-no-machine', {
        attachedManagedPolicies: [administratorAccess],
        trustPolicy: trusts({ Service: 'ec2.amazonaws.com' }),
      }),
      role('machines', { trustPolicy: trusts({ Service: 'ec2.amazonaws.com' }) }),
      role('function-runner', { path: '/service-role/', trustPolicy: trusts({ Service: 'lambda.amazonaws.com' }) }),
      role('one-function', {
        trustPolicy: trusts(
          { Service: 'lambda.amazonaws.com' },
          { StringEquals: { 'aws:SourceArn': `arn:aws:lambda:us-east-1:${OWN}:function:internal` } },
        ),
      }),
      role('own-account-with-mfa', {
        trustPolicy: trusts(
          { AWS: `arn:aws:iam::${OWN}:root` },
          { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } },
        ),
      }),
      role('one-repository', {
        trustPolicy: {
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Principal: { Federated: `arn:aws:iam::${OWN}:oidc-provider/${GITHUB}` },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { 'ForAllValues:StringLike': { [`${GITHUB}:sub`]: 'repo:BishopFox/cloudfox:*' } },
          },
        },
      }),
      role('service-role-of-two', {
        trustPolicy: trusts({ Service: ['scheduler.amazonaws.com', 'events.amazonaws.com'] }),
      }),
    ],
    resources: [
      bucket('from-one-vpc', {
        ...everybody,
        Action: 's3:*',
        ...when('StringEquals', 'aws:SourceVpc', 'vpc-0a1b2c3d'),
      }),
      bucket('from-own-services', {
        ...everybody,
        Action: 's3:PutObject',
        ...when('StringLike', 'aws:SourceAccount', OWN),
      }),
      bucket('uploads'),
      regional('sqs', 'from-foreign-topic', {
        Action: 'sqs:SendMessage',
        ...when('ArnEquals', 'aws:SourceArn', 'arn:aws:sns:eu-west-1:555555555555:news'),
      }),
      regional('sqs', 'all-from-own-topic', {
        Action: 'SQS:*',
        ...when('ArnEquals', 'aws:SourceArn', `arn:aws:sns:us-east-1:${OWN}:news`),
      }),
      regional('lambda', 'function:own-account', {
        Action: 'lambda:InvokeFunction',
        ...when('StringEquals', 'AWS:SourceAccount', OWN),
      }),
      regional('sns', 'default', {
        Action: ['SNS:GetTopicAttributes', 'SNS:SetTopicAttributes', 'SNS:AddPermission', 'SNS:Publish'],
        ...when('StringEquals', 'AWS:SourceOwner', OWN),
      }),
      regional('kms', 'key/own-callers', {
        Action: 'kms:*',
        Resource: '*',
        ...when('StringEquals', 'kms:CallerAccount', OWN),
      }),
    ],
  }),
  findings: {
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'managed-policy-grants-everything': { 'policy/AdministratorAccess': 'a role holds it' },
    // https://github.com/prowler-cloud/prowler/pull/9213: a list of services was passed over.
    'role-trusts-service-without-source': each(
      'the second false alarm’s other side: a service that does send its source, in a list of services',
      'role/service-role-of-two scheduler.amazonaws.com',
    ),
  },
  traps: {
    'role/search-domain': 'prowler#2770: no action of IAM, nor any that comes to one',
    'role/stack-maker': 'prowler#3807: a stack without a role acts with the rights of who makes it',
    'role/endpoint-reader': 'prowler#2220, #2526: reads an endpoint, and cannot change its key',
    'role/metrics-writer': 'checkov#990: an action that knows no resource, confined by a condition',
    'role/trace-writer': 'cloudsplaining#190: actions that know no resource',
    'role/assessment-starter': 'tfsec#888: an action that knows no resource',
    'role/image-puller': 'cloudsplaining#195: pulls images, and one of its actions knows no resource',
    'role/image-runner': 'cloudsplaining#278: machines of images of one owner, and no role to pass',
    'role/sessions-revoked': 'cloudsplaining#97: the statement on everything is a Deny',
    'role/command-sender': 'PMapper#58: commands to every machine, and none runs as the administrator',
    'role/role-passer': 'prowler#8530: passes a role, and can start nothing that it could run',
    'role/tagged-maker': 'checkov#1392: a condition on what is made',
    'policy/only-boundary': 'PMapper#121: attached to nobody, and the boundary of a role',
    'user/service_github_actions': 'prowler#513: no password, so that the key is what it was made for',
    'user/rotated-often': 'prowler#645: a key of four days, not used yet',
    'user/console-closed': 'prowler#3176: signed in long ago, and has no password any more',
    'user/disabled': 'prowler#275: nothing that it could sign in with',
    'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling':
      'ScoutSuite#833: PassRole on everything, in a role that AWS alone can change',
    'role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty':
      'prowler#2314: its trust policy cannot be changed',
    'role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport': 'PMapper#108: nobody but AWS assumes it',
    'role/machines': 'prowler#2810: EC2 sends no key to ask for',
    'role/service-role/function-runner': 'prowler#2248, #7021: Lambda sends no key to ask for',
    'role/one-function': 'prowler#2792: the condition is there',
    'role/own-account-with-mfa': 'ScoutSuite#367: the account itself needs no ExternalId',
    'role/one-repository': 'cloudfox#118: ForAllValues, of a claim that each token has',
    'from-one-vpc': 'prowler#4257: everybody of one VPC',
    'from-own-services': 'steampipe-mod-aws-perimeter#9: services, for the own account',
    'from-foreign-topic': 'prowler#3199: one topic of another account, which somebody named',
    'all-from-own-topic': 'prowler#2565: one topic of the own account',
    'function:own-account': 'prowler#4870: services, for the own account',
    default: 'prowler#2697, cs-suite#23: the policy that the console gives a topic',
    'key/own-callers': 'prowler#849: the callers are of the own account',
  },
};
