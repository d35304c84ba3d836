import type { EscalationMethod } from '../escalation-method.ts';
import { newInstanceProfile } from './instance-profile.ts';

const newCluster = {
  id: 'emr-001',
  title: 'Pass a role to the instances of a new EMR cluster',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'elasticmapreduce:RunJobFlow', on: 'nothing' }],
      facts: ['is-in-instance-profile', { unseen: 'a service role of EMR that the principal may pass' }],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        ...newInstanceProfile,
        { action: 'elasticmapreduce:RunJobFlow', on: 'nothing' },
      ],
      facts: [{ unseen: 'a service role of EMR that the principal may pass' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that the instances of clusters are meant to run as, with iam:PassedToService set to ec2.amazonaws.com.',
    'Grant elasticmapreduce:RunJobFlow only to those who start clusters.',
  ],
  references: [
    'https://docs.aws.amazon.com/emr/latest/APIReference/API_RunJobFlow.html',
    'https://pathfinding.cloud/paths/emr-001',
  ],
} as const satisfies EscalationMethod;

const stepOfCluster = {
  id: 'own-emr-steps',
  title: 'Add a step to an EMR cluster whose instances have the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [{ action: 'elasticmapreduce:AddJobFlowSteps', on: 'running', type: 'cluster' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant elasticmapreduce:AddJobFlowSteps on clusters with a tag of the team, with elasticmapreduce:ExecutionRoleArn set.',
  ],
  references: ['https://docs.aws.amazon.com/emr/latest/APIReference/API_AddJobFlowSteps.html'],
} as const satisfies EscalationMethod;

const newServerlessJob = {
  id: 'emrserverless-001',
  title: 'Pass a role to a job of EMR Serverless',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'emr-serverless.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'emr-serverless:CreateApplication', on: 'nothing' },
        { action: 'emr-serverless:StartJobRun', on: 'new', type: 'application' },
      ],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'emr-serverless.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'emr-serverless:StartJobRun', on: 'existing', type: 'application' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that jobs are meant to run as, with iam:PassedToService set to emr-serverless.amazonaws.com.',
  ],
  references: [
    'https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_StartJobRun.html',
    'https://pathfinding.cloud/paths/emrserverless-001',
  ],
} as const satisfies EscalationMethod;

/** By which Amazon EMR runs steps and jobs as a role. */
export const emrMethods: readonly EscalationMethod[] = [newCluster, stepOfCluster, newServerlessJob];
