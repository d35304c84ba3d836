import { askPattern } from '../access/ask-pattern.ts';
import { askedSides, theirsOf } from '../access/asked-sides.ts';
import type { RequestContext } from '../evaluate/request-context.ts';
import type { ActionName } from '../iam/action-name.ts';
import type { JsonObject } from '../kernel/json.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { explanationData } from './explanation-data.ts';
import { explanationLines } from './explanation-text.ts';
import { type FoundPrincipal, onePrincipal } from './one-principal.ts';
import { patternData, patternLines } from './pattern-answer-text.ts';
import { type QuestionAccount, questionAccounts } from './question-accounts.ts';
import { isResourcePattern, type QuestionOptions, questionContext, resourceProblem } from './question-options.ts';
import { explainedSidesData, patternSides, sidesLines } from './question-sides.ts';
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
  const { arn } = found.value.principal;
  const { data, lines } = answer(found.value, accounts.value, { action, resource, context: questionContext(options) });
  if (options.json) {
    terminal.print(JSON.stringify({ principal: arn, action, resource, ...data }));
  } else {
    for (const line of [`${arn}  ${action}  ${resource}`, ...lines]) terminal.print(printable(line));
  }
  return EXIT.done;
};

/** What the answer says, to programs and to people. */
const answer = (
  { principal, ...account }: FoundPrincipal,
  accounts: readonly QuestionAccount[],
  {
    action,
    resource,
    context,
  }: { readonly action: ActionName; readonly resource: string; readonly context: RequestContext },
): { readonly data: JsonObject; readonly lines: readonly string[] } => {
  if (isResourcePattern(resource)) {
    const told = askPattern(principal, account, { action, pattern: resource, context });
    const aside = patternSides(accounts);
    return { data: { ...patternData(told), ...aside.data }, lines: [...patternLines(told), ...aside.lines] };
  }
  const sides = askedSides(account, accounts, { action, resource });
  const explanation = account.access.explain(principal, action, resource, context, theirsOf(sides));
  const explained = { principal, sides, explanation };
  return {
    data: { answer: 'exact', ...explanationData(explanation), ...explainedSidesData(explained) },
    lines: [...explanationLines(explanation), ...sidesLines(explained)],
  };
};
