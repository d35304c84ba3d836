import type { EscalationMethod } from '../escalation-method.ts';

const newPipeline = {
  id: 'own-codepipeline-create',
  title: 'Pass a role to a new pipeline of CodePipeline',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'codepipeline.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'codepipeline:CreatePipeline', on: 'new' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that pipelines are meant to run as, with iam:PassedToService set to codepipeline.amazonaws.com.',
    'Grant codepipeline:CreatePipeline on named pipelines.',
  ],
  references: ['https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_CreatePipeline.html'],
} as const satisfies EscalationMethod;

const existingPipeline = {
  id: 'own-codepipeline-update',
  title: 'Rewrite a pipeline of CodePipeline that has the role and start it',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'codepipeline.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'codepipeline:UpdatePipeline', on: 'running' },
        { action: 'codepipeline:StartPipelineExecution', on: 'running' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant codepipeline:UpdatePipeline on the pipelines that the principal maintains, and iam:PassRole on their roles to nobody else.',
  ],
  references: ['https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_UpdatePipeline.html'],
} as const satisfies EscalationMethod;

const deployment = {
  id: 'codedeploy-001',
  title: 'Deploy a revision of its own with CodeDeploy to hosts that have the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'codedeploy:CreateDeployment', on: 'existing' },
        { action: 'codedeploy:RegisterApplicationRevision', on: 'existing' },
        { action: 'codedeploy:GetDeploymentConfig', on: 'new' },
      ],
      facts: ['is-in-instance-profile', { unseen: 'a host of the deployment group that runs as the target' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant codedeploy:CreateDeployment and codedeploy:RegisterApplicationRevision on named applications and deployment groups.',
  ],
  references: [
    'https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html',
    'https://pathfinding.cloud/paths/codedeploy-001',
  ],
} as const satisfies EscalationMethod;

const sourceOfPipeline = {
  id: 'own-source-push',
  title: 'Push source that a pipeline or build runs as the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: ['codepipeline.amazonaws.com', 'codebuild.amazonaws.com'],
      requires: [{ action: 'codecommit:GitPush', on: 'feeding' }],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: ['codepipeline.amazonaws.com', 'codebuild.amazonaws.com'],
      requires: [{ action: 's3:PutObject', on: 'feeding', type: 'object' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant codecommit:GitPush with codecommit:References set to branches that no pipeline builds unreviewed.',
    'Grant s3:PutObject on source objects to the pipeline alone.',
  ],
  references: [
    'https://docs.aws.amazon.com/codecommit/latest/userguide/auth-and-access-control-permissions-reference.html',
  ],
} as const satisfies EscalationMethod;

const imageOfWorkload = {
  id: 'own-ecr-push',
  title: 'Replace a container image that a workload with the role runs',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      requires: [
        { action: 'ecr:InitiateLayerUpload', on: 'feeding' },
        { action: 'ecr:UploadLayerPart', on: 'feeding' },
        { action: 'ecr:CompleteLayerUpload', on: 'feeding' },
        { action: 'ecr:PutImage', on: 'feeding' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Make the tags of the repository immutable.', 'Grant ecr:PutImage on named repositories.'],
  references: ['https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html'],
} as const satisfies EscalationMethod;

const environmentOfOthers = {
  id: 'own-cloud9-member',
  title: 'Join a Cloud9 environment that has the credentials of its owner',
  category: 'existing-passrole',
  ways: [
    {
      on: 'user',
      requires: [{ action: 'cloud9:CreateEnvironmentMembership', on: 'feeding' }],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      requires: [{ action: 'cloud9:CreateEnvironmentMembership', on: 'feeding' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Turn managed temporary credentials of Cloud9 environments off.',
    'Grant cloud9:CreateEnvironmentMembership on the environments that the principal owns.',
  ],
  references: ['https://docs.aws.amazon.com/cloud9/latest/APIReference/API_CreateEnvironmentMembership.html'],
} as const satisfies EscalationMethod;

/** By which pipelines and deployments run code as a role. */
export const deliveryMethods: readonly EscalationMethod[] = [
  newPipeline,
  existingPipeline,
  deployment,
  sourceOfPipeline,
  imageOfWorkload,
  environmentOfOthers,
];
