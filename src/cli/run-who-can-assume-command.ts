import { findPrincipals } from '../access/find-principals.ts';
import type { AllowedPrincipal } from '../access/who-can-perform.ts';
import { type RoleAssumers, whoMayAssume } from '../access/who-may-assume.ts';
import type { JsonObject } from '../kernel/json.ts';
import type { Role } from '../snapshot/account-snapshot.ts';
import { allowedData, allowedText } from './allowed-text.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type QuestionAccount, questionAccounts } from './question-accounts.ts';
import { type QuestionOptions, questionContext } from './question-options.ts';
import { readOutsiderData, readOutsiderText } from './question-sides.ts';
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
      const others = accounts.value.filter(({ snapshot }) => snapshot.accountId !== account.snapshot.accountId);
      const assumers = whoMayAssume(account.access, { role, context }, others);
      const lines = options.json ? dataLines(role, assumers, others) : textLines(role, assumers, others);
      for (const line of lines) terminal.print(options.json ? line : printable(line));
    }
  }
  return EXIT.done;
};

const rolesCalled = (name: string | null, { snapshot }: QuestionAccount): readonly Role[] =>
  name === null ? snapshot.roles : findPrincipals(snapshot, name).filter((found) => 'roleName' in found);

const textLines = (
  { arn }: Role,
  { principals, others, outsiders }: RoleAssumers,
  accounts: readonly QuestionAccount[],
): readonly string[] => [
  arn,
  ...[...principals, ...others].map((allowed) => `  ${allowedText(allowed)}`),
  ...outsiders.map((admitted) => `  ${readOutsiderText(admitted, accounts)}  by ${admitted.action}`),
];

const dataLines = (
  { arn }: Role,
  { principals, others, outsiders }: RoleAssumers,
  accounts: readonly QuestionAccount[],
): readonly string[] => {
  const allowedLine = (allowed: AllowedPrincipal, sides: JsonObject): string =>
    JSON.stringify({ role: arn, action: 'sts:AssumeRole', ...allowedData(allowed), ...sides });
  return [
    ...principals.map((allowed) => allowedLine(allowed, {})),
    ...others.map((allowed) => allowedLine(allowed, { sides: 'both', resourceAccount: arn.split(':')[4] ?? null })),
    ...outsiders.map(({ action, ...admitted }) =>
      JSON.stringify({ role: arn, action, ...readOutsiderData(admitted, accounts) }),
    ),
  ];
};
