import type { EscalationMethod } from '../escalation-method.ts';

const inactiveKey = {
  id: 'own-iam-reactivate-key',
  title: 'Reactivate an access key of another user',
  category: 'credential-access',
  ways: [
    {
      on: 'user',
      requires: [
        {
          action: 'iam:UpdateAccessKey',
          parameters: { UserName: 'name-of-target', AccessKeyId: 'key-of-target', Status: { value: 'Active' } },
        },
      ],
      facts: [{ unseen: 'the secret of an inactive access key of the target' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:UpdateAccessKey to arn:aws:iam::*:user/${aws:username}.',
    'Delete access keys that are inactive.',
  ],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html'],
} as const satisfies EscalationMethod;

const signingCertificate = {
  id: 'own-iam-signing-cert',
  title: 'Upload a signing certificate for another user',
  category: 'credential-access',
  ways: [
    {
      on: 'user',
      requires: [{ action: 'iam:UploadSigningCertificate' }],
      facts: [{ unseen: 'an interface that still accepts signing certificates' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Limit iam:UploadSigningCertificate to arn:aws:iam::*:user/${aws:username}.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSigningCertificate.html'],
} as const satisfies EscalationMethod;

const snapshotOfDisk = {
  id: 'own-ec2-snapshot',
  title: 'Read credentials of a user from a snapshot of a disk',
  category: 'credential-access',
  ways: [
    {
      on: 'user',
      requires: [
        { action: 'ec2:CreateSnapshot', on: 'holding', type: 'volume' },
        { action: 'ec2:CreateSnapshot', on: 'new', type: 'snapshot' },
        { action: 'ec2:ModifySnapshotAttribute', on: 'new', type: 'snapshot' },
      ],
      effect: 'becomes-target',
    },
    {
      on: 'user',
      requires: [
        { action: 'ec2:CreateSnapshot', on: 'holding', type: 'volume' },
        { action: 'ec2:CreateSnapshot', on: 'new', type: 'snapshot' },
        { action: 'ebs:ListSnapshotBlocks', on: 'new', type: 'snapshot' },
        { action: 'ebs:GetSnapshotBlock', on: 'new', type: 'snapshot' },
      ],
      effect: 'becomes-target',
    },
    {
      on: 'user',
      requires: [
        { action: 'ec2:CreateSnapshot', on: 'holding', type: 'volume' },
        { action: 'ec2:CreateSnapshot', on: 'new', type: 'snapshot' },
        { action: 'ec2:CreateVolume', on: 'new', type: 'volume' },
        { action: 'ec2:AttachVolume', on: 'new', type: 'volume' },
        { action: 'ec2:AttachVolume', on: 'existing', type: 'instance' },
      ],
      facts: [{ unseen: 'an instance on which the principal can read disks' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant ec2:CreateSnapshot and ec2:ModifySnapshotAttribute on volumes and snapshots with a tag of the team.',
    'Keep no credentials on disks.',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshot.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySnapshotAttribute.html',
    'https://docs.aws.amazon.com/ebs/latest/APIReference/API_GetSnapshotBlock.html',
  ],
} as const satisfies EscalationMethod;

const secretOrParameter = {
  id: 'own-cred-secret',
  title: 'Read credentials of a user from a secret or parameter',
  category: 'credential-access',
  ways: [
    {
      on: 'user',
      requires: [
        {
          anyOf: [
            { action: 'secretsmanager:GetSecretValue', on: 'holding' },
            { action: 'ssm:GetParameter', on: 'holding' },
            { action: 'ssm:GetParameters', on: 'holding' },
            { action: 'ssm:GetParametersByPath', on: 'holding' },
          ],
        },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant secretsmanager:GetSecretValue and ssm:GetParameter on named secrets and parameters.',
    'Keep no access keys in secrets: use roles.',
  ],
  references: [
    'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html',
    'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html',
  ],
} as const satisfies EscalationMethod;

const environmentOfFunction = {
  id: 'own-cred-lambda-env',
  title: 'Read credentials of a user from the environment or code of a Lambda function',
  category: 'credential-access',
  ways: [
    {
      on: 'user',
      requires: [
        {
          anyOf: [
            { action: 'lambda:GetFunction', on: 'holding' },
            { action: 'lambda:GetFunctionConfiguration', on: 'holding' },
          ],
        },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Keep no credentials in environment variables: use the role of the function.'],
  references: ['https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html'],
} as const satisfies EscalationMethod;

const definitionOfWorkload = {
  id: 'own-cred-build-env',
  title: 'Read credentials of a user from the definition of a build or stack',
  category: 'credential-access',
  ways: [
    {
      on: 'user',
      requires: [
        {
          anyOf: [
            { action: 'codebuild:BatchGetProjects', on: 'holding' },
            { action: 'cloudformation:GetTemplate', on: 'holding' },
            { action: 'cloudformation:DescribeStacks', on: 'holding', type: 'stack' },
          ],
        },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Hand secrets to builds and tasks from Secrets Manager, not as plain text.'],
  references: ['https://docs.aws.amazon.com/codebuild/latest/APIReference/API_BatchGetProjects.html'],
} as const satisfies EscalationMethod;

const userDataOfInstance = {
  id: 'own-cred-user-data',
  title: 'Read credentials of a user from the user data of an EC2 instance',
  category: 'credential-access',
  ways: [
    {
      on: 'user',
      requires: [{ action: 'ec2:DescribeInstanceAttribute', on: 'holding' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Keep no credentials in user data: use the role of the instance.'],
  references: ['https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceAttribute.html'],
} as const satisfies EscalationMethod;

const storedObject = {
  id: 'own-cred-object',
  title: 'Read credentials of a user from an object of Amazon S3',
  category: 'credential-access',
  ways: [
    {
      on: 'user',
      requires: [{ action: 's3:GetObject', on: 'holding', type: 'object' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant s3:GetObject on named buckets and prefixes.',
    'Keep no credentials in state files, backups and exports.',
  ],
  references: ['https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html'],
} as const satisfies EscalationMethod;

/** By which credentials of somebody else are read or made. */
export const credentialMethods: readonly EscalationMethod[] = [
  inactiveKey,
  signingCertificate,
  snapshotOfDisk,
  secretOrParameter,
  environmentOfFunction,
  definitionOfWorkload,
  userDataOfInstance,
  storedObject,
];
