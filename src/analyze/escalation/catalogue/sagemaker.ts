import type { EscalationMethod } from '../escalation-method.ts';

const newNotebook = {
  id: 'sagemaker-001',
  title: 'Pass a role to a new SageMaker notebook instance',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'sagemaker.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'sagemaker:CreateNotebookInstance', on: 'new' },
        {
          anyOf: [
            { action: 'sagemaker:CreatePresignedNotebookInstanceUrl', on: 'new', type: 'notebook-instance' },
            { action: 'sagemaker:CreateNotebookInstanceLifecycleConfig', on: 'new' },
          ],
        },
      ],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'sagemaker.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'sagemaker:CreateNotebookInstance', on: 'new' }],
      facts: [{ unseen: 'a lifecycle configuration or a person that runs code of the principal in it' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that SageMaker AI is meant to run as, with iam:PassedToService set to sagemaker.amazonaws.com.',
    'Grant sagemaker:CreateNotebookInstance on named notebook instances.',
  ],
  references: [
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstance.html',
    'https://pathfinding.cloud/paths/sagemaker-001',
  ],
} as const satisfies EscalationMethod;

const newTrainingJob = {
  id: 'sagemaker-002',
  title: 'Pass a role to a new SageMaker training job',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'sagemaker.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'sagemaker:CreateTrainingJob', on: 'new', type: 'training-job' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that SageMaker AI is meant to run as, with iam:PassedToService set to sagemaker.amazonaws.com.',
    'Grant sagemaker:CreateTrainingJob on named training jobs.',
  ],
  references: [
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html',
    'https://pathfinding.cloud/paths/sagemaker-002',
  ],
} as const satisfies EscalationMethod;

const newProcessingJob = {
  id: 'sagemaker-003',
  title: 'Pass a role to a new SageMaker processing job',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'sagemaker.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'sagemaker:CreateProcessingJob', on: 'new' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that SageMaker AI is meant to run as, with iam:PassedToService set to sagemaker.amazonaws.com.',
    'Grant sagemaker:CreateProcessingJob on named processing jobs.',
  ],
  references: [
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html',
    'https://pathfinding.cloud/paths/sagemaker-003',
  ],
} as const satisfies EscalationMethod;

const newUserProfile = {
  id: 'own-sagemaker-user-profile',
  title: 'Pass a role to a new SageMaker Studio user profile and open it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'sagemaker.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'sagemaker:CreateUserProfile', on: 'new' },
        { action: 'sagemaker:CreatePresignedDomainUrl', on: 'new', type: 'user-profile' },
      ],
      facts: [{ unseen: 'a domain of SageMaker AI' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that SageMaker AI is meant to run as, with iam:PassedToService set to sagemaker.amazonaws.com.',
    'Grant sagemaker:CreateUserProfile in named domains.',
  ],
  references: ['https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateUserProfile.html'],
} as const satisfies EscalationMethod;

const otherJobs = {
  id: 'own-sagemaker-other-jobs',
  title: 'Pass a role to a SageMaker tuning job, model or pipeline',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'sagemaker.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'sagemaker:CreateHyperParameterTuningJob', on: 'new' }],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'sagemaker.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'sagemaker:CreateModel', on: 'new' },
        { action: 'sagemaker:CreateTransformJob', on: 'new' },
      ],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'sagemaker.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'sagemaker:CreateModel', on: 'new' },
        { action: 'sagemaker:CreateEndpointConfig', on: 'new' },
        { action: 'sagemaker:CreateEndpoint', on: 'new' },
      ],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'sagemaker.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'sagemaker:CreatePipeline', on: 'new' },
        { action: 'sagemaker:StartPipelineExecution', on: 'new' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that SageMaker AI is meant to run as, with iam:PassedToService set to sagemaker.amazonaws.com.',
    'Grant sagemaker:CreateModel, sagemaker:CreatePipeline and sagemaker:CreateHyperParameterTuningJob on named resources.',
  ],
  references: [
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateHyperParameterTuningJob.html',
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html',
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePipeline.html',
  ],
} as const satisfies EscalationMethod;

const existingNotebook = {
  id: 'sagemaker-004',
  title: 'Open a SageMaker notebook instance that has the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'sagemaker.amazonaws.com',
      requires: [{ action: 'sagemaker:CreatePresignedNotebookInstanceUrl', on: 'running', type: 'notebook-instance' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant sagemaker:CreatePresignedNotebookInstanceUrl on the notebook instances of the principal.'],
  references: [
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePresignedNotebookInstanceUrl.html',
    'https://pathfinding.cloud/paths/sagemaker-004',
  ],
} as const satisfies EscalationMethod;

const lifecycleOfNotebook = {
  id: 'sagemaker-005',
  title: 'Give a SageMaker notebook instance a start-up script of its own',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'sagemaker.amazonaws.com',
      requires: [
        { action: 'sagemaker:CreateNotebookInstanceLifecycleConfig', on: 'new' },
        { action: 'sagemaker:StopNotebookInstance', on: 'running', type: 'notebook-instance' },
        { action: 'sagemaker:UpdateNotebookInstance', on: 'running', type: 'notebook-instance' },
        { action: 'sagemaker:StartNotebookInstance', on: 'running', type: 'notebook-instance' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant sagemaker:UpdateNotebookInstance on the notebook instances of the principal.'],
  references: [
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateNotebookInstanceLifecycleConfig.html',
    'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateNotebookInstance.html',
    'https://pathfinding.cloud/paths/sagemaker-005',
  ],
} as const satisfies EscalationMethod;

const existingUserProfile = {
  id: 'own-sagemaker-domain-url',
  title: 'Open a SageMaker Studio user profile that has the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'sagemaker.amazonaws.com',
      requires: [{ action: 'sagemaker:CreatePresignedDomainUrl', on: 'running', type: 'user-profile' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant sagemaker:CreatePresignedDomainUrl on the user profile of the principal.'],
  references: ['https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePresignedDomainUrl.html'],
} as const satisfies EscalationMethod;

/** By which Amazon SageMaker AI runs code as a role. */
export const sageMakerMethods: readonly EscalationMethod[] = [
  newNotebook,
  newTrainingJob,
  newProcessingJob,
  newUserProfile,
  otherJobs,
  existingNotebook,
  lifecycleOfNotebook,
  existingUserProfile,
];
