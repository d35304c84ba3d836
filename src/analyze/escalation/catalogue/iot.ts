import type { EscalationMethod } from '../escalation-method.ts';

const newRoleAlias = {
  id: 'own-iot-role-alias',
  title: 'Pass a role to an IoT role alias and ask for its credentials with a certificate',
  category: 'trust-tampering',
  ways: [
    {
      on: 'role',
      service: 'credentials.iot.amazonaws.com',
      requires: [
        { action: 'iam:PassRole' },
        {
          anyOf: [
            { action: 'iot:CreateRoleAlias', on: 'new' },
            { action: 'iot:UpdateRoleAlias', on: 'existing' },
          ],
        },
        {
          anyOf: [
            { action: 'iot:CreateKeysAndCertificate', on: 'nothing' },
            { action: 'iot:CreateCertificateFromCsr', on: 'nothing' },
            { action: 'iot:RegisterCertificateWithoutCA', on: 'nothing' },
          ],
        },
        { action: 'iot:CreatePolicy', on: 'new' },
        { action: 'iot:AttachPolicy', on: 'new', type: 'cert' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that things are meant to use.',
    'Grant iot:CreateRoleAlias and iot:UpdateRoleAlias on named role aliases.',
  ],
  references: [
    'https://docs.aws.amazon.com/iot/latest/apireference/API_CreateRoleAlias.html',
    'https://docs.aws.amazon.com/iot/latest/developerguide/authorizing-direct-aws.html',
  ],
} as const satisfies EscalationMethod;

const existingRoleAlias = {
  id: 'own-iot-existing-alias',
  title: 'Ask for the credentials of an IoT role alias with a certificate of its own',
  category: 'trust-tampering',
  ways: [
    {
      on: 'role',
      service: 'credentials.iot.amazonaws.com',
      requires: [
        {
          anyOf: [
            { action: 'iot:CreateKeysAndCertificate', on: 'nothing' },
            { action: 'iot:CreateCertificateFromCsr', on: 'nothing' },
            { action: 'iot:RegisterCertificateWithoutCA', on: 'nothing' },
          ],
        },
        { action: 'iot:CreatePolicy', on: 'new' },
        { action: 'iot:AttachPolicy', on: 'new', type: 'cert' },
      ],
      facts: [{ unseen: 'a role alias of the target' }],
      effect: 'becomes-target',
    },
    {
      on: 'role',
      service: 'credentials.iot.amazonaws.com',
      requires: [
        {
          anyOf: [
            { action: 'iot:CreateKeysAndCertificate', on: 'nothing' },
            { action: 'iot:CreateCertificateFromCsr', on: 'nothing' },
            { action: 'iot:RegisterCertificateWithoutCA', on: 'nothing' },
          ],
        },
        { action: 'iot:AttachPolicy', on: 'new', type: 'cert' },
      ],
      facts: [{ unseen: 'a role alias of the target, and an IoT policy that allows to use it' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant iot:CreatePolicy and iot:AttachPolicy only to those who provision things.'],
  references: [
    'https://docs.aws.amazon.com/iot/latest/apireference/API_AttachPolicy.html',
    'https://docs.aws.amazon.com/iot/latest/developerguide/authorizing-direct-aws.html',
  ],
} as const satisfies EscalationMethod;

const coreDevice = {
  id: 'own-greengrass-deploy',
  title: 'Deploy a component of its own to a Greengrass core device that has the role',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      service: 'credentials.iot.amazonaws.com',
      requires: [
        { action: 'greengrass:CreateComponentVersion', on: 'new' },
        { action: 'greengrass:CreateDeployment', on: 'nothing' },
        // Greengrass tells a device by its shadow, and a group of devices by a job, with what the caller may do.
        {
          anyOf: [
            { action: 'iot:UpdateThingShadow', on: 'existing', type: 'thing' },
            { action: 'iot:CreateJob', on: 'new', type: 'job' },
          ],
        },
      ],
      facts: [{ unseen: 'a core device whose token exchange role is the target' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant greengrass:CreateDeployment only to those who maintain core devices.'],
  references: [
    'https://docs.aws.amazon.com/greengrass/v2/APIReference/API_CreateDeployment.html',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiotgreengrassv2.html',
  ],
} as const satisfies EscalationMethod;

/** By which AWS IoT gives the credentials of a role to a thing. */
export const thingMethods: readonly EscalationMethod[] = [newRoleAlias, existingRoleAlias, coreDevice];
