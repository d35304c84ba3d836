import type { EscalationMethod } from '../escalation-method.ts';

const newInterpreter = {
  id: 'bedrock-001',
  title: 'Pass a role to a new AgentCore code interpreter and run code in it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'bedrock-agentcore.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'bedrock-agentcore:CreateCodeInterpreter', on: 'nothing' },
        { action: 'bedrock-agentcore:StartCodeInterpreterSession', on: 'new', type: 'code-interpreter-custom' },
        { action: 'bedrock-agentcore:InvokeCodeInterpreter', on: 'new', type: 'code-interpreter-custom' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that agents are meant to run as, with iam:PassedToService set to bedrock-agentcore.amazonaws.com.',
  ],
  references: [
    'https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateCodeInterpreter.html',
    'https://pathfinding.cloud/paths/bedrock-001',
  ],
} as const satisfies EscalationMethod;

const newRuntime = {
  id: 'own-agentcore-runtime-new',
  title: 'Pass a role to a new AgentCore runtime and execute a command in it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'bedrock-agentcore.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'bedrock-agentcore:CreateAgentRuntime', on: 'nothing' },
        { action: 'bedrock-agentcore:CreateAgentRuntimeEndpoint', on: 'new', type: 'runtime' },
        { action: 'bedrock-agentcore:CreateWorkloadIdentity', on: 'new' },
        { action: 'bedrock-agentcore:InvokeAgentRuntimeCommand', on: 'new' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that agents are meant to run as, with iam:PassedToService set to bedrock-agentcore.amazonaws.com.',
  ],
  references: ['https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateAgentRuntime.html'],
} as const satisfies EscalationMethod;

const newHarness = {
  id: 'own-agentcore-harness-new',
  title: 'Pass a role to a new AgentCore harness and execute a command in its runtime',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'bedrock-agentcore.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'bedrock-agentcore:CreateHarness', on: 'nothing' },
        { action: 'bedrock-agentcore:CreateAgentRuntime', on: 'nothing' },
        { action: 'bedrock-agentcore:CreateAgentRuntimeEndpoint', on: 'new', type: 'runtime' },
        { action: 'bedrock-agentcore:CreateWorkloadIdentity', on: 'new' },
        { action: 'bedrock-agentcore:GetAgentRuntime', on: 'new', type: 'runtime' },
        { action: 'bedrock-agentcore:InvokeAgentRuntimeCommand', on: 'new' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that agents are meant to run as, with iam:PassedToService set to bedrock-agentcore.amazonaws.com.',
  ],
  references: [
    'https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateAgentRuntime.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html',
  ],
} as const satisfies EscalationMethod;

const newBrowser = {
  id: 'own-agentcore-browser-new',
  title: 'Pass a role to a new AgentCore browser and drive a session of it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'bedrock-agentcore.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'bedrock-agentcore:CreateBrowser', on: 'nothing' },
        { action: 'bedrock-agentcore:StartBrowserSession', on: 'new', type: 'browser-custom' },
        { action: 'bedrock-agentcore:ConnectBrowserAutomationStream', on: 'nothing' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that agents are meant to run as, with iam:PassedToService set to bedrock-agentcore.amazonaws.com.',
  ],
  references: ['https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateBrowser.html'],
} as const satisfies EscalationMethod;

const existingInterpreter = {
  id: 'bedrock-002',
  title: 'Run code in an AgentCore code interpreter that has the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'bedrock-agentcore.amazonaws.com',
      requires: [
        { action: 'bedrock-agentcore:StartCodeInterpreterSession', on: 'running', type: 'code-interpreter-custom' },
        { action: 'bedrock-agentcore:InvokeCodeInterpreter', on: 'running', type: 'code-interpreter-custom' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant bedrock-agentcore:StartCodeInterpreterSession and bedrock-agentcore:InvokeCodeInterpreter on named code interpreters.',
  ],
  references: [
    'https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_InvokeCodeInterpreter.html',
    'https://pathfinding.cloud/paths/bedrock-002',
  ],
} as const satisfies EscalationMethod;

const existingRuntime = {
  id: 'own-agentcore-runtime-command',
  title: 'Execute a command in an AgentCore runtime that has the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'bedrock-agentcore.amazonaws.com',
      requires: [
        { action: 'bedrock-agentcore:InvokeAgentRuntimeCommand', on: 'running', type: 'runtime' },
        { action: 'bedrock-agentcore:InvokeAgentRuntimeCommand', on: 'existing', type: 'runtime-endpoint' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant bedrock-agentcore:InvokeAgentRuntimeCommand on named runtimes.'],
  references: ['https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrockagentcore.html'],
} as const satisfies EscalationMethod;

const existingBrowser = {
  id: 'own-agentcore-browser',
  title: 'Drive a session of an AgentCore browser that has the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'bedrock-agentcore.amazonaws.com',
      requires: [
        { action: 'bedrock-agentcore:StartBrowserSession', on: 'running', type: 'browser-custom' },
        { action: 'bedrock-agentcore:ConnectBrowserAutomationStream', on: 'nothing' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant bedrock-agentcore:StartBrowserSession on named browsers.'],
  references: ['https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_StartBrowserSession.html'],
} as const satisfies EscalationMethod;

/** By which Amazon Bedrock AgentCore runs code as a role. */
export const agentCoreMethods: readonly EscalationMethod[] = [
  newInterpreter,
  newRuntime,
  newHarness,
  newBrowser,
  existingInterpreter,
  existingRuntime,
  existingBrowser,
];
