import type { EscalationMethod } from '../escalation-method.ts';

const copyTask = {
  id: 'own-datasync',
  title: 'Pass a role to a DataSync task that copies data of Amazon S3',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'datasync.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'datasync:CreateLocationS3', on: 'nothing' },
        { action: 'datasync:CreateTask', on: 'new', type: 'location' },
        { action: 'datasync:StartTaskExecution', on: 'new', type: 'task' },
      ],
      effect: 'acts-through-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that copies are meant to use, with iam:PassedToService set to datasync.amazonaws.com.',
  ],
  references: ['https://docs.aws.amazon.com/datasync/latest/userguide/API_CreateLocationS3.html'],
} as const satisfies EscalationMethod;

const transferUser = {
  id: 'own-transfer-user',
  title: 'Pass a role to a new user of a Transfer Family server',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'transfer.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'transfer:CreateUser', on: 'existing' }],
      facts: [{ unseen: 'a network path to the server, which manages its users itself' }],
      effect: 'acts-through-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that transfer users are meant to use, with iam:PassedToService set to transfer.amazonaws.com.',
  ],
  references: ['https://docs.aws.amazon.com/transfer/latest/APIReference/API_CreateUser.html'],
} as const satisfies EscalationMethod;

const batchOperations = {
  id: 'own-s3-batch',
  title: 'Pass a role to a job of S3 Batch Operations',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'batchoperations.s3.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 's3:CreateJob', on: 'nothing' }],
      effect: 'acts-through-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that batch operations are meant to use, with iam:PassedToService set to batchoperations.s3.amazonaws.com.',
    'Grant s3:CreateJob with s3:RequestJobOperation set.',
  ],
  references: ['https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_CreateJob.html'],
} as const satisfies EscalationMethod;

const clusterRole = {
  id: 'own-redshift-role',
  title: 'Pass a role to a Redshift cluster that it can query',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'redshift.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'redshift:ModifyClusterIamRoles', on: 'existing' }],
      facts: [{ unseen: 'a database user of the cluster that the principal can use' }],
      effect: 'acts-through-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that clusters are meant to use, with iam:PassedToService set to redshift.amazonaws.com.',
  ],
  references: ['https://docs.aws.amazon.com/redshift/latest/APIReference/API_ModifyClusterIamRoles.html'],
} as const satisfies EscalationMethod;

const ruleTarget = {
  id: 'own-events-rule',
  title: 'Pass a role to the target of a new EventBridge rule',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'events.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'events:PutRule', on: 'new', type: 'rule-on-default-event-bus' },
        { action: 'events:PutTargets', on: 'new', type: 'rule-on-default-event-bus' },
      ],
      effect: 'acts-through-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that rules are meant to use, with iam:PassedToService set to events.amazonaws.com.',
    'Grant events:PutTargets with events:TargetArn set to named targets.',
  ],
  references: ['https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html'],
} as const satisfies EscalationMethod;

const newPipe = {
  id: 'own-pipes',
  title: 'Pass a role to a new pipe of EventBridge Pipes',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'pipes.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'pipes:CreatePipe', on: 'new' }],
      effect: 'acts-through-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that pipes are meant to use, with iam:PassedToService set to pipes.amazonaws.com.',
  ],
  references: ['https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_CreatePipe.html'],
} as const satisfies EscalationMethod;

const topicRule = {
  id: 'own-iot-rule',
  title: 'Pass a role to a new topic rule of AWS IoT',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'iot.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'iot:CreateTopicRule', on: 'new' }],
      effect: 'acts-through-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that topic rules are meant to use, with iam:PassedToService set to iot.amazonaws.com.',
  ],
  references: ['https://docs.aws.amazon.com/iot/latest/apireference/API_CreateTopicRule.html'],
} as const satisfies EscalationMethod;

const serviceCredential = {
  id: 'own-iam-service-credential',
  title: 'Make or reset a service-specific credential of another user',
  category: 'credential-access',
  ways: [
    { on: 'user', requires: [{ action: 'iam:CreateServiceSpecificCredential' }], effect: 'acts-through-target' },
    {
      on: 'user',
      requires: [{ action: 'iam:ResetServiceSpecificCredential' }],
      facts: [{ unseen: 'a service-specific credential of the target' }],
      effect: 'acts-through-target',
    },
  ],
  remediation: [
    'Limit iam:CreateServiceSpecificCredential and iam:ResetServiceSpecificCredential to arn:aws:iam::*:user/${aws:username}.',
  ],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html'],
} as const satisfies EscalationMethod;

const sshPublicKey = {
  id: 'own-iam-ssh-key',
  title: 'Upload an SSH key for another user of CodeCommit',
  category: 'credential-access',
  ways: [{ on: 'user', requires: [{ action: 'iam:UploadSSHPublicKey' }], effect: 'acts-through-target' }],
  remediation: ['Limit iam:UploadSSHPublicKey to arn:aws:iam::*:user/${aws:username}.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html'],
} as const satisfies EscalationMethod;

/** By which a service acts as the target for one purpose. */
export const throughServiceMethods: readonly EscalationMethod[] = [
  copyTask,
  transferUser,
  batchOperations,
  clusterRole,
  ruleTarget,
  newPipe,
  topicRule,
  serviceCredential,
  sshPublicKey,
];
