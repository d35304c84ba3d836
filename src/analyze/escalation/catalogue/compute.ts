import type { EscalationMethod } from '../escalation-method.ts';

const newDataPipeline = {
  id: 'datapipeline-001',
  title: 'Pass a role to a new pipeline of AWS Data Pipeline',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: ['datapipeline.amazonaws.com', 'ec2.amazonaws.com'],
      requires: [
        { action: 'iam:PassRole' },
        { action: 'datapipeline:CreatePipeline', on: 'nothing' },
        { action: 'datapipeline:PutPipelineDefinition', on: 'new' },
        { action: 'datapipeline:ActivatePipeline', on: 'new' },
      ],
      facts: [{ unseen: 'an account that still may use AWS Data Pipeline' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Take datapipeline:CreatePipeline out of policies: the service is closed to new customers.'],
  references: [
    'https://docs.aws.amazon.com/datapipeline/latest/APIReference/API_PutPipelineDefinition.html',
    'https://pathfinding.cloud/paths/datapipeline-001',
  ],
} as const satisfies EscalationMethod;

const newFlinkApplication = {
  id: 'kinesisanalytics-001',
  title: 'Pass a role to a new application of Managed Service for Apache Flink',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'kinesisanalytics.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'kinesisanalytics:CreateApplication', on: 'nothing' },
        { action: 'kinesisanalytics:StartApplication', on: 'new' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that applications are meant to run as, with iam:PassedToService set to kinesisanalytics.amazonaws.com.',
  ],
  references: [
    'https://docs.aws.amazon.com/managed-flink/latest/apiv2/API_CreateApplication.html',
    'https://pathfinding.cloud/paths/kinesisanalytics-001',
  ],
} as const satisfies EscalationMethod;

const newWorkflowRun = {
  id: 'omics-001',
  title: 'Pass a role to a run of a new HealthOmics workflow',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'omics.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'omics:CreateWorkflow', on: 'nothing' },
        { action: 'omics:StartRun', on: 'new', type: 'run' },
        { action: 's3:GetObject', on: 'new', type: 'object' },
      ],
      facts: [{ unseen: 'a container image that HealthOmics may pull' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that workflow runs are meant to use, with iam:PassedToService set to omics.amazonaws.com.',
  ],
  references: [
    'https://docs.aws.amazon.com/omics/latest/api/API_StartRun.html',
    'https://pathfinding.cloud/paths/omics-001',
  ],
} as const satisfies EscalationMethod;

const newHybridJob = {
  id: 'braket-001',
  title: 'Pass a role to a new hybrid job of Amazon Braket',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'braket.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'braket:CreateJob', on: 'new' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that hybrid jobs are meant to run as, with iam:PassedToService set to braket.amazonaws.com.',
  ],
  references: [
    'https://docs.aws.amazon.com/braket/latest/APIReference/API_CreateJob.html',
    'https://pathfinding.cloud/paths/braket-001',
  ],
} as const satisfies EscalationMethod;

const newGameFleet = {
  id: 'gamelift-001',
  title: 'Pass a role to a new fleet of Amazon GameLift Servers',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'gamelift.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'gamelift:CreateBuild', on: 'nothing' },
        { action: 'gamelift:RequestUploadCredentials', on: 'new' },
        { action: 'gamelift:CreateFleet', on: 'nothing' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that game servers are meant to run as, with iam:PassedToService set to gamelift.amazonaws.com.',
  ],
  references: [
    'https://docs.aws.amazon.com/gamelift/latest/apireference/API_CreateFleet.html',
    'https://pathfinding.cloud/paths/gamelift-001',
  ],
} as const satisfies EscalationMethod;

/** By which services that run code for one purpose run it as a role. */
export const computeMethods: readonly EscalationMethod[] = [
  newDataPipeline,
  newFlinkApplication,
  newWorkflowRun,
  newHybridJob,
  newGameFleet,
];
