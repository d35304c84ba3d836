import type { EscalationMethod } from '../escalation-method.ts';

const newAutomation = {
  id: 'ssm-003',
  title: 'Pass a role to a new Automation runbook and start it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ssm.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'ssm:CreateDocument', on: 'new' },
        { action: 'ssm:StartAutomationExecution', on: 'new' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that runbooks are meant to run as, with iam:PassedToService set to ssm.amazonaws.com.',
    'Grant ssm:StartAutomationExecution on named documents.',
  ],
  references: [
    'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html',
    'https://pathfinding.cloud/paths/ssm-003',
  ],
} as const satisfies EscalationMethod;

const newActivation = {
  id: 'own-ssm-activation',
  title: 'Register a machine of its own as a managed node with the role',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ssm.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'ssm:CreateActivation', on: 'nothing' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that hybrid machines are meant to run as, with iam:PassedToService set to ssm.amazonaws.com.',
    'Grant ssm:CreateActivation only to those who register hybrid machines.',
  ],
  references: ['https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateActivation.html'],
} as const satisfies EscalationMethod;

const sessionOnInstance = {
  id: 'ssm-001',
  title: 'Start a session on an EC2 instance, or in an ECS task, that has the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [{ action: 'ssm:StartSession', on: 'running', type: 'instance' }],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ecs-tasks.amazonaws.com',
      requires: [{ action: 'ssm:StartSession', on: 'running', type: 'task' }],
      facts: [{ unseen: 'execute command enabled for the task' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant ssm:StartSession on instances with a tag of the team, and on named session documents.'],
  references: [
    'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartSession.html',
    'https://pathfinding.cloud/paths/ssm-001',
  ],
} as const satisfies EscalationMethod;

const commandOnInstance = {
  id: 'ssm-002',
  title: 'Send a command to an EC2 instance that has the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'ssm:SendCommand', on: 'running', type: 'instance' },
        { action: 'ssm:SendCommand', on: 'new', type: 'document' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant ssm:SendCommand on instances with a tag of the team, and on named documents other than AWS-RunShellScript.',
  ],
  references: [
    'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html',
    'https://pathfinding.cloud/paths/ssm-002',
  ],
} as const satisfies EscalationMethod;

const associationWithInstance = {
  id: 'own-ssm-association',
  title: 'Associate a document with an EC2 instance that has the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'ssm:CreateAssociation', on: 'running', type: 'instance' },
        { action: 'ssm:CreateAssociation', on: 'new' },
      ],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [{ action: 'ssm:UpdateAssociation', on: 'existing' }],
      facts: [
        'is-in-instance-profile',
        { unseen: 'a managed instance that the association works on and that runs as the target' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant ssm:CreateAssociation and ssm:UpdateAssociation on named documents and instances with a tag of the team.',
  ],
  references: ['https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateAssociation.html'],
} as const satisfies EscalationMethod;

const maintenanceWindow = {
  id: 'own-ssm-maintenance-window',
  title: 'Register a command in a maintenance window for an instance with the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'ssm:RegisterTargetWithMaintenanceWindow', on: 'existing' },
        { action: 'ssm:RegisterTaskWithMaintenanceWindow', on: 'existing' },
      ],
      facts: ['is-in-instance-profile', { unseen: 'a managed instance that runs as the target' }],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'ssm:CreateMaintenanceWindow', on: 'nothing' },
        { action: 'ssm:RegisterTargetWithMaintenanceWindow', on: 'new', type: 'maintenancewindow' },
        { action: 'ssm:RegisterTaskWithMaintenanceWindow', on: 'new', type: 'maintenancewindow' },
      ],
      facts: ['is-in-instance-profile', { unseen: 'a managed instance that runs as the target' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant ssm:RegisterTaskWithMaintenanceWindow on named maintenance windows.'],
  references: [
    'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTaskWithMaintenanceWindow.html',
  ],
} as const satisfies EscalationMethod;

const updatedDocument = [
  { action: 'ssm:UpdateDocument', on: 'existing' },
  { action: 'ssm:UpdateDocumentDefaultVersion', on: 'existing' },
] as const;

const documentOfOthers = {
  id: 'own-ssm-update-document',
  title: 'Rewrite a Systems Manager document that others run',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: updatedDocument,
      facts: [
        'is-in-instance-profile',
        { unseen: 'a managed instance that runs the default version of the document as the target' },
      ],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ssm.amazonaws.com',
      requires: updatedDocument,
      facts: [{ unseen: 'an automation that runs the default version of the document as the target' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant ssm:UpdateDocument and ssm:UpdateDocumentDefaultVersion on named documents.',
    'Pin associations and maintenance windows to a version of their document.',
  ],
  references: ['https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateDocument.html'],
} as const satisfies EscalationMethod;

/** By which AWS Systems Manager runs commands as a role. */
export const systemsManagerMethods: readonly EscalationMethod[] = [
  newAutomation,
  newActivation,
  sessionOnInstance,
  commandOnInstance,
  associationWithInstance,
  maintenanceWindow,
  documentOfOthers,
];
