import { askPattern } from '../access/ask-pattern.ts';
import { askedSides, theirsOf, withoutAsked } from '../access/asked-sides.ts';
import { whoCanPerform } from '../access/who-can-perform.ts';
import type { RequestContext } from '../evaluate/request-context.ts';
import type { ActionName } from '../iam/action-name.ts';
import type { JsonObject } from '../kernel/json.ts';
import { allowedText } from './allowed-text.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { explanationData } from './explanation-data.ts';
import { patternData, patternText } from './pattern-answer-text.ts';
import { type QuestionAccount, questionAccounts } from './question-accounts.ts';
import { isResourcePattern, type QuestionOptions, questionContext, resourceProblem } from './question-options.ts';
import { patternSides, readOutsiderData, readOutsiderText, sidesData, sidesSuffix } from './question-sides.ts';
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
  for (const account of accounts.value) {
    const lines = isResourcePattern(resource)
      ? patternAnswers(account, accounts.value, { action, pattern: resource, context })
      : answers(account, accounts.value, { action, resource, context });
    for (const { data, text } of lines) terminal.print(options.json ? JSON.stringify(data()) : printable(text));
  }
  return EXIT.done;
};

/** A line of the answer, to programs and to people. */
interface Line {
  readonly data: () => JsonObject;
  readonly text: string;
}

interface Question {
  readonly action: ActionName;
  readonly context: RequestContext;
}

const answers = (
  account: QuestionAccount,
  accounts: readonly QuestionAccount[],
  { action, resource, context }: Question & { readonly resource: string },
): readonly Line[] => {
  const { access } = account;
  const sides = askedSides(account, accounts, { action, resource });
  const theirs = theirsOf(sides);
  return [
    ...whoCanPerform(access, { action, resource, context }, theirs).map((allowed) => ({
      data: () => ({
        principal: allowed.principal.arn,
        answer: 'exact',
        ...explanationData(access.explain(allowed.principal, action, resource, context, theirs)),
        ...sidesData(sides),
      }),
      text: `${allowedText(allowed)}${sidesSuffix(sides)}`,
    })),
    ...withoutAsked(access.outsidersWhoCan(action, resource, context), accounts).map((admitted) => ({
      data: () => readOutsiderData(admitted, accounts),
      text: readOutsiderText(admitted, accounts),
    })),
  ];
};

/** Those of the account, asked one by one; of others nobody can be told before the resource is. */
const patternAnswers = (
  account: QuestionAccount,
  accounts: readonly QuestionAccount[],
  question: Question & { readonly pattern: string },
): readonly Line[] =>
  [account.snapshot.root, ...account.snapshot.users, ...account.snapshot.roles].flatMap((principal) => {
    const told = askPattern(principal, account, question);
    if (told.extent === 'none' && told.doubts.length === 0) return [];
    return [
      {
        data: () => ({ principal: principal.arn, ...patternData(told), ...patternSides(accounts).data }),
        text: `${principal.arn}  ${patternText(told)}`,
      },
    ];
  });
