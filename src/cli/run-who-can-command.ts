import { type AllowedPrincipal, whoCanPerform } from '../access/who-can-perform.ts';
import { residualFormula, residualText } from '../evaluate/describe-residual.ts';
import type { ActionName } from '../iam/action-name.ts';
import type { JsonObject } from '../kernel/json.ts';
import { decisionName } from './decision-name.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { decisionText } from './explanation-text.ts';
import { questionAccounts } from './question-accounts.ts';
import { type QuestionOptions, questionContext, resourceProblem } from './question-options.ts';
import { printable, type Terminal } from './terminal.ts';

/** Lists the principals that may perform an action, and those of which that cannot be told. */
export const runWhoCanCommand = async (
  { action, resource }: { readonly action: ActionName; readonly resource: string },
  options: QuestionOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const refuse = (problems: readonly string[], exitCode: ExitCode): ExitCode => {
    for (const problem of problems) terminal.say(`vigil: ${printable(problem)}`);
    return exitCode;
  };
  const problem = resourceProblem(resource);
  if (problem !== null) return refuse([problem], EXIT.usage);
  const accounts = await questionAccounts(options, terminal);
  if (!accounts.ok) return refuse(accounts.error.problems, accounts.error.exitCode);
  const request = { action, resource, context: questionContext(options) };
  for (const { snapshot, access } of accounts.value) {
    for (const allowed of whoCanPerform(snapshot, access, request)) {
      terminal.print(options.json ? JSON.stringify(allowedData(allowed)) : printable(allowedText(allowed)));
    }
  }
  return EXIT.done;
};

const allowedText = ({ principal, decision }: AllowedPrincipal): string =>
  decision.kind === 'allowed' ? principal.arn : `${principal.arn}  ${decisionText(decision)}`;

const allowedData = ({ principal, decision }: AllowedPrincipal): JsonObject => ({
  principal: principal.arn,
  decision: decisionName(decision),
  because:
    decision.kind === 'undetermined'
      ? decision.reasons.map((reason) => ({ ...reason }))
      : decision.grantedBy.map((statement) => ({ ...statement })),
  ...(decision.kind === 'allowedIf'
    ? { conditions: { text: residualText(decision.residual), formula: residualFormula(decision.residual) } }
    : {}),
});
