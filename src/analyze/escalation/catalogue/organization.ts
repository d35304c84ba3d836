import type { EscalationMethod } from '../escalation-method.ts';

const delegatedAdministrator = {
  id: 'own-org-delegate',
  title: 'Make an account under its control a delegated administrator of the organization',
  category: 'org-level',
  ways: [
    {
      on: 'organization',
      requires: [{ action: 'organizations:RegisterDelegatedAdministrator', on: 'existing' }],
      facts: [
        'manages-organization',
        {
          unseen: 'a member account that the principal administers, and a trusted service that manages other accounts',
        },
      ],
      effect: 'administers-organization',
    },
  ],
  remediation: [
    'Grant organizations:RegisterDelegatedAdministrator with organizations:ServicePrincipal set to services that manage no access.',
  ],
  references: ['https://docs.aws.amazon.com/organizations/latest/APIReference/API_RegisterDelegatedAdministrator.html'],
} as const satisfies EscalationMethod;

const organizationStackSet = {
  id: 'own-org-stackset',
  title: 'Deploy a stack set to the accounts of the organization',
  category: 'org-level',
  ways: [
    {
      on: 'organization',
      requires: [
        { action: 'cloudformation:CreateStackSet', on: 'nothing' },
        { action: 'cloudformation:CreateStackInstances', on: 'new', type: 'stackset' },
      ],
      facts: ['manages-organization', { unseen: 'trusted access of CloudFormation StackSets' }],
      effect: 'administers-organization',
    },
    {
      on: 'organization',
      requires: [
        { action: 'cloudformation:CreateStackSet', on: 'nothing' },
        { action: 'cloudformation:CreateStackInstances', on: 'new', type: 'stackset' },
      ],
      facts: [
        'is-member-account',
        { unseen: 'trusted access of CloudFormation StackSets' },
        { unseen: 'delegated administration of CloudFormation StackSets' },
      ],
      effect: 'administers-organization',
    },
  ],
  remediation: [
    'Grant cloudformation:CreateStackSet and cloudformation:CreateStackInstances in the management account only to those who administer the organization.',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStackInstances.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-enable-trusted-access.html',
  ],
} as const satisfies EscalationMethod;

/** By which the accounts of an organization are taken over from the account that manages it. */
export const organizationMethods: readonly EscalationMethod[] = [delegatedAdministrator, organizationStackSet];
