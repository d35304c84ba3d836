import { findPrincipals } from '../access/find-principals.ts';
import { type RoleAssumers, whoMayAssume } from '../access/who-may-assume.ts';
import type { Role } from '../snapshot/account-snapshot.ts';
import { allowedData, allowedText } from './allowed-text.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { outsiderData, outsiderText } from './outsider-text.ts';
import { type QuestionAccount, questionAccounts } from './question-accounts.ts';
import { type QuestionOptions, questionContext } from './question-options.ts';
import { refuse } from './refuse.ts';
import { printable, type Terminal } from './terminal.ts';

/** Lists who may assume a role, by name; null: every role of the accounts. */
export const runWhoCanAssumeCommand = async (
  name: string | null,
  options: QuestionOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const accounts = await questionAccounts(options, terminal);
  if (!accounts.ok) return refuse(terminal, accounts.error.problems, accounts.error.exitCode);
  const meant = accounts.value.map((account) => ({ account, roles: rolesCalled(name, account) }));
  if (name !== null && meant.every(({ roles }) => roles.length === 0)) {
    const nobody = `no role is called \`${name}\`; give an ARN, \`role/NAME\` or a name`;
    return refuse(terminal, [nobody], EXIT.usage);
  }
  const context = questionContext(options);
  for (const { account, roles } of meant) {
    for (const role of roles) {
      const assumers = whoMayAssume(account.access, { role, context });
      const lines = options.json ? dataLines(role, assumers) : textLines(role, assumers);
      for (const line of lines) terminal.print(options.json ? line : printable(line));
    }
  }
  return EXIT.done;
};

const rolesCalled = (name: string | null, { snapshot }: QuestionAccount): readonly Role[] =>
  name === null ? snapshot.roles : findPrincipals(snapshot, name).filter((found) => 'roleName' in found);

const textLines = ({ arn }: Role, { principals, outsiders }: RoleAssumers): readonly string[] => [
  arn,
  ...principals.map((allowed) => `  ${allowedText(allowed)}`),
  ...outsiders.map((admitted) => `  ${outsiderText(admitted)}  by ${admitted.action}`),
];

const dataLines = ({ arn }: Role, { principals, outsiders }: RoleAssumers): readonly string[] => [
  ...principals.map((allowed) => JSON.stringify({ role: arn, action: 'sts:AssumeRole', ...allowedData(allowed) })),
  ...outsiders.map(({ action, ...admitted }) => JSON.stringify({ role: arn, action, ...outsiderData(admitted) })),
];
