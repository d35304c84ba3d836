import type { EscalationMethod } from '../escalation-method.ts';

const newApplicationVersion = {
  id: 'own-beanstalk-version',
  title: 'Deploy a version of its own to an Elastic Beanstalk environment',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'elasticbeanstalk:CreateApplicationVersion', on: 'existing', type: 'application' },
        { action: 'elasticbeanstalk:CreateApplicationVersion', on: 'new', type: 'applicationversion' },
        { action: 'elasticbeanstalk:UpdateEnvironment', on: 'running', type: 'environment' },
      ],
      facts: [{ unseen: 'access of the principal to what Elastic Beanstalk changes on its behalf' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant elasticbeanstalk:UpdateEnvironment on named environments, with elasticbeanstalk:FromApplicationVersion set.',
  ],
  references: ['https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_UpdateEnvironment.html'],
} as const satisfies EscalationMethod;

/** By which an environment of AWS Elastic Beanstalk runs code as a role. */
export const elasticBeanstalkMethods: readonly EscalationMethod[] = [newApplicationVersion];
