import { isJsonList, isJsonObject, type JsonObject } from '../../kernel/json.ts';
import { parseConditionOperator } from '../../policy/condition-operators.ts';
import { textsOf } from './identity-policy.ts';

/**
 * OIDC issuers that serve many tenants, and the claims of which a trust policy is to ask one: an audience alone tells
 * nobody apart. Source: "Identity-provider controls for shared OIDC providers", IAM User Guide.
 */
const TENANT_CLAIMS: ReadonlyMap<string, readonly string[]> = new Map([
  ['agent.buildkite.com', ['sub']],
  ['api.pulumi.com/oidc', ['aud']],
  ['app.terraform.io', ['sub']],
  ['gitlab.com', ['sub']],
  ['oidc-configuration.audit-log.githubusercontent.com', ['sub']],
  ['oidc.codefresh.io', ['sub']],
  ['oidc.vercel.com', ['aud']],
  ['proidc.upbound.io', ['sub']],
  ['sandboxes.cloud', ['aud']],
  ['scalr.io', ['sub']],
  ['studio.datachain.ai/api', ['sub']],
  ['token.actions.githubusercontent.com', ['sub', 'job_workflow_ref']],
  ['tokens.cloud.shisho.dev', ['sub']],
  ['vstoken.actions.githubusercontent.com', ['sub']],
]);

/** What IAM says against a statement that trusts a shared issuer and asks for no tenant; null where it asks. */
export const sharedIssuerProblem = (statement: JsonObject): string | null => {
  const { Principal: principal, Condition: condition } = statement;
  if (!isJsonObject(principal) || statement['Effect'] !== 'Allow') return null;
  for (const provider of textsOf(principal['Federated'])) {
    const issuer = provider.slice(provider.indexOf(':oidc-provider/') + ':oidc-provider/'.length);
    const keys = (TENANT_CLAIMS.get(issuer) ?? []).map((claim) => `${issuer}:${claim}`);
    if (keys.length > 0 && !asksFor(isJsonObject(condition) ? condition : {}, keys)) {
      return `Trust policy with trusted principal ${provider} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${keys.join(' or ')} which is not scoped to all.`;
    }
  }
  return null;
};

const asksFor = (condition: JsonObject, keys: readonly string[]): boolean =>
  Object.entries(condition).some(
    ([operator, asked]) =>
      /^(?:StringEquals|StringLike|StringEqualsIgnoreCase)$/.test(parseConditionOperator(operator)?.base ?? '') &&
      isJsonObject(asked) &&
      Object.entries(asked).some(
        ([key, values]) =>
          keys.some((wanted) => wanted.toLowerCase() === key.toLowerCase()) &&
          (isJsonList(values) ? values : [values]).some((value) => typeof value === 'string' && !/^\*?$/.test(value)),
      ),
  );
