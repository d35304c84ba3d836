import { role, snapshot } from '../../../src/snapshot/testing/snapshot-builder.ts';
import type { LabelledAccount } from '../labelled-account.ts';

const OWN = '123456789012';
const GITHUB = 'token.actions.githubusercontent.com';
const TERRAFORM = 'app.terraform.io';
const EKS = 'oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const COGNITO = 'cognito-identity.amazonaws.com';
const BITBUCKET = 'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc';
const POOL = 'eu-central-1:12345678-1234-1234-1234-123456789012';
const SAML = `arn:aws:iam::${OWN}:saml-provider/ExampleCorp`;

const provider = (issuer: string) => `arn:aws:iam::${OWN}:oidc-provider/${issuer}`;
const when = (operator: string, key: string, value: unknown) => ({ [operator]: { [key]: value } });
const allow = (principal: object, action: string, condition: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: principal, Action: action, Condition: condition }],
});
const web = (federated: string, condition: object) =>
  allow({ Federated: federated }, 'sts:AssumeRoleWithWebIdentity', condition);
const github = (condition: object) => web(provider(GITHUB), condition);
const branch = (sub: unknown) =>
  github({
    ...when('StringEquals', `${GITHUB}:aud`, 'sts.amazonaws.com'),
    ...when('StringLike', `${GITHUB}:sub`, sub),
  });
const service = (name: string, condition: object = {}) =>
  allow({ Service: `${name}.amazonaws.com` }, 'sts:AssumeRole', condition);

const roles: Readonly<Record<string, unknown>> = {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub
  'github-without-subject': github(when('StringEquals', `${GITHUB}:aud`, 'sts.amazonaws.com')),
  'github-any-repository': branch('repo:*'),
  'github-main-of-anybody': branch('repo:*:ref:refs/heads/main'),
  'github-name-without-end': branch('repo:acme*'),
  'github-two-subjects': branch(['repo:acme/app:ref:refs/heads/main', '*']),
  'github-organization': branch('repo:acme/*'),
  'github-branch': branch('repo:acme/app:ref:refs/heads/main'),
  'github-repository': branch('repo:acme/app:*'),
  'github-some-repositories': branch('repo:acme/app-*'),
  'github-literal-wildcard': github(when('StringEquals', `${GITHUB}:sub`, 'repo:acme/*')),
  'github-by-deny': {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Federated: provider(GITHUB) }, Action: 'sts:AssumeRoleWithWebIdentity' },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: when('StringNotLike', `${GITHUB}:sub`, 'repo:acme/app:*'),
      },
    ],
  },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
  'gitlab-any-project': web(provider('gitlab.com'), when('StringLike', 'gitlab.com:sub', 'project_path:*')),
  'gitlab-project': web(provider('gitlab.com'), when('StringLike', 'gitlab.com:sub', 'project_path:acme/app:*')),
  'terraform-any-organization': web(
    provider(TERRAFORM),
    when('StringEquals', `${TERRAFORM}:aud`, 'aws.workload.identity'),
  ),
  'terraform-workspace': web(
    provider(TERRAFORM),
    when('StringLike', `${TERRAFORM}:sub`, 'organization:acme:project:network:workspace:prod:run_phase:*'),
  ),
  'bitbucket-workspace': web(provider(BITBUCKET), {}),
  'bitbucket-repository': web(
    provider(BITBUCKET),
    when('StringLike', `${BITBUCKET}:sub`, '{aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee}*:*'),
  ),
  // https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
  'eks-any-service-account': web(provider(EKS), when('StringEquals', `${EKS}:aud`, 'sts.amazonaws.com')),
  'eks-service-account': web(provider(EKS), when('StringEquals', `${EKS}:sub`, 'system:serviceaccount:default:app')),
  // https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
  'cognito-any-pool': web(COGNITO, when('ForAnyValue:StringLike', `${COGNITO}:amr`, 'authenticated')),
  'cognito-guests': web(COGNITO, {
    ...when('StringEquals', `${COGNITO}:aud`, POOL),
    ...when('ForAnyValue:StringLike', `${COGNITO}:amr`, 'unauthenticated'),
  }),
  'cognito-users': web(COGNITO, {
    ...when('StringEquals', `${COGNITO}:aud`, POOL),
    ...when('ForAnyValue:StringLike', `${COGNITO}:amr`, 'authenticated'),
  }),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
  'google-any-application': web('accounts.google.com', {}),
  'google-application': web(
    'accounts.google.com',
    when('StringEquals', 'accounts.google.com:aud', '66677788899900pro0'),
  ),
  'amazon-application': web(
    'www.amazon.com',
    when('StringEquals', 'www.amazon.com:app_id', 'amzn1.application-oa2-client.1a2b'),
  ),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
  company: web(provider('login.example.com'), when('StringEquals', 'login.example.com:aud', 'aws')),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html
  'saml-any-recipient': allow({ Federated: SAML }, 'sts:AssumeRoleWithSAML', {}),
  saml: allow(
    { Federated: SAML },
    'sts:AssumeRoleWithSAML',
    when('StringEquals', 'SAML:aud', 'https://signin.aws.amazon.com/saml'),
  ),
  'saml-of-a-region': allow(
    { Federated: SAML },
    'sts:AssumeRoleWithSAML',
    when('StringLike', 'SAML:aud', 'https://*.signin.aws.amazon.com/saml'),
  ),
  // https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
  'anywhere-any-anchor': service('rolesanywhere'),
  'anywhere-one-anchor': service(
    'rolesanywhere',
    when('ArnEquals', 'aws:SourceArn', `arn:aws:rolesanywhere:eu-central-1:${OWN}:trust-anchor/a1b2`),
  ),
  // https://docs.aws.amazon.com/bedrock/latest/userguide/cross-service-confused-deputy-prevention.html
  'agent-of-anybody': service('bedrock'),
  agent: service('bedrock', when('StringEquals', 'aws:SourceAccount', OWN)),
  // https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
  'machine-of-anybody': service('states', when('ArnLike', 'aws:SourceArn', 'arn:aws:states:*:*:stateMachine:*')),
  machine: service('states', when('ArnLike', 'aws:SourceArn', `arn:aws:states:*:${OWN}:stateMachine:*`)),
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html
  instance: service('ec2'),
};

/** Roles that identity providers and services of AWS open, to whom they should and to more. */
export const federationAccount: LabelledAccount = {
  name: 'an account of federated roles',
  now: '2026-01-01T00:00:00Z',
  snapshot: snapshot({ roles: Object.entries(roles).map(([name, trustPolicy]) => role(name, { trustPolicy })) }),
  findings: {
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'role-trusts-web-identities-too-broadly': {
      [`role/github-without-subject ${provider(GITHUB)}`]: 'every repository of GitHub',
      [`role/github-any-repository ${provider(GITHUB)}`]: '`repo:*` is every repository of GitHub',
      [`role/github-main-of-anybody ${provider(GITHUB)}`]: 'the main branch of every repository of GitHub',
      [`role/github-name-without-end ${provider(GITHUB)}`]: '`repo:acme*` is acme-evil too, which anybody may found',
      [`role/github-two-subjects ${provider(GITHUB)}`]: 'the second subject is everybody',
      [`role/github-organization ${provider(GITHUB)}`]: 'every repository of the organization, whoever writes to it',
      [`role/gitlab-any-project ${provider('gitlab.com')}`]: 'every project of GitLab',
      [`role/terraform-any-organization ${provider(TERRAFORM)}`]: 'every organization of Terraform Cloud',
      [`role/bitbucket-workspace ${provider(BITBUCKET)}`]: 'every repository of the workspace',
      [`role/eks-any-service-account ${provider(EKS)}`]: 'every pod of the cluster',
      [`role/cognito-any-pool ${COGNITO}`]: 'users of everybody’s identity pools',
      [`role/cognito-guests ${COGNITO}`]: 'who has not signed in',
      'role/google-any-application accounts.google.com': 'users of every application',
    },
    'role-trusts-saml-without-audience': { [`role/saml-any-recipient ${SAML}`]: 'assertions made for other programs' },
    'role-trusts-service-without-source': {
      'role/anywhere-any-anchor rolesanywhere.amazonaws.com': 'whichever trust anchor of the account',
      'role/agent-of-anybody bedrock.amazonaws.com': 'agents of other accounts',
      'role/machine-of-anybody states.amazonaws.com': 'an ARN whose account is a wildcard',
    },
  },
  traps: {
    'role/github-branch': 'one branch of one repository',
    'role/github-repository': 'any branch, but of one repository',
    'role/github-some-repositories': 'repositories whose names begin so, of one organization',
    'role/github-literal-wildcard': 'StringEquals takes the wildcard as it stands, and no token has it',
    'role/github-by-deny': 'anybody, but a Deny keeps to one repository',
    'role/gitlab-project': 'one project',
    'role/terraform-workspace': 'one workspace',
    'role/bitbucket-repository': 'one repository of the workspace whose issuer it is',
    'role/eks-service-account': 'one service account of one cluster',
    'role/cognito-users': 'who has signed in to one identity pool',
    'role/google-application': 'users of one application',
    'role/amazon-application': 'users of one application',
    'role/company': 'an issuer of one company, which lets in whom it likes',
    'role/saml': 'assertions for AWS',
    'role/saml-of-a-region': 'assertions for AWS, in whatever Region',
    'role/anywhere-one-anchor': 'one trust anchor',
    'role/agent': 'the service for the own account',
    'role/machine': 'state machines of the own account',
    'role/instance': 'a service that sends no key to ask for',
  },
};
