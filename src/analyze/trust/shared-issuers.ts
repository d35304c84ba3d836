import type { WebIdentityIssuer } from './web-identity-issuers.ts';

const CONTROLS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html';

/** An issuer for all customers of a service, of whose tokens it is only known which claim tells the customer. */
const shared = (name: string, issuer: RegExp, claim: 'sub' | 'aud', value: string): WebIdentityIssuer => ({
  name,
  issuer,
  tenancy: 'shared',
  strange: { [claim]: value },
  // How the values are made up is not known, so that any fixed text in them counts as the customer's name.
  names: { [claim]: /[^*?]/ },
  everything: { values: {}, what: '' },
  reference: CONTROLS,
});

/**
 * The issuers of which IAM itself has asked for a claim since 2025: roles that were made before may lack it. GitHub, GitLab,
 * Buildkite, Cognito and HCP Terraform are told of at length elsewhere, and Azure Sentinel tells customers apart by the name
 * of the session. Source: "Identity-provider controls for shared OIDC providers", IAM User Guide.
 */
export const sharedIssuers: readonly WebIdentityIssuer[] = [
  shared('Codefresh', /^oidc\.codefresh\.io$/, 'sub', 'account:somebody-else:pipeline:any'),
  shared('DVC Studio', /^studio\.datachain\.ai\/api$/, 'sub', 'credentials:somebody-else/any'),
  shared('Scalr', /^scalr\.io$/, 'sub', 'account:somebody-else:environment:any:workspace:any'),
  shared('Shisho Cloud', /^tokens\.cloud\.shisho\.dev$/, 'sub', 'job:somebody-else:any'),
  shared('Upbound', /^proidc\.upbound\.io$/, 'sub', 'mcp:somebody-else/any:provider:any'),
  shared(
    'GitHub audit log streaming',
    /^oidc-configuration\.audit-log\.githubusercontent\.com$/,
    'sub',
    'somebody-else',
  ),
  shared('GitHub Actions (vstoken)', /^vstoken\.actions\.githubusercontent\.com$/, 'sub', 'repo:somebody-else/any:any'),
  shared(
    'IBM Turbonomic',
    /^(?:rh-oidc\.s3\.us-east-1\.amazonaws\.com|oidc\.op1\.openshiftapps\.com)\/[a-z0-9]+$/,
    'sub',
    'system:serviceaccount:somebody-else:any',
  ),
  shared('Pulumi Cloud', /^api\.pulumi\.com\/oidc$/, 'aud', 'aws:somebody-else'),
  shared('sandboxes.cloud', /^sandboxes\.cloud$/, 'aud', 'somebody-else'),
];
