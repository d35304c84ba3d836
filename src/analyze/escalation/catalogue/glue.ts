import type { EscalationMethod } from '../escalation-method.ts';

const newEndpoint = {
  id: 'glue-001',
  title: 'Pass a role to a new Glue development endpoint',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'glue.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'glue:CreateDevEndpoint', on: 'nothing' }],
      // AWS ended the versions of Glue that endpoints run, for jobs and sessions; of endpoints it says nothing.
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that jobs are meant to run as, with iam:PassedToService set to glue.amazonaws.com.',
    'Deny glue:CreateDevEndpoint: interactive sessions take its place.',
  ],
  references: [
    'https://docs.aws.amazon.com/glue/latest/webapi/API_CreateDevEndpoint.html',
    'https://docs.aws.amazon.com/glue/latest/dg/glue-version-support-policy.html',
    'https://pathfinding.cloud/paths/glue-001',
  ],
} as const satisfies EscalationMethod;

const newJob = {
  id: 'glue-003',
  title: 'Pass a role to a new Glue job and start it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'glue.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'glue:CreateJob', on: 'new' },
        { action: 'glue:StartJobRun', on: 'new', type: 'job' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that jobs are meant to run as, with iam:PassedToService set to glue.amazonaws.com.',
    'Grant glue:CreateJob on named jobs.',
  ],
  references: [
    'https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html',
    'https://pathfinding.cloud/paths/glue-003',
  ],
} as const satisfies EscalationMethod;

const newTriggeredJob = {
  id: 'glue-004',
  title: 'Pass a role to a new Glue job and have a trigger start it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'glue.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'glue:CreateJob', on: 'new' },
        { action: 'glue:CreateTrigger', on: 'new' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that jobs are meant to run as, with iam:PassedToService set to glue.amazonaws.com.',
    'Grant glue:CreateJob and glue:CreateTrigger on named jobs and triggers.',
  ],
  references: [
    'https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTrigger.html',
    'https://pathfinding.cloud/paths/glue-004',
  ],
} as const satisfies EscalationMethod;

const existingJob = {
  id: 'glue-005',
  title: 'Pass a role and a script to a Glue job and start it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'glue.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'glue:UpdateJob', on: 'existing' },
        { action: 'glue:StartJobRun', on: 'existing' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that jobs are meant to run as, with iam:PassedToService set to glue.amazonaws.com.',
    'Grant glue:UpdateJob on the jobs that the principal maintains.',
  ],
  references: [
    'https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateJob.html',
    'https://pathfinding.cloud/paths/glue-005',
  ],
} as const satisfies EscalationMethod;

const existingTriggeredJob = {
  id: 'glue-006',
  title: 'Pass a role and a script to a Glue job and have a trigger start it',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'glue.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'glue:UpdateJob', on: 'existing' },
        { action: 'glue:CreateTrigger', on: 'new' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that jobs are meant to run as, with iam:PassedToService set to glue.amazonaws.com.',
    'Grant glue:UpdateJob on the jobs that the principal maintains.',
  ],
  references: [
    'https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateJob.html',
    'https://pathfinding.cloud/paths/glue-006',
  ],
} as const satisfies EscalationMethod;

const newSession = {
  id: 'glue-007',
  title: 'Pass a role to a new Glue interactive session and run a statement',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'glue.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'glue:CreateSession', on: 'new' },
        { action: 'glue:RunStatement', on: 'new', type: 'session' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that jobs are meant to run as, with iam:PassedToService set to glue.amazonaws.com.',
    'Grant glue:CreateSession on sessions with the name or tag of their owner.',
  ],
  references: [
    'https://docs.aws.amazon.com/glue/latest/webapi/API_CreateSession.html',
    'https://pathfinding.cloud/paths/glue-007',
  ],
} as const satisfies EscalationMethod;

const existingEndpoint = {
  id: 'glue-002',
  title: 'Put an SSH key on a Glue development endpoint that has the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'glue.amazonaws.com',
      requires: [{ action: 'glue:UpdateDevEndpoint', on: 'running', type: 'devendpoint' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant glue:UpdateDevEndpoint on endpoints with a tag of the team, or delete the endpoints.'],
  references: [
    'https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateDevEndpoint.html',
    'https://pathfinding.cloud/paths/glue-002',
  ],
} as const satisfies EscalationMethod;

const existingSession = {
  id: 'own-glue-session',
  title: 'Run a statement in a Glue interactive session that has the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'glue.amazonaws.com',
      requires: [{ action: 'glue:RunStatement', on: 'running', type: 'session' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant glue:RunStatement on sessions with the name or tag of their owner.'],
  references: ['https://docs.aws.amazon.com/glue/latest/webapi/API_RunStatement.html'],
} as const satisfies EscalationMethod;

const scriptOfJob = {
  id: 'own-glue-script',
  title: 'Overwrite the script of a Glue job that has the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'glue.amazonaws.com',
      requires: [
        { action: 's3:PutObject', on: 'feeding', type: 'object' },
        { action: 'glue:StartJobRun', on: 'running', type: 'job' },
      ],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'glue.amazonaws.com',
      requires: [{ action: 's3:PutObject', on: 'feeding', type: 'object' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant s3:PutObject on scripts to those who may change the jobs.'],
  references: ['https://docs.aws.amazon.com/glue/latest/webapi/API_StartJobRun.html'],
} as const satisfies EscalationMethod;

const scriptOfRun = {
  id: 'own-glue-script-argument',
  title: 'Start a Glue job that has the role with a script of its own',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'glue.amazonaws.com',
      // The argument `--scriptLocation` of a run takes the place of the script that the job names.
      requires: [{ action: 'glue:StartJobRun', on: 'running', type: 'job' }],
      facts: [{ unseen: 'a job whose script location a run may override, and a script that the target may read' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Set --scriptLocation among the non-overridable arguments of jobs, and grant glue:StartJobRun on named jobs.',
  ],
  references: [
    'https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html',
    'https://docs.aws.amazon.com/glue/latest/webapi/API_StartJobRun.html',
  ],
} as const satisfies EscalationMethod;

/** By which AWS Glue runs scripts as a role. */
export const glueMethods: readonly EscalationMethod[] = [
  newEndpoint,
  newJob,
  newTriggeredJob,
  existingJob,
  existingTriggeredJob,
  newSession,
  existingEndpoint,
  existingSession,
  scriptOfJob,
  scriptOfRun,
];
