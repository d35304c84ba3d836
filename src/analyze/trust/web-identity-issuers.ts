/** An issuer of web identity tokens, and which of their claims tell its customers apart. */
export interface WebIdentityIssuer {
  readonly name: string;
  /** Matches the issuer, without `https://`. */
  readonly issuer: RegExp;
  /** `shared`: one issuer for all customers, so that its claims tell whose a token is. `own`: each has its own. */
  readonly tenancy: 'shared' | 'own';
  /** What the claims that tell whose a token is hold in the token of somebody else. */
  readonly strange: Readonly<Record<string, string>>;
  /** Values of claims that name a customer in full, whatever follows. */
  readonly names: Readonly<Record<string, RegExp>>;
  /** Values of claims that let in all that one customer has, and what that is. */
  readonly everything: { readonly values: Readonly<Record<string, RegExp>>; readonly what: string };
  /** The claim, and its value, in tokens that anybody gets without signing in. */
  readonly guest?: { readonly claim: string; readonly value: string };
  readonly reference: string;
}

const NOTHING = { values: {}, what: '' };
const OIDC_GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html';

/**
 * The issuers whose tokens are known. Of others nothing is said: most are of one company, which lets in whom it likes.
 * Source: "Identity-provider controls for shared OIDC providers", IAM User Guide, and the pages of each.
 */
export const webIdentityIssuers: readonly WebIdentityIssuer[] = [
  {
    name: 'GitHub Actions',
    issuer: /^token\.actions\.githubusercontent\.com$/,
    tenancy: 'shared',
    strange: {
      sub: 'repo:somebody-else/repository:ref:refs/heads/main',
      repository: 'somebody-else/repository',
      repository_id: '999999999999',
      repository_owner: 'somebody-else',
      repository_owner_id: '999999999999',
      enterprise: 'somebody-else',
      enterprise_id: '999999999999',
      job_workflow_ref: 'somebody-else/repository/.github/workflows/deploy.yml@refs/heads/main',
      actor_id: '999999999999',
    },
    names: {
      // A newer form adds ids to the names: `repo:octo-org@1234/octo-repo@5678`. The claim can be made of others too.
      sub: /^(?:repo:|job_workflow_ref:|repository:)[^/*?@]+[/@]|^(?:repository|repository_owner|enterprise)(?:_id)?:[^:*?]+(?::|$)/,
      repository: /^[^/*?]+\//,
      repository_owner: /^[^*?]+$/,
      enterprise: /^[^*?]+$/,
      job_workflow_ref: /^[^/*?]+\//,
    },
    everything: {
      // Of the claims that stand for an owner, AWS has this one alone as a key (service reference of STS).
      values: { sub: /^repo:[^/*?]+\/\*|^repository_owner(?:_id)?:[^:*?]+(?::\*)?$/, repository_owner_id: /^\d+$/ },
      what: 'every repository of an organization',
    },
    reference:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub',
  },
  {
    name: 'GitHub Actions of an enterprise',
    issuer: /^token\.actions\.(?:githubusercontent\.com\/[^/]+|[a-z0-9-]+\.ghe\.com)$/,
    tenancy: 'own',
    strange: {
      sub: 'repo:any-organization/repository:ref:refs/heads/main',
      repository: 'any-organization/repository',
      repository_id: '999999999999',
      repository_owner_id: '999999999999',
      job_workflow_ref: 'any-organization/repository/.github/workflows/deploy.yml@refs/heads/main',
      actor_id: '999999999999',
    },
    names: {},
    everything: { values: {}, what: 'every repository of the enterprise' },
    reference: 'https://docs.github.com/en/enterprise-cloud@latest/actions/reference/security/oidc',
  },
  {
    name: 'GitLab',
    issuer: /^gitlab\.com$/,
    tenancy: 'shared',
    strange: {
      sub: 'project_path:somebody-else/project:ref_type:branch:ref:main',
      namespace_path: 'somebody-else',
      project_path: 'somebody-else/project',
      namespace_id: '999999999999',
      project_id: '999999999999',
      user_id: '999999999999',
      user_login: 'somebody-else',
      user_email: 'somebody@else.example',
    },
    names: { sub: /^project_path:[^/*?]+\//, namespace_path: /^[^*?]+$/, project_path: /^[^/*?]+\// },
    everything: {
      values: { sub: /^project_path:[^/*?]+\/\*/, namespace_id: /^\d+$/ },
      what: 'every project of a group',
    },
    reference: 'https://docs.gitlab.com/ci/cloud_services/aws/',
  },
  {
    name: 'HCP Terraform',
    issuer: /^app\.terraform\.io$/,
    tenancy: 'shared',
    strange: {
      sub: 'organization:somebody-else:project:project:workspace:workspace:run_phase:apply',
      terraform_organization_name: 'somebody-else',
      terraform_organization_id: 'org-somebodyelse',
    },
    names: { sub: /^organization:[^:*?]+:/, terraform_organization_name: /^[^*?]+$/ },
    everything: {
      values: { sub: /^organization:[^:*?]+:(?:\*|project:\*:workspace:\*)/ },
      what: 'every workspace of an organization',
    },
    reference:
      'https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration',
  },
  {
    name: 'Buildkite',
    issuer: /^agent\.buildkite\.com$/,
    tenancy: 'shared',
    strange: {
      sub: 'organization:somebody-else:pipeline:pipeline:ref:refs/heads/main:commit:0000000:step:deploy',
      organization_slug: 'somebody-else',
      organization_id: '99999999-9999-9999-9999-999999999999',
      pipeline_id: '99999999-9999-9999-9999-999999999999',
      cluster_id: '99999999-9999-9999-9999-999999999999',
    },
    names: { sub: /^organization:[^:*?]+:/, organization_slug: /^[^*?]+$/ },
    everything: {
      values: { sub: /^organization:[^:*?]+:\*/, organization_slug: /^[^*?]+$/, organization_id: /^[^*?]+$/ },
      what: 'every pipeline of an organization',
    },
    reference: 'https://buildkite.com/docs/pipelines/security/oidc/aws',
  },
  {
    name: 'Vercel',
    issuer: /^oidc\.vercel\.com$/,
    tenancy: 'shared',
    strange: {
      aud: 'https://vercel.com/somebody-else',
      sub: 'owner:somebody-else:project:project:environment:production',
    },
    names: { aud: /^https:\/\/vercel\.com\/[^/*?]+$/, sub: /^owner:[^:*?]+:/ },
    everything: { values: { sub: /^owner:[^:*?]+:\*/ }, what: 'every project of a team' },
    reference: 'https://vercel.com/docs/oidc/aws',
  },
  {
    name: 'Vercel, for one team',
    issuer: /^oidc\.vercel\.com\/[^/]+$/,
    tenancy: 'own',
    strange: { sub: 'owner:the-team:project:any:environment:development' },
    names: {},
    everything: { values: {}, what: 'every project and environment of the team' },
    reference: 'https://vercel.com/docs/oidc/aws',
  },
  {
    name: 'Azure Pipelines',
    issuer: /^vstoken\.dev\.azure\.com\/[^/]+$/,
    tenancy: 'own',
    strange: { sub: 'sc://the-organization/any-project/any-connection' },
    names: {},
    everything: { values: {}, what: 'every service connection of the organization' },
    reference: 'https://learn.microsoft.com/azure/devops/pipelines/library/add-devops-entra-service-connection',
  },
  {
    name: 'Microsoft Entra ID',
    issuer:
      /^(?:sts\.windows\.net\/(?!33e01921-4d64-4f8c-a055-5bdaffd5e33d)[0-9a-f-]{36}\/?|login\.microsoftonline\.com\/[0-9a-f-]{36}\/v2\.0)$/,
    tenancy: 'own',
    // The audience is an application of the tenant's, which decides who gets tokens for it.
    strange: { sub: '99999999-9999-9999-9999-999999999999', aud: 'api://any-application' },
    names: {},
    everything: { values: {}, what: 'every identity of the tenant' },
    reference: 'https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference',
  },
  {
    name: 'Bitbucket Pipelines',
    issuer: /^api\.bitbucket\.org\/2\.0\/workspaces\/[^/]+\/pipelines-config\/identity\/oidc$/,
    tenancy: 'own',
    strange: { sub: '{99999999-9999-9999-9999-999999999999}:{99999999-9999-9999-9999-999999999999}' },
    names: {},
    everything: { values: {}, what: 'every repository of the workspace' },
    reference:
      'https://support.atlassian.com/bitbucket-cloud/docs/deploy-on-aws-using-bitbucket-pipelines-openid-connect/',
  },
  {
    name: 'CircleCI',
    issuer: /^oidc\.circleci\.com\/org\/[^/]+$/,
    tenancy: 'own',
    strange: {
      sub: 'org/any/project/99999999-9999-9999-9999-999999999999/user/99999999-9999-9999-9999-999999999999',
      'oidc.circleci.com/project-id': '99999999-9999-9999-9999-999999999999',
    },
    names: {},
    everything: { values: {}, what: 'every project of the organization' },
    reference: 'https://circleci.com/docs/guides/permissions-authentication/openid-connect-tokens/',
  },
  {
    name: 'Amazon EKS',
    issuer: /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/id\/[^/]+$/,
    tenancy: 'own',
    strange: { sub: 'system:serviceaccount:any-namespace:any-service-account' },
    names: {},
    everything: { values: {}, what: 'every service account of the cluster' },
    reference: 'https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html',
  },
  {
    name: 'Amazon Cognito',
    issuer: /^cognito-identity\.amazonaws\.com$/,
    tenancy: 'shared',
    strange: {
      aud: 'us-east-1:99999999-9999-9999-9999-999999999999',
      sub: 'us-east-1:99999999-8888-7777-6666-555555555555',
    },
    names: { aud: /^[^*?]+$/, sub: /^[^*?]+$/ },
    everything: NOTHING,
    guest: { claim: 'amr', value: 'unauthenticated' },
    reference: 'https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html',
  },
  {
    name: 'Google',
    issuer: /^accounts\.google\.com$/,
    tenancy: 'shared',
    // Whoever has a service account asks for tokens of whatever audience, which the key `oaud` holds; `aud` is who asks.
    strange: {
      aud: '999999999999999999999',
      sub: '999999999999999999999',
      email: 'somebody@else.example',
      'google/organization_number': '999999999999',
    },
    names: { aud: /^[^*?]+$/, sub: /^[^*?]+$/ },
    everything: NOTHING,
    reference: OIDC_GUIDE,
  },
  {
    name: 'Facebook',
    issuer: /^graph\.facebook\.com$/,
    tenancy: 'shared',
    strange: { app_id: '999999999999999', id: '999999999999999' },
    names: { app_id: /^[^*?]+$/, id: /^[^*?]+$/ },
    everything: NOTHING,
    reference: OIDC_GUIDE,
  },
  {
    name: 'Login with Amazon',
    issuer: /^www\.amazon\.com$/,
    tenancy: 'shared',
    strange: { app_id: 'amzn1.application-oa2-client.somebodyelse', user_id: 'amzn1.account.SOMEBODYELSE' },
    names: { app_id: /^[^*?]+$/, user_id: /^[^*?]+$/ },
    everything: NOTHING,
    reference: OIDC_GUIDE,
  },
];
