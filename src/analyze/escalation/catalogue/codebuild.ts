import type { EscalationMethod } from '../escalation-method.ts';

const newProject = {
  id: 'codebuild-001',
  title: 'Pass a role to a new CodeBuild project and start a build',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'codebuild.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'codebuild:CreateProject', on: 'new' },
        { action: 'codebuild:StartBuild', on: 'new', type: 'project' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that builds are meant to run as, with iam:PassedToService set to codebuild.amazonaws.com.',
    'Grant codebuild:CreateProject with codebuild:serviceRole set to named roles.',
  ],
  references: [
    'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html',
    'https://pathfinding.cloud/paths/codebuild-001',
  ],
} as const satisfies EscalationMethod;

const newBatchProject = {
  id: 'codebuild-004',
  title: 'Pass a role to a new CodeBuild project and start a batch of builds',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'codebuild.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'codebuild:CreateProject', on: 'new' },
        { action: 'codebuild:StartBuildBatch', on: 'new', type: 'project' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that builds are meant to run as, with iam:PassedToService set to codebuild.amazonaws.com.',
    'Grant codebuild:CreateProject with codebuild:serviceRole set to named roles.',
  ],
  references: [
    'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuildBatch.html',
    'https://pathfinding.cloud/paths/codebuild-004',
  ],
} as const satisfies EscalationMethod;

const buildOfExistingProject = {
  id: 'codebuild-002',
  title: 'Start a build of a CodeBuild project with commands of its own',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'codebuild.amazonaws.com',
      requires: [{ action: 'codebuild:StartBuild', on: 'running', type: 'project' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant codebuild:StartBuild on named projects.',
    'Grant it with codebuild:source.buildspec set where the principal is to build what the project says.',
  ],
  references: [
    'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html',
    'https://pathfinding.cloud/paths/codebuild-002',
  ],
} as const satisfies EscalationMethod;

const batchOfExistingProject = {
  id: 'codebuild-003',
  title: 'Start a batch of builds of a CodeBuild project with commands of its own',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'codebuild.amazonaws.com',
      requires: [{ action: 'codebuild:StartBuildBatch', on: 'running', type: 'project' }],
      facts: [{ unseen: 'a batch configuration of the project' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant codebuild:StartBuildBatch on named projects.',
    'Grant it with codebuild:source.buildspec set where the principal is to build what the project says.',
  ],
  references: [
    'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuildBatch.html',
    'https://pathfinding.cloud/paths/codebuild-003',
  ],
} as const satisfies EscalationMethod;

const existingProject = {
  id: 'own-codebuild-update',
  title: 'Rewrite a CodeBuild project and start a build',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'codebuild.amazonaws.com',
      requires: [
        { action: 'codebuild:UpdateProject', on: 'running', type: 'project' },
        {
          anyOf: [
            { action: 'codebuild:StartBuild', on: 'running', type: 'project' },
            { action: 'codebuild:StartBuildBatch', on: 'running', type: 'project' },
          ],
        },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant codebuild:UpdateProject on the projects that the principal maintains.'],
  references: ['https://docs.aws.amazon.com/codebuild/latest/APIReference/API_UpdateProject.html'],
} as const satisfies EscalationMethod;

const sandboxOfExistingProject = {
  id: 'own-codebuild-sandbox',
  title: 'Execute commands in a sandbox of a CodeBuild project',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'codebuild.amazonaws.com',
      requires: [
        { action: 'codebuild:StartSandbox', on: 'running', type: 'project' },
        {
          anyOf: [
            { action: 'codebuild:StartCommandExecution', on: 'new', type: 'sandbox' },
            { action: 'codebuild:StartSandboxConnection', on: 'new', type: 'sandbox' },
          ],
        },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant codebuild:StartSandbox on the projects that the principal maintains.'],
  references: [
    'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartSandbox.html',
    'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartCommandExecution.html',
  ],
} as const satisfies EscalationMethod;

/** By which a build of AWS CodeBuild runs code as a role. */
export const codeBuildMethods: readonly EscalationMethod[] = [
  newProject,
  newBatchProject,
  buildOfExistingProject,
  batchOfExistingProject,
  existingProject,
  sandboxOfExistingProject,
];
