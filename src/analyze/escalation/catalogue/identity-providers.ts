import type { EscalationMethod } from '../escalation-method.ts';

const newSamlProvider = {
  id: 'own-iam-saml-trust',
  title: 'Make a SAML provider and have a role trust it',
  category: 'trust-tampering',
  ways: [
    {
      on: 'role',
      requires: [
        {
          action: 'iam:CreateSAMLProvider',
          on: 'new',
          parameters: { Name: 'name-of-resource', SAMLMetadataDocument: 'new-saml-metadata' },
        },
        {
          action: 'iam:UpdateAssumeRolePolicy',
          parameters: { RoleName: 'name-of-target', PolicyDocument: 'trust-provider' },
        },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: ['Grant iam:CreateSAMLProvider and iam:UpdateAssumeRolePolicy only to those who administer access.'],
  references: [
    'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html',
    'https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html',
  ],
} as const satisfies EscalationMethod;

const newOidcProvider = {
  id: 'own-iam-oidc-create',
  title: 'Make an OpenID Connect provider and have a role trust it',
  category: 'trust-tampering',
  ways: [
    {
      on: 'role',
      requires: [
        {
          action: 'iam:CreateOpenIDConnectProvider',
          on: 'new',
          parameters: { Url: 'url-of-resource', ClientIDList: { value: ['sts.amazonaws.com'] } },
        },
        {
          action: 'iam:UpdateAssumeRolePolicy',
          parameters: { RoleName: 'name-of-target', PolicyDocument: 'trust-provider' },
        },
      ],
      effect: 'becomes-target',
    },
  ],
  remediation: [
    'Grant iam:CreateOpenIDConnectProvider and iam:UpdateAssumeRolePolicy only to those who administer access.',
  ],
  references: [
    'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html',
    'https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html',
  ],
} as const satisfies EscalationMethod;

/** By which an identity provider of its own may assume a role. */
export const identityProviderMethods: readonly EscalationMethod[] = [newSamlProvider, newOidcProvider];
