import type { ActionName } from '../iam/action-name.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { explanationData } from './explanation-data.ts';
import { explanationLines } from './explanation-text.ts';
import { onePrincipal } from './one-principal.ts';
import { questionAccounts } from './question-accounts.ts';
import { type QuestionOptions, questionContext, resourceProblem } from './question-options.ts';
import { refuse } from './refuse.ts';
import { printable, type Terminal } from './terminal.ts';

/** What `vigil can` is asked. */
export interface CanQuestion {
  readonly principal: string;
  readonly action: ActionName;
  readonly resource: string;
}

/** Says whether a principal may perform an action, and what each kind of policy says of it. */
export const runCanCommand = async (
  { principal: name, action, resource }: CanQuestion,
  options: QuestionOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const problem = resourceProblem(resource);
  if (problem !== null) return refuse(terminal, [problem], EXIT.usage);
  const accounts = await questionAccounts(options, terminal);
  if (!accounts.ok) return refuse(terminal, accounts.error.problems, accounts.error.exitCode);
  const found = onePrincipal(accounts.value, name);
  if (!found.ok) return refuse(terminal, [found.error], EXIT.usage);
  const { principal, access } = found.value;
  const { arn } = principal;
  const explanation = access.explain(principal, action, resource, questionContext(options));
  if (options.json) {
    terminal.print(JSON.stringify({ principal: arn, action, resource, ...explanationData(explanation) }));
  } else {
    const lines = [`${arn}  ${action}  ${resource}`, ...explanationLines(explanation)];
    for (const line of lines) terminal.print(printable(line));
  }
  return EXIT.done;
};
