import type { EscalationMethod } from '../escalation-method.ts';

const newService = {
  id: 'apprunner-001',
  title: 'Pass a role to a new App Runner service',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'tasks.apprunner.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'apprunner:CreateService', on: 'new' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that App Runner services are meant to run as, with iam:PassedToService set to tasks.apprunner.amazonaws.com.',
  ],
  references: [
    'https://docs.aws.amazon.com/apprunner/latest/api/API_CreateService.html',
    'https://pathfinding.cloud/paths/apprunner-001',
  ],
} as const satisfies EscalationMethod;

const existingService = {
  id: 'apprunner-002',
  title: 'Have an App Runner service run another image or command',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'tasks.apprunner.amazonaws.com',
      requires: [{ action: 'apprunner:UpdateService', on: 'running', type: 'service' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant apprunner:UpdateService on the services that the principal deploys.'],
  references: [
    'https://docs.aws.amazon.com/apprunner/latest/api/API_UpdateService.html',
    'https://pathfinding.cloud/paths/apprunner-002',
  ],
} as const satisfies EscalationMethod;

/** By which a service of AWS App Runner runs code as a role. */
export const appRunnerMethods: readonly EscalationMethod[] = [newService, existingService];
