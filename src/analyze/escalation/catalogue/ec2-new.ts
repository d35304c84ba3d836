import type { EscalationMethod } from '../escalation-method.ts';
import { newInstanceProfile } from './instance-profile.ts';

const newInstance = {
  id: 'ec2-001',
  title: 'Launch an EC2 instance with the role in its instance profile',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'ec2:RunInstances', on: 'new' }],
      facts: ['is-in-instance-profile'],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, ...newInstanceProfile, { action: 'ec2:RunInstances', on: 'new' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that instances are meant to run as, with iam:PassedToService set to ec2.amazonaws.com.',
    'Grant ec2:RunInstances with ec2:InstanceProfile set to named instance profiles.',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html',
    'https://pathfinding.cloud/paths/ec2-001',
  ],
} as const satisfies EscalationMethod;

const newSpotInstance = {
  id: 'ec2-003',
  title: 'Request an EC2 Spot Instance with the role in its instance profile',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'ec2:RequestSpotInstances', on: 'new' }],
      facts: ['is-in-instance-profile'],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, ...newInstanceProfile, { action: 'ec2:RequestSpotInstances', on: 'new' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that instances are meant to run as, with iam:PassedToService set to ec2.amazonaws.com.',
    'Grant ec2:RequestSpotInstances only to those who need Spot Instances outside of groups and fleets.',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RequestSpotInstances.html',
    'https://pathfinding.cloud/paths/ec2-003',
  ],
} as const satisfies EscalationMethod;

const newFleet = {
  id: 'own-ec2-fleet',
  title: 'Request a fleet of EC2 instances with the role in their instance profile',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'ec2:CreateLaunchTemplate', on: 'new' },
        { action: 'ec2:CreateFleet', on: 'new' },
      ],
      facts: ['is-in-instance-profile'],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        ...newInstanceProfile,
        { action: 'ec2:CreateLaunchTemplate', on: 'new' },
        { action: 'ec2:CreateFleet', on: 'new' },
      ],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'ec2:CreateFleet', on: 'new' }],
      facts: [{ unseen: 'a launch template with an instance profile that holds the target' }],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, { action: 'ec2:RequestSpotFleet', on: 'new' }],
      facts: [
        'is-in-instance-profile',
        { unseen: 'a fleet role for spotfleet.amazonaws.com that the principal may pass' },
      ],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [{ action: 'iam:PassRole' }, ...newInstanceProfile, { action: 'ec2:RequestSpotFleet', on: 'new' }],
      facts: [{ unseen: 'a fleet role for spotfleet.amazonaws.com that the principal may pass' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that instances are meant to run as, with iam:PassedToService set to ec2.amazonaws.com.',
    'Grant ec2:CreateFleet and ec2:RequestSpotFleet only to those who run fleets.',
  ],
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateFleet.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RequestSpotFleet.html',
  ],
} as const satisfies EscalationMethod;

const newGroupByLaunchTemplate = {
  id: 'own-asg-launch-template',
  title: 'Have an Auto Scaling group launch from a new template with the role',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'ec2:CreateLaunchTemplate', on: 'new' },
        {
          anyOf: [
            { action: 'autoscaling:CreateAutoScalingGroup', on: 'new' },
            { action: 'autoscaling:UpdateAutoScalingGroup', on: 'existing' },
          ],
        },
        { action: 'ec2:RunInstances', on: 'new' },
      ],
      facts: ['is-in-instance-profile'],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        ...newInstanceProfile,
        { action: 'ec2:CreateLaunchTemplate', on: 'new' },
        {
          anyOf: [
            { action: 'autoscaling:CreateAutoScalingGroup', on: 'new' },
            { action: 'autoscaling:UpdateAutoScalingGroup', on: 'existing' },
          ],
        },
        { action: 'ec2:RunInstances', on: 'new' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that instances are meant to run as, with iam:PassedToService set to ec2.amazonaws.com.',
    'Grant autoscaling:CreateAutoScalingGroup and autoscaling:UpdateAutoScalingGroup on named groups.',
  ],
  references: [
    'https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html',
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html',
  ],
} as const satisfies EscalationMethod;

const newGroupByLaunchConfiguration = {
  id: 'own-asg-launch-config',
  title: 'Have an Auto Scaling group launch from a new configuration with the role',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'autoscaling:CreateLaunchConfiguration', on: 'new' },
        {
          anyOf: [
            { action: 'autoscaling:CreateAutoScalingGroup', on: 'new' },
            { action: 'autoscaling:UpdateAutoScalingGroup', on: 'existing' },
          ],
        },
      ],
      facts: ['is-in-instance-profile', { unseen: 'an account that still may use launch configurations' }],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        ...newInstanceProfile,
        { action: 'autoscaling:CreateLaunchConfiguration', on: 'new' },
        {
          anyOf: [
            { action: 'autoscaling:CreateAutoScalingGroup', on: 'new' },
            { action: 'autoscaling:UpdateAutoScalingGroup', on: 'existing' },
          ],
        },
      ],
      facts: [{ unseen: 'an account that still may use launch configurations' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that instances are meant to run as, with iam:PassedToService set to ec2.amazonaws.com.',
    'Deny autoscaling:CreateLaunchConfiguration: launch templates take its place.',
  ],
  references: [
    'https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateLaunchConfiguration.html',
    'https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-configurations.html',
  ],
} as const satisfies EscalationMethod;

const newImage = {
  id: 'imagebuilder-001',
  title: 'Build an image with EC2 Image Builder on an instance that has the role',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        { action: 'imagebuilder:CreateComponent', on: 'new' },
        { action: 'imagebuilder:CreateImageRecipe', on: 'new' },
        { action: 'imagebuilder:CreateInfrastructureConfiguration', on: 'new' },
        { action: 'imagebuilder:CreateImage', on: 'new' },
      ],
      facts: ['is-in-instance-profile'],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'ec2.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        ...newInstanceProfile,
        { action: 'imagebuilder:CreateComponent', on: 'new' },
        { action: 'imagebuilder:CreateImageRecipe', on: 'new' },
        { action: 'imagebuilder:CreateInfrastructureConfiguration', on: 'new' },
        { action: 'imagebuilder:CreateImage', on: 'new' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that instances are meant to run as, with iam:PassedToService set to ec2.amazonaws.com.',
    'Grant imagebuilder:CreateInfrastructureConfiguration only to those who maintain images.',
  ],
  references: [
    'https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateInfrastructureConfiguration.html',
    'https://pathfinding.cloud/paths/imagebuilder-001',
  ],
} as const satisfies EscalationMethod;

/** By which a new instance of Amazon EC2 runs code as a role. */
export const newInstanceMethods: readonly EscalationMethod[] = [
  newInstance,
  newSpotInstance,
  newFleet,
  newGroupByLaunchTemplate,
  newGroupByLaunchConfiguration,
  newImage,
];
