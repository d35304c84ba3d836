import { findPrincipals } from '../access/find-principals.ts';
import type { ActionName } from '../iam/action-name.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { explanationData } from './explanation-data.ts';
import { explanationLines } from './explanation-text.ts';
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
  const meant = accounts.value.flatMap(({ snapshot, access }) =>
    findPrincipals(snapshot, name).map((principal) => ({ principal, access })),
  );
  const [one, ...others] = meant;
  if (one === undefined) {
    const nobody = `no user or role is called \`${name}\`; give an ARN, \`user/NAME\` or \`role/NAME\``;
    return refuse(terminal, [nobody], EXIT.usage);
  }
  if (others.length > 0) {
    const arns = meant.map(({ principal }) => principal.arn).join(', ');
    return refuse(terminal, [`\`${name}\` may be any of ${arns}; give the ARN`], EXIT.usage);
  }
  const { arn } = one.principal;
  const explanation = one.access.explain(one.principal, action, resource, questionContext(options));
  if (options.json) {
    terminal.print(JSON.stringify({ principal: arn, action, resource, ...explanationData(explanation) }));
  } else {
    const lines = [`${arn}  ${action}  ${resource}`, ...explanationLines(explanation)];
    for (const line of lines) terminal.print(printable(line));
  }
  return EXIT.done;
};
