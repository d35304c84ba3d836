import type { EscalationMethod } from '../escalation-method.ts';

const newProject = {
  id: 'own-codestar-project',
  title: 'Pass a role to a new AWS CodeStar project',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'codestar.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'codestar:CreateProject', on: 'nothing' }],
      facts: [{ unseen: 'an account that still may use AWS CodeStar' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Take codestar:CreateProject out of policies: the service is closed.'],
  references: ['https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodestar.html'],
} as const satisfies EscalationMethod;

const projectFromTemplate = {
  id: 'own-codestar-template',
  title: 'Make an AWS CodeStar project from a template',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'codestar.amazonaws.com',
      requires: [{ action: 'codestar:CreateProjectFromTemplate', on: 'nothing' }],
      facts: [{ unseen: 'an account that still may use AWS CodeStar' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Take codestar:* out of policies: the service is closed.'],
  references: ['https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodestar.html'],
} as const satisfies EscalationMethod;

const memberOfProject = {
  id: 'own-codestar-member',
  title: 'Make an AWS CodeStar project and join it as its owner',
  category: 'self-escalation',
  ways: [
    {
      on: 'role',
      service: 'codestar.amazonaws.com',
      requires: [
        { action: 'codestar:CreateProject', on: 'nothing' },
        { action: 'codestar:AssociateTeamMember', on: 'new' },
      ],
      facts: [{ unseen: 'an account that still may use AWS CodeStar' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Take codestar:CreateProject and codestar:AssociateTeamMember out of policies: the service is closed.'],
  references: ['https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodestar.html'],
} as const satisfies EscalationMethod;

/** By which AWS CodeStar, closed in 2024, makes administrators of a project. */
export const codeStarMethods: readonly EscalationMethod[] = [newProject, projectFromTemplate, memberOfProject];
