import type { EscalationMethod } from '../escalation-method.ts';

const samlCertificate = {
  id: 'own-iam-saml-update',
  title: 'Replace the signing certificate of a SAML provider that a role trusts',
  category: 'trust-tampering',
  ways: [
    {
      on: 'role',
      federated: 'saml',
      requires: [
        {
          action: 'iam:UpdateSAMLProvider',
          on: 'provider',
          parameters: { SAMLProviderArn: 'arn-of-resource', SAMLMetadataDocument: 'new-saml-metadata' },
        },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant iam:UpdateSAMLProvider only to those who administer access.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html'],
} as const satisfies EscalationMethod;

const missingSamlProvider = {
  id: 'own-iam-saml-create',
  title: 'Make a SAML provider under a name that a role still trusts',
  category: 'trust-tampering',
  ways: [
    {
      on: 'role',
      federated: 'saml',
      requires: [
        {
          action: 'iam:CreateSAMLProvider',
          on: 'missing-provider',
          parameters: { Name: 'name-of-resource', SAMLMetadataDocument: 'new-saml-metadata' },
        },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Take identity providers that no longer exist out of trust policies.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html'],
} as const satisfies EscalationMethod;

const thumbprint = {
  id: 'own-iam-oidc-thumbprint',
  title: 'Change the pinned certificate of an OpenID Connect provider that a role trusts',
  category: 'trust-tampering',
  ways: [
    {
      on: 'role',
      federated: 'openid',
      requires: [
        {
          action: 'iam:UpdateOpenIDConnectProviderThumbprint',
          on: 'provider',
          parameters: { OpenIDConnectProviderArn: 'arn-of-resource', ThumbprintList: { value: ['0'.repeat(40)] } },
        },
      ],
      facts: [
        { unseen: 'control over the address of the keys of the issuer, whose certificate no public authority signed' },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant iam:UpdateOpenIDConnectProviderThumbprint only to those who administer access.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html'],
} as const satisfies EscalationMethod;

const audience = {
  id: 'own-iam-oidc-audience',
  title: 'Add an audience to an OpenID Connect provider that a role trusts',
  category: 'trust-tampering',
  ways: [
    {
      on: 'role',
      federated: 'openid',
      requires: [
        {
          action: 'iam:AddClientIDToOpenIDConnectProvider',
          on: 'provider',
          parameters: { OpenIDConnectProviderArn: 'arn-of-resource', ClientID: { value: 'sts.amazonaws.com' } },
        },
      ],
      facts: [{ unseen: 'a token of the issuer for another audience, which the trust of the target does not exclude' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Set the audience and the subject in the trust policies of roles for OpenID Connect.'],
  references: ['https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html'],
} as const satisfies EscalationMethod;

const webIdentity = {
  id: 'own-oidc-subject',
  title: 'Present a token that the trust of a role for web identities admits',
  category: 'trust-tampering',
  ways: [
    {
      on: 'role',
      federated: 'openid',
      requires: [],
      facts: [{ unseen: 'a token of the issuer that the trust of the target admits' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Set the audience and the subject in the trust policies of roles for OpenID Connect.'],
  references: ['https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html'],
} as const satisfies EscalationMethod;

const identityPool = {
  id: 'cognitoidentity-001',
  title: 'Pass a role to a Cognito identity pool in which it has an identity',
  category: 'new-passrole',
  ways: [
    {
      on: 'role',
      federated: 'cognito',
      requires: [
        { action: 'iam:PassRole', context: { 'iam:PassedToService': { value: 'cognito-identity.amazonaws.com' } } },
        { action: 'cognito-identity:SetIdentityPoolRoles', on: 'nothing' },
      ],
      facts: [{ unseen: 'an identity of the principal in a pool that the trust of the target admits' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Limit iam:PassRole to the roles that identities of pools are meant to use, with iam:PassedToService set to cognito-identity.amazonaws.com.',
  ],
  references: [
    'https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_SetIdentityPoolRoles.html',
    'https://pathfinding.cloud/paths/cognitoidentity-001',
  ],
} as const satisfies EscalationMethod;

const poolUser = {
  id: 'own-cognito-user',
  title: 'Take over a user or group of a Cognito user pool that has the role',
  category: 'principal-access',
  ways: [
    {
      on: 'role',
      federated: 'cognito',
      requires: [
        {
          anyOf: [
            { action: 'cognito-idp:AdminSetUserPassword', on: 'existing' },
            { action: 'cognito-idp:AdminAddUserToGroup', on: 'existing' },
            { action: 'cognito-idp:AdminUpdateUserAttributes', on: 'existing' },
          ],
        },
      ],
      facts: [{ unseen: 'an identity pool that gives the target to a user or group of that user pool' }],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant cognito-idp:AdminSetUserPassword, cognito-idp:AdminAddUserToGroup and cognito-idp:AdminUpdateUserAttributes on named user pools.',
  ],
  references: [
    'https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html',
  ],
} as const satisfies EscalationMethod;

const virtualCluster = {
  id: 'own-emr-on-eks',
  title: 'Run a job on an EMR virtual cluster as a role that trusts its identity provider',
  category: 'existing-passrole',
  ways: [
    {
      on: 'role',
      federated: 'openid',
      requires: [{ action: 'emr-containers:StartJobRun', on: 'existing' }],
      facts: [{ unseen: 'a virtual cluster in the cluster of that identity provider' }],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant emr-containers:StartJobRun with emr-containers:ExecutionRoleArn set to named roles.'],
  references: ['https://docs.aws.amazon.com/emr-on-eks/latest/APIReference/API_StartJobRun.html'],
} as const satisfies EscalationMethod;

/** By which an identity provider that a role trusts is misused. */
export const federationMethods: readonly EscalationMethod[] = [
  samlCertificate,
  missingSamlProvider,
  thumbprint,
  audience,
  webIdentity,
  identityPool,
  poolUser,
  virtualCluster,
];
