import { allOf, anyOf, type Formula, not } from '../../evaluate/formula.ts';
import { type RequestContext, withContext } from '../../evaluate/request-context.ts';
import { simplifyFormula } from '../../evaluate/simplify-formula.ts';
import { conditionsFormula } from '../../evaluate/statement-formula.ts';
import type { Instant } from '../../kernel/time.ts';
import { type CompiledStatement, createPolicyCompiler, requestedAction } from '../../policy/compile-policy.ts';
import type { PolicyDocument, PrincipalElement } from '../../policy/policy-document.ts';
import type { ServiceReference } from '../../reference/service-reference.ts';

/** Somebody outside the account who asks for a role. */
export type Asker =
  /** A principal of an account that no policy names. */
  | { readonly kind: 'stranger' }
  /** Any principal of an account. */
  | { readonly kind: 'account'; readonly accountId: string }
  /** One user, role or session of an account. */
  | { readonly kind: 'principal'; readonly accountId: string; readonly arn: string };

/** Says when a trust policy lets somebody outside the account call `sts:AssumeRole`; what their own account says is not asked. */
export type AssumeDecider = (trustPolicy: PolicyDocument, asker: Asker, context: RequestContext) => Formula;

/** Makes the decider. */
export const createAssumeDecider = (reference: ServiceReference, now: Instant): AssumeDecider => {
  // Whoever asks may have come with long-term credentials.
  const time = { now, temporary: false };
  const compile = createPolicyCompiler(reference);
  const assumeRole = requestedAction(reference, 'sts:AssumeRole');
  return (trustPolicy, asker, context) => {
    const { allows, denies } = compile(trustPolicy);
    const lookup = withContext(context, () => 'unknown');
    const matching = (statements: readonly CompiledStatement[]): Formula =>
      anyOf(
        statements
          .filter(({ statement, actions }) => actions.matches(assumeRole) && names(statement.principal, asker))
          .map((statement) => conditionsFormula(statement, lookup, time)),
      );
    return simplifyFormula(allOf([matching(allows), not(matching(denies))]));
  };
};

const names = (element: PrincipalElement | null, asker: Asker): boolean => {
  if (element === null) return false;
  const named = element.aws.some((principal) => isNamedBy(principal, asker));
  return element.kind === 'principal' ? named : !named;
};

const isNamedBy = (principal: string, asker: Asker): boolean => {
  if (principal === '*') return true;
  if (asker.kind === 'stranger') return false;
  if (asker.kind === 'principal' && principal === asker.arn) return true;
  return wholeAccount(principal) === asker.accountId;
};

/** The account that a principal of a policy stands for as a whole: `123456789012` or its root user's ARN; else null. */
export const wholeAccount = (principal: string): string | null =>
  /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(principal)?.[1] ?? null;
