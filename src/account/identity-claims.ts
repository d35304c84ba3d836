/**
 * The claims of a token that stand in the request context: of every OIDC provider these, and of some providers more, by
 * the beginning of their URL. Source: "Available keys for AWS OIDC federation", IAM User Guide, and the Service
 * Authorization Reference, "AWS Security Token Service".
 */
export const isContextClaim = (issuer: string, claim: string): boolean =>
  COMMON.has(claim) || PROVIDERS.some(([pattern, claims]) => pattern.test(issuer) && claims.has(claim));

const COMMON: ReadonlySet<string> = new Set(['amr', 'aud', 'sub']);

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const PROVIDERS: readonly (readonly [RegExp, ReadonlySet<string>])[] = [
  [/^accounts\.google\.com$/, words('google/organization_number')],
  [
    /^token\.actions\.(?:githubusercontent\.com(?:$|\/)|[^./]+\.ghe\.com$)/,
    words(
      'actor actor_id enterprise_id environment job_workflow_ref ref repository repository_id repository_owner_id workflow',
    ),
  ],
  [
    /^gitlab\.com$/,
    words(
      'namespace_id pipeline_source project_id ref_protected runner_environment user_access_level user_email user_id user_login',
    ),
  ],
  [
    /^agent\.(?:buildkite\.com|[^./]+\.buildkite\.(?:dev|site))$/,
    words('build_branch cluster_id cluster_name organization_id organization_slug pipeline_id pipeline_slug'),
  ],
  [/^oidc\.circleci\.com\/org\//, words('oidc.circleci.com/project-id')],
  [/^idcs-[^./]+\.identity\.oraclecloud\.com$/, words('rpst_id')],
];
