import type { EscalationMethod } from '../escalation-method.ts';

const newStack = {
  id: 'cloudformation-001',
  title: 'Pass a role to a new CloudFormation stack',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'cloudformation.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'cloudformation:CreateStack', on: 'new' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that stacks are meant to run as, with iam:PassedToService set to cloudformation.amazonaws.com.',
    'Grant cloudformation:CreateStack with cloudformation:RoleArn set to named roles.',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html',
    'https://pathfinding.cloud/paths/cloudformation-001',
  ],
} as const satisfies EscalationMethod;

const newStackSet = {
  id: 'cloudformation-003',
  title: 'Pass an administration role to a new CloudFormation stack set',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'cloudformation.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'cloudformation:CreateStackSet', on: 'nothing' },
        { action: 'cloudformation:CreateStackInstances', on: 'new', type: 'stackset' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that stacks are meant to run as, with iam:PassedToService set to cloudformation.amazonaws.com.',
    'Limit the trust of execution roles to the administration roles that need them.',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackSet.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackInstances.html',
    'https://pathfinding.cloud/paths/cloudformation-003',
  ],
} as const satisfies EscalationMethod;

const newStackByChangeSet = {
  id: 'own-cloudformation-changeset-new',
  title: 'Pass a role to a change set that makes a stack, and execute it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'cloudformation.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'cloudformation:CreateChangeSet', on: 'new' },
        { action: 'cloudformation:ExecuteChangeSet', on: 'new' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that stacks are meant to run as, with iam:PassedToService set to cloudformation.amazonaws.com.',
    'Grant cloudformation:CreateChangeSet with cloudformation:RoleArn set to named roles.',
  ],
  references: ['https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html'],
} as const satisfies EscalationMethod;

const cloudControl = {
  id: 'own-cloudcontrol',
  title: 'Pass a role to a request of the Cloud Control API',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'cloudformation.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        {
          anyOf: [
            { action: 'cloudformation:CreateResource', on: 'nothing' },
            { action: 'cloudformation:UpdateResource', on: 'nothing' },
          ],
        },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that stacks are meant to run as, with iam:PassedToService set to cloudformation.amazonaws.com.',
    'Grant cloudformation:CreateResource and cloudformation:UpdateResource only to those who use the Cloud Control API.',
  ],
  references: ['https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_CreateResource.html'],
} as const satisfies EscalationMethod;

const existingStack = {
  id: 'cloudformation-002',
  title: 'Update a CloudFormation stack that keeps the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'cloudformation.amazonaws.com',
      requires: [{ action: 'cloudformation:UpdateStack', on: 'running', type: 'stack' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant cloudformation:UpdateStack on the stacks that the principal maintains, with cloudformation:TemplateUrl set.',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html',
    'https://pathfinding.cloud/paths/cloudformation-002',
  ],
} as const satisfies EscalationMethod;

const existingStackSet = {
  id: 'cloudformation-004',
  title: 'Pass an administration role to an updated CloudFormation stack set',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'cloudformation.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'cloudformation:UpdateStackSet', on: 'existing' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that stacks are meant to run as, with iam:PassedToService set to cloudformation.amazonaws.com.',
    'Grant cloudformation:UpdateStackSet on the stack sets that the principal maintains.',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStackSet.html',
    'https://pathfinding.cloud/paths/cloudformation-004',
  ],
} as const satisfies EscalationMethod;

const existingStackByChangeSet = {
  id: 'cloudformation-005',
  title: 'Execute a change set on a CloudFormation stack that keeps the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'cloudformation.amazonaws.com',
      requires: [
        { action: 'cloudformation:CreateChangeSet', on: 'running', type: 'stack' },
        { action: 'cloudformation:ExecuteChangeSet', on: 'running', type: 'stack' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant cloudformation:CreateChangeSet and cloudformation:ExecuteChangeSet on the stacks that the principal maintains.',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html',
    'https://pathfinding.cloud/paths/cloudformation-005',
  ],
} as const satisfies EscalationMethod;

const templateOfOthers = {
  id: 'own-cloudformation-template-object',
  title: 'Overwrite a CloudFormation template that others deploy with the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'cloudformation.amazonaws.com',
      requires: [{ action: 's3:PutObject', on: 'feeding', type: 'object' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant s3:PutObject on templates to those who may deploy them.'],
  references: ['https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html'],
} as const satisfies EscalationMethod;

const launchedProduct = {
  id: 'own-servicecatalog-launch',
  title: 'Provision a Service Catalog product that launches as the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'servicecatalog.amazonaws.com',
      requires: [{ action: 'servicecatalog:ProvisionProduct', on: 'existing' }],
      facts: [
        {
          unseen:
            'a launch constraint of the product that names the target, and a template that hands its permissions on',
        },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Give each product a launch role that allows what its template makes, and nothing else.'],
  references: ['https://docs.aws.amazon.com/servicecatalog/latest/dg/API_ProvisionProduct.html'],
} as const satisfies EscalationMethod;

const versionOfProduct = {
  id: 'own-servicecatalog-artifact',
  title: 'Add a version to a Service Catalog product that launches as the role, and provision it',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'servicecatalog.amazonaws.com',
      requires: [
        { action: 'servicecatalog:CreateProvisioningArtifact', on: 'existing' },
        { action: 'servicecatalog:ProvisionProduct', on: 'existing' },
      ],
      facts: [{ unseen: 'a launch constraint of the product that names the target' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant servicecatalog:CreateProvisioningArtifact on named products, to those who hold what their launch role allows.',
  ],
  references: ['https://docs.aws.amazon.com/servicecatalog/latest/dg/API_CreateProvisioningArtifact.html'],
} as const satisfies EscalationMethod;

/** By which AWS CloudFormation and AWS Service Catalog make resources as a role. */
export const cloudFormationMethods: readonly EscalationMethod[] = [
  newStack,
  newStackSet,
  newStackByChangeSet,
  cloudControl,
  existingStack,
  existingStackSet,
  existingStackByChangeSet,
  templateOfOthers,
  launchedProduct,
  versionOfProduct,
];
