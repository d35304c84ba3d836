import type { EscalationMethod } from '../escalation-method.ts';

const newJobDefinition = {
  id: 'batch-001',
  title: 'Pass a role to a new AWS Batch job definition and submit a job',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ecs-tasks.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'batch:RegisterJobDefinition', on: 'new' },
        { action: 'batch:SubmitJob', on: 'new', type: 'job-definition' },
        { action: 'batch:SubmitJob', on: 'new', type: 'job' },
        { action: 'batch:SubmitJob', on: 'existing', type: 'job-queue' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that tasks are meant to run as, with iam:PassedToService set to ecs-tasks.amazonaws.com.',
    'Grant batch:RegisterJobDefinition and batch:SubmitJob on named job definitions and queues.',
  ],
  references: [
    'https://docs.aws.amazon.com/batch/latest/APIReference/API_RegisterJobDefinition.html',
    'https://pathfinding.cloud/paths/batch-001',
  ],
} as const satisfies EscalationMethod;

const existingJobDefinition = {
  id: 'batch-002',
  title: 'Submit an AWS Batch job with a command of its own',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'ecs-tasks.amazonaws.com',
      requires: [
        { action: 'batch:SubmitJob', on: 'running', type: 'job-definition' },
        { action: 'batch:SubmitJob', on: 'new', type: 'job' },
        { action: 'batch:SubmitJob', on: 'existing', type: 'job-queue' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant batch:SubmitJob on named job definitions and queues.',
    'Give job definitions an image that takes no commands.',
  ],
  references: [
    'https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html',
    'https://pathfinding.cloud/paths/batch-002',
  ],
} as const satisfies EscalationMethod;

/** By which a job of AWS Batch runs code as a role. */
export const batchMethods: readonly EscalationMethod[] = [newJobDefinition, existingJobDefinition];
