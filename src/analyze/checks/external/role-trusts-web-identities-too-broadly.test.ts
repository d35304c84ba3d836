import { describe, expect, it } from 'vitest';
import { loadServiceReference } from '../../../reference/service-reference.ts';
import { at } from '../../../snapshot/testing/collected-builder.ts';
import { role, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { createCheckTools } from '../../check-tools.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { roleTrustsWebIdentitiesTooBroadly } from './role-trusts-web-identities-too-broadly.ts';

const OWN = '123456789012';
const GITHUB = 'token.actions.githubusercontent.com';
const EKS = 'oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const COGNITO = 'cognito-identity.amazonaws.com';
const ENTRA = 'sts.windows.net/11111111-2222-3333-4444-555555555555/';
const POOL = { [`${COGNITO}:aud`]: 'eu-central-1:12345678-1234-1234-1234-123456789012' };

const trust = (issuer: string, condition: object, more: readonly object[] = []) =>
  snapshot({
    roles: [
      role('app', {
        trustPolicy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: {
                Federated: /^(?:accounts|cognito|graph|www)/.test(issuer)
                  ? issuer
                  : `arn:aws:iam::${OWN}:oidc-provider/${issuer}`,
              },
              Action: 'sts:AssumeRoleWithWebIdentity',
              Condition: condition,
            },
            ...more,
          ],
        },
      }),
    ],
  });
const audience = { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } };
const github = (sub: unknown, operator = 'StringLike') =>
  trust(GITHUB, {
    ...audience,
    [operator]: { ...(operator === 'StringEquals' && audience.StringEquals), [`${GITHUB}:sub`]: sub },
  });

describeCheck(roleTrustsWebIdentitiesTooBroadly, '2026-01-01T00:00:00Z', {
  fail: [
    ['GitHub without a subject', trust(GITHUB, audience), { issuer: 'GitHub Actions', openTo: 'anybody' }],
    ['GitHub without anything', trust(GITHUB, {}), { openTo: 'anybody' }],
    ['any repository', github('repo:*'), { openTo: 'anybody' }],
    ['any subject', github('*'), { openTo: 'anybody' }],
    ['a repository of that name of anybody', github('repo:*/infrastructure:*'), { openTo: 'anybody' }],
    ['a branch of that name of anybody', github('*:ref:refs/heads/main'), { openTo: 'anybody' }],
    ['organizations whose names begin so', github('repo:octo*'), { openTo: 'anybody' }],
    ['the own repository or any', github(['repo:octo-org/app:*', 'repo:*']), { openTo: 'anybody' }],
    ['all subjects but one', github('repo:evil/evil:*', 'StringNotLike'), { openTo: 'anybody' }],
    ['a subject that may be missing or anything', github('repo:*', 'StringLikeIfExists'), { openTo: 'anybody' }],
    [
      'any repository that has an environment of that name',
      trust(GITHUB, { StringEquals: { [`${GITHUB}:environment`]: 'production' } }),
      { openTo: 'anybody' },
    ],
    ['every repository of an organization', github('repo:octo-org/*'), { openTo: 'everything' }],
    ['every main branch of an organization', github('repo:octo-org/*:ref:refs/heads/main'), { openTo: 'everything' }],
    ['GitLab for any project', trust('gitlab.com', { StringLike: { 'gitlab.com:sub': 'project_path:*' } })],
    ['GitLab for a group', trust('gitlab.com', { StringLike: { 'gitlab.com:sub': 'project_path:acme/*:ref:main' } })],
    [
      'any organization of HCP Terraform',
      trust('app.terraform.io', { StringEquals: { 'app.terraform.io:aud': 'aws.workload.identity' } }),
      { openTo: 'anybody' },
    ],
    [
      'every workspace of an organization of HCP Terraform',
      trust('app.terraform.io', { StringLike: { 'app.terraform.io:sub': 'organization:acme:*' } }),
      { openTo: 'everything' },
    ],
    [
      'every service account of a cluster',
      trust(EKS, { StringEquals: { [`${EKS}:aud`]: 'sts.amazonaws.com' } }),
      { openTo: 'everything' },
    ],
    [
      'service accounts by a pattern for all',
      trust(EKS, { StringLike: { [`${EKS}:sub`]: 'system:serviceaccount:*' } }),
    ],
    [
      'every project of CircleCI',
      trust('oidc.circleci.com/org/11111111-2222-3333-4444-555555555555', {}),
      { openTo: 'everything' },
    ],
    [
      'any identity pool',
      trust(COGNITO, { 'ForAnyValue:StringLike': { [`${COGNITO}:amr`]: 'authenticated' } }),
      { openTo: 'anybody' },
    ],
    ['guests of an identity pool', trust(COGNITO, { StringEquals: POOL }), { openTo: 'guests' }],
    ['any application of Google', trust('accounts.google.com', {}), { openTo: 'anybody' }],
    [
      'an audience of Google that anybody asks for',
      trust('accounts.google.com', { StringEquals: { 'accounts.google.com:oaud': 'sts' } }),
    ],
    [
      'every repository of an owner, by its id',
      trust(GITHUB, { StringEquals: { [`${GITHUB}:repository_owner_id`]: '1234' } }),
      { openTo: 'everything' },
    ],
    [
      'every repository of an enterprise',
      trust('token.actions.acme.ghe.com', { StringEquals: { 'token.actions.acme.ghe.com:aud': 'sts.amazonaws.com' } }),
      { openTo: 'everything' },
    ],
    ['any team of Vercel', trust('oidc.vercel.com', {}), { openTo: 'anybody' }],
    [
      'every project of a team of Vercel',
      trust('oidc.vercel.com/acme', { StringEquals: { 'oidc.vercel.com/acme:aud': 'https://vercel.com/acme' } }),
      { openTo: 'everything' },
    ],
    [
      'any customer of Pulumi Cloud',
      trust('api.pulumi.com/oidc', { StringLike: { 'api.pulumi.com/oidc:sub': 'pulumi:*' } }),
      { openTo: 'anybody' },
    ],
    ['any customer of Scalr', trust('scalr.io', { StringLike: { 'scalr.io:sub': '*' } }), { openTo: 'anybody' }],
    ['any identity of an Entra tenant', trust(ENTRA, {}), { openTo: 'everything' }],
    ['any application of Facebook', trust('graph.facebook.com', {}), { openTo: 'anybody' }],
  ],
  pass: [
    ['one branch', github('repo:octo-org/app:ref:refs/heads/main', 'StringEquals')],
    ['any branch of one repository', github('repo:octo-org/app:*')],
    ['some repositories of an organization', github('repo:octo-org/app-*')],
    ['a repository with the ids of the newer form', github('repo:octo-org@1234/octo-repo@5678:*')],
    ['a wildcard that is compared as it stands', github('repo:octo-org/*', 'StringEquals')],
    [
      'an organization by a claim of its own',
      trust(GITHUB, {
        StringEquals: { [`${GITHUB}:repository`]: 'octo-org/app' },
        StringLike: { [`${GITHUB}:sub`]: '*' },
      }),
    ],
    [
      'anybody, with a Deny for other repositories',
      trust(GITHUB, audience, [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringNotLike: { [`${GITHUB}:sub`]: 'repo:octo-org/app:*' } },
        },
      ]),
    ],
    ['one project of GitLab', trust('gitlab.com', { StringLike: { 'gitlab.com:sub': 'project_path:acme/app:*' } })],
    [
      'one workspace',
      trust('app.terraform.io', {
        StringLike: { 'app.terraform.io:sub': 'organization:acme:project:p:workspace:w:run_phase:*' },
      }),
    ],
    ['one service account', trust(EKS, { StringEquals: { [`${EKS}:sub`]: 'system:serviceaccount:default:app' } })],
    ['service accounts of a namespace', trust(EKS, { StringLike: { [`${EKS}:sub`]: 'system:serviceaccount:app:*' } })],
    [
      'those who sign in to an identity pool',
      trust(COGNITO, { StringEquals: POOL, 'ForAnyValue:StringLike': { [`${COGNITO}:amr`]: 'authenticated' } }),
    ],
    [
      'one application of Google',
      trust('accounts.google.com', { StringEquals: { 'accounts.google.com:aud': '66677788899900pro0' } }),
    ],
    ['one project of GitLab by its id', trust('gitlab.com', { StringEquals: { 'gitlab.com:project_id': '42' } })],
    ['an application of an Entra tenant', trust(ENTRA, { StringEquals: { [`${ENTRA}:aud`]: 'api://deploy' } })],
    [
      'one team of Vercel and one project',
      trust('oidc.vercel.com', {
        StringEquals: { 'oidc.vercel.com:aud': 'https://vercel.com/acme' },
        StringLike: { 'oidc.vercel.com:sub': 'owner:acme:project:web:environment:*' },
      }),
    ],
    ['a customer of Scalr', trust('scalr.io', { StringLike: { 'scalr.io:sub': 'account:acme:environment:prod:*' } })],
    ['a customer of Pulumi', trust('api.pulumi.com/oidc', { StringEquals: { 'api.pulumi.com/oidc:aud': 'aws:acme' } })],
    [
      'an identity provider of a company',
      trust('login.example.com', { StringEquals: { 'login.example.com:aud': 'aws' } }),
    ],
  ],
  unknown: [['a trust policy that cannot be read', snapshot({ roles: [role('app', { trustPolicy: 'no JSON' })] })]],
});

describe('what is told of trust in a provider', () => {
  it('is worst for anybody, milder for one customer and under conditions', async () => {
    const severity = async (account: ReturnType<typeof trust>) => {
      const tools = createCheckTools(account, await loadServiceReference(), at('2026-01-01T00:00:00Z'));
      const [result] = roleTrustsWebIdentitiesTooBroadly.run(account, { tools, overrides: {} });
      return [result?.severity, result?.conditions?.text, result?.external?.kind];
    };
    expect(await severity(trust(GITHUB, audience))).toEqual(['critical', undefined, 'federated']);
    expect(await severity(trust(GITHUB, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }))).toEqual([
      'high',
      '`aws:SourceIp` is in `203.0.113.0/24`',
      'federated',
    ]);
    expect(await severity(github('repo:octo-org/*'))).toEqual(['medium', undefined, 'federated']);
  });
});
