import type { EscalationMethod } from '../escalation-method.ts';

const newFunction = {
  id: 'lambda-001',
  title: 'Pass a role to a new Lambda function and invoke it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'lambda.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'lambda:CreateFunction', on: 'new' },
        { action: 'lambda:InvokeFunction', on: 'new', type: 'function' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that functions are meant to run as, with iam:PassedToService set to lambda.amazonaws.com.',
    'Grant lambda:CreateFunction on the names of the functions that the principal deploys.',
  ],
  references: [
    'https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html',
    'https://pathfinding.cloud/paths/lambda-001',
  ],
} as const satisfies EscalationMethod;

const newFunctionWithEventSource = {
  id: 'lambda-002',
  title: 'Pass a role to a new Lambda function and feed it from a stream or queue',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'lambda.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'lambda:CreateFunction', on: 'new' },
        { action: 'lambda:CreateEventSourceMapping', on: 'nothing' },
      ],
      facts: [{ unseen: 'a stream or queue that the target may read and the principal can write to' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that functions are meant to run as, with iam:PassedToService set to lambda.amazonaws.com.',
    'Grant lambda:CreateEventSourceMapping with lambda:FunctionArn set to named functions.',
  ],
  references: [
    'https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html',
    'https://pathfinding.cloud/paths/lambda-002',
  ],
} as const satisfies EscalationMethod;

const newFunctionWithPermission = {
  id: 'lambda-006',
  title: 'Pass a role to a new Lambda function and let somebody else invoke it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'lambda.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'lambda:CreateFunction', on: 'new' },
        { action: 'lambda:AddPermission', on: 'new', type: 'function' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that functions are meant to run as, with iam:PassedToService set to lambda.amazonaws.com.',
    'Grant lambda:AddPermission with lambda:Principal set to the services that invoke functions.',
  ],
  references: [
    'https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html',
    'https://pathfinding.cloud/paths/lambda-006',
  ],
} as const satisfies EscalationMethod;

const newFunctionWithUrl = {
  id: 'own-lambda-url',
  title: 'Pass a role to a new Lambda function and call it by its URL',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'lambda.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'lambda:CreateFunction', on: 'new' },
        { action: 'lambda:CreateFunctionUrlConfig', on: 'new', type: 'function' },
        { action: 'lambda:AddPermission', on: 'new', type: 'function' },
      ],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'lambda.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'lambda:CreateFunction', on: 'new' },
        { action: 'lambda:CreateFunctionUrlConfig', on: 'new', type: 'function' },
        { action: 'lambda:InvokeFunctionUrl', on: 'new', type: 'function' },
        {
          action: 'lambda:InvokeFunction',
          on: 'new',
          type: 'function',
          context: { 'lambda:InvokedViaFunctionUrl': { value: 'true' } },
        },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that functions are meant to run as, with iam:PassedToService set to lambda.amazonaws.com.',
    'Grant lambda:CreateFunctionUrlConfig on named functions, with lambda:FunctionUrlAuthType set to AWS_IAM.',
  ],
  references: [
    'https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
  ],
} as const satisfies EscalationMethod;

const roleOfExistingFunction = {
  id: 'own-lambda-swap-role',
  title: 'Give an existing Lambda function another role and other code',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'lambda.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'lambda:UpdateFunctionConfiguration', on: 'existing', type: 'function' },
        { action: 'lambda:UpdateFunctionCode', on: 'existing', type: 'function' },
        { action: 'lambda:InvokeFunction', on: 'existing', type: 'function' },
      ],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'lambda.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'lambda:UpdateFunctionConfiguration', on: 'existing', type: 'function' },
        { action: 'lambda:UpdateFunctionCode', on: 'existing', type: 'function' },
      ],
      facts: [{ unseen: 'something that invokes the function' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that functions are meant to run as, with iam:PassedToService set to lambda.amazonaws.com.',
    'Grant lambda:UpdateFunctionConfiguration on the functions that the principal deploys.',
  ],
  references: ['https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html'],
} as const satisfies EscalationMethod;

const codeOfExistingFunction = {
  id: 'lambda-003',
  title: 'Overwrite the code of a Lambda function that something else invokes',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'lambda.amazonaws.com',
      requires: [{ action: 'lambda:UpdateFunctionCode', on: 'running', type: 'function' }],
      facts: [{ unseen: 'something that invokes the function' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant lambda:UpdateFunctionCode on the functions that the principal deploys, not on *.',
    'Require signed code with a code signing configuration.',
  ],
  references: [
    'https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html',
    'https://pathfinding.cloud/paths/lambda-003',
  ],
} as const satisfies EscalationMethod;

const codeOfInvokedFunction = {
  id: 'lambda-004',
  title: 'Overwrite the code of a Lambda function and invoke it',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'lambda.amazonaws.com',
      requires: [
        { action: 'lambda:UpdateFunctionCode', on: 'running', type: 'function' },
        { action: 'lambda:InvokeFunction', on: 'running', type: 'function' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant lambda:UpdateFunctionCode on the functions that the principal deploys, not on *.',
    'Require signed code with a code signing configuration.',
  ],
  references: [
    'https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html',
    'https://pathfinding.cloud/paths/lambda-004',
  ],
} as const satisfies EscalationMethod;

const codeOfOpenedFunction = {
  id: 'lambda-005',
  title: 'Overwrite the code of a Lambda function and let somebody invoke it',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'lambda.amazonaws.com',
      requires: [
        { action: 'lambda:UpdateFunctionCode', on: 'running', type: 'function' },
        { action: 'lambda:AddPermission', on: 'running', type: 'function' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant lambda:UpdateFunctionCode on the functions that the principal deploys, not on *.',
    'Grant lambda:AddPermission with lambda:Principal set to the services that invoke functions.',
  ],
  references: [
    'https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html',
    'https://pathfinding.cloud/paths/lambda-005',
  ],
} as const satisfies EscalationMethod;

const layerOfExistingFunction = {
  id: 'own-lambda-layer',
  title: 'Put a layer or environment variables of its own into a Lambda function',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'lambda.amazonaws.com',
      requires: [
        { action: 'lambda:UpdateFunctionConfiguration', on: 'running', type: 'function' },
        { action: 'lambda:InvokeFunction', on: 'running', type: 'function' },
      ],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'lambda.amazonaws.com',
      requires: [{ action: 'lambda:UpdateFunctionConfiguration', on: 'running', type: 'function' }],
      facts: [{ unseen: 'something that invokes the function' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant lambda:UpdateFunctionConfiguration on the functions that the principal deploys, with lambda:Layer set to the layers of the account.',
  ],
  references: ['https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html'],
} as const satisfies EscalationMethod;

/** By which a function of AWS Lambda runs code as a role. */
export const lambdaMethods: readonly EscalationMethod[] = [
  newFunction,
  newFunctionWithEventSource,
  newFunctionWithPermission,
  newFunctionWithUrl,
  roleOfExistingFunction,
  codeOfExistingFunction,
  codeOfInvokedFunction,
  codeOfOpenedFunction,
  layerOfExistingFunction,
];
