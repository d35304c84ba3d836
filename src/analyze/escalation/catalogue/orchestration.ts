import type { EscalationMethod } from '../escalation-method.ts';

const newStateMachine = {
  id: 'stepfunctions-001',
  title: 'Pass a role to a new Step Functions state machine and start it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'states.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'states:CreateStateMachine', on: 'new' },
        {
          anyOf: [
            { action: 'states:StartExecution', on: 'new', type: 'statemachine' },
            { action: 'states:StartSyncExecution', on: 'new', type: 'statemachine' },
          ],
        },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that state machines are meant to run as, with iam:PassedToService set to states.amazonaws.com.',
  ],
  references: [
    'https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html',
    'https://pathfinding.cloud/paths/stepfunctions-001',
  ],
} as const satisfies EscalationMethod;

const testedState = {
  id: 'own-stepfunctions-teststate',
  title: 'Pass a role to a single state of Step Functions and test it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'states.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'states:TestState', on: 'nothing' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that state machines are meant to run as, with iam:PassedToService set to states.amazonaws.com.',
    'Grant states:TestState in development accounts only.',
  ],
  references: ['https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html'],
} as const satisfies EscalationMethod;

const existingStateMachine = {
  id: 'stepfunctions-002',
  title: 'Rewrite a Step Functions state machine that has the role and start it',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'states.amazonaws.com',
      requires: [
        { action: 'states:UpdateStateMachine', on: 'running', type: 'statemachine' },
        {
          anyOf: [
            { action: 'states:StartExecution', on: 'running', type: 'statemachine' },
            { action: 'states:StartSyncExecution', on: 'running', type: 'statemachine' },
          ],
        },
      ],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'states.amazonaws.com',
      requires: [{ action: 'states:UpdateStateMachine', on: 'running', type: 'statemachine' }],
      facts: [{ unseen: 'something that starts the state machine' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant states:UpdateStateMachine on the state machines that the principal maintains.'],
  references: [
    'https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachine.html',
    'https://pathfinding.cloud/paths/stepfunctions-002',
  ],
} as const satisfies EscalationMethod;

const newSchedule = {
  id: 'scheduler-001',
  title: 'Pass a role to a new schedule of EventBridge Scheduler',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'scheduler.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'scheduler:CreateSchedule', on: 'new' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that schedules are meant to run as, with iam:PassedToService set to scheduler.amazonaws.com.',
  ],
  references: [
    'https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html',
    'https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html',
    'https://pathfinding.cloud/paths/scheduler-001',
  ],
} as const satisfies EscalationMethod;

const airflowEnvironment = {
  id: 'own-mwaa-token',
  title: 'Run a command or a DAG in an Airflow environment that has the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: ['airflow-env.amazonaws.com', 'airflow.amazonaws.com'],
      requires: [{ action: 'airflow:CreateCliToken', on: 'running', type: 'environment' }],
      facts: [{ unseen: 'a way to have code of the principal run in the environment' }],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: ['airflow-env.amazonaws.com', 'airflow.amazonaws.com'],
      requires: [
        {
          anyOf: [
            { action: 'airflow:CreateWebLoginToken', on: 'existing' },
            { action: 'airflow:InvokeRestApi', on: 'existing' },
          ],
        },
      ],
      facts: [{ unseen: 'an environment that runs as the target, and a way to have code of the principal run in it' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant airflow:CreateCliToken on named environments, and airflow:CreateWebLoginToken and airflow:InvokeRestApi on their Viewer role.',
  ],
  references: [
    'https://docs.aws.amazon.com/mwaa/latest/API/API_CreateCliToken.html',
    'https://docs.aws.amazon.com/mwaa/latest/API/API_CreateWebLoginToken.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmanagedworkflowsforapacheairflow.html',
  ],
} as const satisfies EscalationMethod;

const newRestApi = {
  id: 'own-apigateway-integration',
  title: 'Pass a role to an integration of a new REST API and call it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'apigateway.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'apigateway:POST', on: 'new', type: 'RestApis' },
        { action: 'apigateway:POST', on: 'new', type: 'Deployments' },
      ],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'apigateway.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'apigateway:PUT', on: 'existing', type: 'RestApi' },
        { action: 'apigateway:POST', on: 'existing', type: 'Deployments' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that APIs are meant to call AWS as, with iam:PassedToService set to apigateway.amazonaws.com.',
  ],
  references: [
    'https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html',
    'https://docs.aws.amazon.com/apigateway/latest/api/API_ImportRestApi.html',
  ],
} as const satisfies EscalationMethod;

const newDataSource = {
  id: 'own-appsync-datasource',
  title: 'Pass a role to a new data source of an AppSync API and call it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'appsync.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'appsync:CreateDataSource', on: 'nothing' },
        { action: 'appsync:CreateResolver', on: 'nothing' },
      ],
      facts: [{ unseen: 'a GraphQL API that the principal can call' }],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'appsync.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'appsync:CreateGraphqlApi', on: 'nothing' },
        { action: 'appsync:CreateApiKey', on: 'nothing' },
        { action: 'appsync:StartSchemaCreation', on: 'nothing' },
        { action: 'appsync:CreateDataSource', on: 'nothing' },
        { action: 'appsync:CreateResolver', on: 'nothing' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that data sources are meant to use, with iam:PassedToService set to appsync.amazonaws.com.',
  ],
  references: ['https://docs.aws.amazon.com/appsync/latest/APIReference/API_CreateDataSource.html'],
} as const satisfies EscalationMethod;

const newCanary = {
  id: 'own-synthetics',
  title: 'Pass a role to a new canary of CloudWatch Synthetics and start it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'lambda.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'synthetics:CreateCanary', on: 'nothing' },
        { action: 'synthetics:StartCanary', on: 'new' },
      ],
      facts: [{ unseen: 'access of the principal to what CloudWatch Synthetics makes on its behalf' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that canaries are meant to run as, with iam:PassedToService set to lambda.amazonaws.com.',
    'Grant synthetics:CreateCanary only to those who maintain canaries.',
  ],
  references: ['https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_CreateCanary.html'],
} as const satisfies EscalationMethod;

/** By which services that call AWS on a schedule, in steps or for a client call it as a role. */
export const orchestrationMethods: readonly EscalationMethod[] = [
  newStateMachine,
  testedState,
  existingStateMachine,
  newSchedule,
  airflowEnvironment,
  newRestApi,
  newDataSource,
  newCanary,
];
