import type { EscalationMethod } from '../escalation-method.ts';

const newClusterAndService = {
  id: 'ecs-001',
  title: 'Pass a role to a new ECS task definition and run it as a service of a new cluster',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ecs-tasks.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'ecs:CreateCluster', on: 'new' },
        { action: 'ecs:RegisterTaskDefinition', on: 'new' },
        { action: 'ecs:CreateService', on: 'new' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that tasks are meant to run as, with iam:PassedToService set to ecs-tasks.amazonaws.com.',
    'Grant ecs:CreateService with ecs:cluster set to named clusters.',
  ],
  references: [
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html',
    'https://pathfinding.cloud/paths/ecs-001',
  ],
} as const satisfies EscalationMethod;

const newClusterAndTask = {
  id: 'ecs-002',
  title: 'Pass a role to a new ECS task definition and run it in a new cluster',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ecs-tasks.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'ecs:CreateCluster', on: 'new' },
        { action: 'ecs:RegisterTaskDefinition', on: 'new' },
        { action: 'ecs:RunTask', on: 'new', type: 'task-definition' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that tasks are meant to run as, with iam:PassedToService set to ecs-tasks.amazonaws.com.',
    'Grant ecs:RunTask on named task definitions, with ecs:cluster set.',
  ],
  references: [
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html',
    'https://pathfinding.cloud/paths/ecs-002',
  ],
} as const satisfies EscalationMethod;

const newService = {
  id: 'ecs-003',
  title: 'Pass a role to a new ECS task definition and run it as a service',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ecs-tasks.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'ecs:RegisterTaskDefinition', on: 'new' },
        { action: 'ecs:CreateService', on: 'new' },
      ],
      facts: [{ unseen: 'a cluster of ECS' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that tasks are meant to run as, with iam:PassedToService set to ecs-tasks.amazonaws.com.',
    'Grant ecs:CreateService with ecs:cluster set to named clusters.',
  ],
  references: [
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html',
    'https://pathfinding.cloud/paths/ecs-003',
  ],
} as const satisfies EscalationMethod;

const newTask = {
  id: 'ecs-004',
  title: 'Pass a role to a new ECS task definition and run it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ecs-tasks.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'ecs:RegisterTaskDefinition', on: 'new' },
        { action: 'ecs:RunTask', on: 'new', type: 'task-definition' },
      ],
      facts: [{ unseen: 'a cluster of ECS' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that tasks are meant to run as, with iam:PassedToService set to ecs-tasks.amazonaws.com.',
    'Grant ecs:RunTask on named task definitions, with ecs:cluster set.',
  ],
  references: [
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html',
    'https://pathfinding.cloud/paths/ecs-004',
  ],
} as const satisfies EscalationMethod;

const newTaskOnContainerInstance = {
  id: 'ecs-005',
  title: 'Pass a role to a new ECS task definition and start it on a container instance',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ecs-tasks.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'ecs:RegisterTaskDefinition', on: 'new' },
        { action: 'ecs:StartTask', on: 'new', type: 'task-definition' },
      ],
      facts: [{ unseen: 'a cluster of ECS with a container instance' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that tasks are meant to run as, with iam:PassedToService set to ecs-tasks.amazonaws.com.',
    'Grant ecs:StartTask on named task definitions, with ecs:cluster set.',
  ],
  references: [
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StartTask.html',
    'https://pathfinding.cloud/paths/ecs-005',
  ],
} as const satisfies EscalationMethod;

const ownContainerInstance = {
  id: 'ecs-007',
  title: 'Join an ECS cluster and start a task there with another role',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ecs-tasks.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'ecs:RegisterContainerInstance', on: 'existing' },
        { action: 'ecs:DeregisterContainerInstance', on: 'existing' },
        { action: 'ecs:StartTask', on: 'existing', type: 'task-definition' },
      ],
      facts: [{ unseen: 'an instance on which code can be executed' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that tasks are meant to run as, with iam:PassedToService set to ecs-tasks.amazonaws.com.',
    'Grant ecs:RegisterContainerInstance only to the role of the container instances.',
  ],
  references: [
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterContainerInstance.html',
    'https://pathfinding.cloud/paths/ecs-007',
  ],
} as const satisfies EscalationMethod;

const existingTaskWithOtherRole = {
  id: 'ecs-008',
  title: 'Run an ECS task definition with another role and command',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ecs-tasks.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'ecs:RunTask', on: 'existing', type: 'task-definition' }],
      facts: [{ unseen: 'a cluster of ECS' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that tasks are meant to run as, with iam:PassedToService set to ecs-tasks.amazonaws.com.',
    'Grant ecs:RunTask on named task definitions, with ecs:cluster set.',
  ],
  references: [
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html',
    'https://pathfinding.cloud/paths/ecs-008',
  ],
} as const satisfies EscalationMethod;

const startedTaskWithOtherRole = {
  id: 'ecs-009',
  title: 'Start an ECS task definition on a container instance with another role and command',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ecs-tasks.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'ecs:StartTask', on: 'existing', type: 'task-definition' }],
      facts: [{ unseen: 'a cluster of ECS with a container instance' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that tasks are meant to run as, with iam:PassedToService set to ecs-tasks.amazonaws.com.',
    'Grant ecs:StartTask on named task definitions, with ecs:cluster set.',
  ],
  references: [
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StartTask.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html',
    'https://pathfinding.cloud/paths/ecs-009',
  ],
} as const satisfies EscalationMethod;

const existingService = {
  id: 'own-ecs-update-service',
  title: 'Point an ECS service at a new task definition with the role',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ecs-tasks.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'ecs:RegisterTaskDefinition', on: 'new' },
        { action: 'ecs:UpdateService', on: 'existing' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that tasks are meant to run as, with iam:PassedToService set to ecs-tasks.amazonaws.com.',
    'Grant ecs:UpdateService on named services.',
  ],
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html'],
} as const satisfies EscalationMethod;

const commandInTask = {
  id: 'ecs-006',
  title: 'Execute a command in a running ECS task that has the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'ecs-tasks.amazonaws.com',
      requires: [
        { action: 'ecs:ExecuteCommand', on: 'running', type: 'task' },
        { action: 'ecs:ExecuteCommand', on: 'existing', type: 'cluster' },
        { action: 'ecs:DescribeTasks', on: 'running', type: 'task' },
      ],
      facts: [{ unseen: 'execute command enabled for the task' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant ecs:ExecuteCommand on clusters and tasks with a tag of the team, with ecs:container-name set.'],
  references: [
    'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommand.html',
    'https://pathfinding.cloud/paths/ecs-006',
  ],
} as const satisfies EscalationMethod;

/** By which a task of Amazon ECS runs code as a role. */
export const containerServiceMethods: readonly EscalationMethod[] = [
  newClusterAndService,
  newClusterAndTask,
  newService,
  newTask,
  newTaskOnContainerInstance,
  ownContainerInstance,
  existingTaskWithOtherRole,
  startedTaskWithOtherRole,
  existingService,
  commandInTask,
];
