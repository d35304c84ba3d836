import { whoCanPerform } from '../access/who-can-perform.ts';
import type { ActionName } from '../iam/action-name.ts';
import { allowedText } from './allowed-text.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { explanationData } from './explanation-data.ts';
import { outsiderData, outsiderText } from './outsider-text.ts';
import { questionAccounts } from './question-accounts.ts';
import { type QuestionOptions, questionContext, resourceProblem } from './question-options.ts';
import { refuse } from './refuse.ts';
import { printable, type Terminal } from './terminal.ts';

/** Lists the principals that may perform an action, and those of which that cannot be told. */
export const runWhoCanCommand = async (
  { action, resource }: { readonly action: ActionName; readonly resource: string },
  options: QuestionOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const problem = resourceProblem(resource);
  if (problem !== null) return refuse(terminal, [problem], EXIT.usage);
  const accounts = await questionAccounts(options, terminal);
  if (!accounts.ok) return refuse(terminal, accounts.error.problems, accounts.error.exitCode);
  const context = questionContext(options);
  for (const { access } of accounts.value) {
    for (const allowed of whoCanPerform(access, { action, resource, context })) {
      const { principal } = allowed;
      const explained = () => explanationData(access.explain(principal, action, resource, context));
      const line = options.json ? JSON.stringify({ principal: principal.arn, ...explained() }) : allowedText(allowed);
      terminal.print(options.json ? line : printable(line));
    }
    for (const admitted of access.outsidersWhoCan(action, resource, context)) {
      terminal.print(options.json ? JSON.stringify(outsiderData(admitted)) : printable(outsiderText(admitted)));
    }
  }
  return EXIT.done;
};
