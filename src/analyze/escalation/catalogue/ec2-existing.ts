import type { EscalationMethod } from '../escalation-method.ts';
import { newInstanceProfile } from './instance-profile.ts';

const profileOfInstance = {
  id: 'own-ec2-swap-profile',
  title: 'Give an EC2 instance under its control another instance profile',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        {
          anyOf: [
            { action: 'ec2:AssociateIamInstanceProfile', on: 'existing' },
            { action: 'ec2:ReplaceIamInstanceProfileAssociation', on: 'existing' },
          ],
        },
      ],
      facts: ['is-in-instance-profile', { unseen: 'an instance on which code can be executed' }],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        ...newInstanceProfile,
        {
          anyOf: [
            { action: 'ec2:AssociateIamInstanceProfile', on: 'existing' },
            { action: 'ec2:ReplaceIamInstanceProfileAssociation', on: 'existing' },
          ],
        },
      ],
      facts: [{ unseen: 'an instance on which code can be executed' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that instances are meant to run as, with iam:PassedToService set to ec2.amazonaws.com.',
    'Grant ec2:AssociateIamInstanceProfile and ec2:ReplaceIamInstanceProfileAssociation with ec2:NewInstanceProfile set to named instance profiles.',
  ],
  references: ['https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceIamInstanceProfileAssociation.html'],
} as const satisfies EscalationMethod;

const roleOfInstanceProfile = {
  id: 'own-iam-profile-swap-role',
  title: 'Put another role into the instance profile of an EC2 instance',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'iam:RemoveRoleFromInstanceProfile', on: 'existing' },
        { action: 'iam:AddRoleToInstanceProfile', on: 'existing' },
      ],
      facts: [{ unseen: 'an instance with that profile on which code can be executed' }],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'iam:AddRoleToInstanceProfile', on: 'existing' }],
      facts: [{ unseen: 'an instance whose profile holds no role and on which code can be executed' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that instances are meant to run as, with iam:PassedToService set to ec2.amazonaws.com.',
    'Grant iam:AddRoleToInstanceProfile on named instance profiles.',
  ],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html'],
} as const satisfies EscalationMethod;

const userDataOfInstance = {
  id: 'ec2-002',
  title: 'Rewrite the user data of an EC2 instance and restart it',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'ec2:ModifyInstanceAttribute', on: 'running', type: 'instance' },
        { action: 'ec2:StopInstances', on: 'running', type: 'instance' },
        { action: 'ec2:StartInstances', on: 'running', type: 'instance' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant ec2:ModifyInstanceAttribute on instances with a tag of the team, with ec2:Attribute set to the attributes needed.',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyInstanceAttribute.html',
    'https://pathfinding.cloud/paths/ec2-002',
  ],
} as const satisfies EscalationMethod;

const launchTemplate = {
  id: 'ec2-004',
  title: 'Put user data into a launch template that others launch from',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'ec2:CreateLaunchTemplateVersion', on: 'existing' },
        { action: 'ec2:ModifyLaunchTemplate', on: 'existing' },
      ],
      facts: [
        'is-in-instance-profile',
        { unseen: 'something that launches from the default version of the template, as the target' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant ec2:CreateLaunchTemplateVersion and ec2:ModifyLaunchTemplate on launch templates with a tag of the team.',
    'Pin groups and fleets to a version of their template.',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplateVersion.html',
    'https://pathfinding.cloud/paths/ec2-004',
  ],
} as const satisfies EscalationMethod;

const sshKeyOfInstance = {
  id: 'ec2instanceconnect-003',
  title: 'Push an SSH key to an EC2 instance and sign in',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [{ action: 'ec2-instance-connect:SendSSHPublicKey', on: 'running', type: 'instance' }],
      facts: [{ unseen: 'a network path to the SSH port of the instance' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant ec2-instance-connect:SendSSHPublicKey on instances with a tag of the team, with ec2:osuser set.',
  ],
  references: [
    'https://docs.aws.amazon.com/ec2-instance-connect/latest/APIReference/API_SendSSHPublicKey.html',
    'https://pathfinding.cloud/paths/ec2instanceconnect-003',
  ],
} as const satisfies EscalationMethod;

const serialConsoleOfInstance = {
  id: 'own-ec2-serial',
  title: 'Push an SSH key to the serial console of an EC2 instance and sign in',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [{ action: 'ec2-instance-connect:SendSerialConsoleSSHPublicKey', on: 'running', type: 'instance' }],
      facts: [{ unseen: 'serial console access for the account, and a password of the operating system' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Keep serial console access of the account disabled.',
    'Grant ec2-instance-connect:SendSerialConsoleSSHPublicKey on instances with a tag of the team.',
  ],
  references: [
    'https://docs.aws.amazon.com/ec2-instance-connect/latest/APIReference/API_SendSerialConsoleSSHPublicKey.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-access-to-serial-console.html',
  ],
} as const satisfies EscalationMethod;

const passwordOfInstance = {
  id: 'own-cred-password-data',
  title: 'Read the administrator password of a Windows instance and sign in',
  category: 'credential-access',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [{ action: 'ec2:GetPasswordData', on: 'running', type: 'instance' }],
      facts: [{ unseen: 'the private key of the key pair of the instance, and a network path to it' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant ec2:GetPasswordData on instances with a tag of the team.',
    'Keep the private keys of key pairs in a secret that few may read.',
  ],
  references: ['https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetPasswordData.html'],
} as const satisfies EscalationMethod;

/** By which an instance of Amazon EC2 that there is runs code as a role. */
export const existingInstanceMethods: readonly EscalationMethod[] = [
  profileOfInstance,
  roleOfInstanceProfile,
  userDataOfInstance,
  launchTemplate,
  sshKeyOfInstance,
  serialConsoleOfInstance,
  passwordOfInstance,
];
