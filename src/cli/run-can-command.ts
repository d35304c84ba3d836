import type { Principal } from '../access/account-access.ts';
import { findPrincipals } from '../access/find-principals.ts';
import { residualFormula, residualText } from '../evaluate/describe-residual.ts';
import type { Explanation } from '../evaluate/explain-decision.ts';
import type { ActionName } from '../iam/action-name.ts';
import type { JsonObject } from '../kernel/json.ts';
import { decisionName } from './decision-name.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { carriers, explanationLines } from './explanation-text.ts';
import { type QuestionAccount, questionAccounts } from './question-accounts.ts';
import { type QuestionOptions, questionContext, resourceProblem } from './question-options.ts';
import { printable, type Terminal } from './terminal.ts';

/** What `vigil can` is asked. */
export interface CanQuestion {
  readonly principal: string;
  readonly action: ActionName;
  readonly resource: string;
}

/** Says whether a principal may perform an action, and what each kind of policy says of it. */
export const runCanCommand = async (
  question: CanQuestion,
  options: QuestionOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const refuse = (problems: readonly string[], exitCode: ExitCode): ExitCode => {
    for (const problem of problems) terminal.say(`vigil: ${printable(problem)}`);
    return exitCode;
  };
  const problem = resourceProblem(question.resource);
  if (problem !== null) return refuse([problem], EXIT.usage);
  const accounts = await questionAccounts(options, terminal);
  if (!accounts.ok) return refuse(accounts.error.problems, accounts.error.exitCode);
  const asked = accounts.value.flatMap((account) =>
    findPrincipals(account.snapshot, question.principal).map((principal) => ({ account, principal })),
  );
  const [one, ...others] = asked;
  if (one === undefined) {
    return refuse(
      [`no user or role is called \`${question.principal}\`; give an ARN, \`user/NAME\` or \`role/NAME\``],
      EXIT.usage,
    );
  }
  if (others.length > 0) {
    const arns = asked.map(({ principal }) => principal.arn).join(', ');
    return refuse([`\`${question.principal}\` may be any of ${arns}; give the ARN`], EXIT.usage);
  }
  const explanation = explain(one.account, one.principal, question, options);
  if (options.json) terminal.print(JSON.stringify(explanationData(one.principal, question, explanation)));
  else
    for (const line of [heading(one.principal, question), ...explanationLines(explanation)])
      terminal.print(printable(line));
  return EXIT.done;
};

const explain = (
  { access }: QuestionAccount,
  principal: Principal,
  { action, resource }: CanQuestion,
  options: QuestionOptions,
): Explanation => access.explain(principal, action, resource, questionContext(options));

const heading = ({ arn }: Principal, { action, resource }: CanQuestion): string => `${arn}  ${action}  ${resource}`;

const explanationData = (
  { arn }: Principal,
  { action, resource }: CanQuestion,
  explanation: Explanation,
): JsonObject => {
  const { decision } = explanation;
  const because =
    decision.kind === 'undetermined'
      ? decision.reasons.map((reason) => ({ ...reason }))
      : decision.kind === 'implicitDeny'
        ? [{ silent: decision.silent }]
        : carriers(explanation).map((place) => ({ ...place }));
  return {
    principal: arn,
    action,
    resource,
    decision: decisionName(decision),
    because,
    ...(decision.kind === 'allowedIf'
      ? { conditions: { text: residualText(decision.residual), formula: residualFormula(decision.residual) } }
      : {}),
  };
};
