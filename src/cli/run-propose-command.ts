import { basename, dirname } from 'node:path';
import { type PolicyProposal, proposePolicy, type StatementChange } from '../analyze/propose-policy.ts';
import { publishReport } from '../publish/publish-report.ts';
import type { SeenUse } from '../snapshot/cloudtrail.ts';
import { configOf } from './command-config.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { onePrincipal } from './one-principal.ts';
import type { ProposeOptions } from './propose-options.ts';
import { questionAccounts } from './question-accounts.ts';
import { refuse } from './refuse.ts';
import { printable, type Terminal } from './terminal.ts';

/** Writes the policy that a principal would need for what it used, and tells what that changes. */
export const runProposeCommand = async (
  name: string,
  options: ProposeOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const config = await configOf(options);
  if (!config.ok) return refuse(terminal, config.error, EXIT.usage);
  const accounts = await questionAccounts(options, terminal, { lastAccessed: true });
  if (!accounts.ok) return refuse(terminal, accounts.error.problems, accounts.error.exitCode);
  const found = onePrincipal(accounts.value, name);
  if (!found.ok) return refuse(terminal, [found.error], EXIT.usage);
  const { principal, ...account } = found.value;
  if (!('userName' in principal || 'roleName' in principal)) {
    return refuse(terminal, ['the root user has no policies'], EXIT.usage);
  }
  const { unusedDays, keep = [] } = options;
  const kept = [...config.value.propose.keep, ...keep];
  const proposed = proposePolicy(principal, { ...account, unusedDays, keep: kept });
  if (!proposed.ok) return refuse(terminal, [proposed.error], EXIT.noAudit);
  const { lost, left } = proposed.value.verification;
  if (lost.length + left.length > 0) {
    const actions = [...lost, ...left].join(', ');
    return refuse(
      terminal,
      [`no policy is proposed, since these actions did not come out right: ${actions}`],
      EXIT.noAudit,
    );
  }
  return write(proposed.value, options, terminal);
};

const write = async (
  proposal: PolicyProposal,
  { out, json }: ProposeOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  if (json) {
    terminal.print(JSON.stringify(proposal));
    return EXIT.done;
  }
  const policy = JSON.stringify(proposal.document, null, 2);
  if (out === undefined) {
    terminal.print(policy);
    for (const line of changeLines(proposal)) terminal.say(line);
    return EXIT.done;
  }
  const written = await publishReport(dirname(out), new Map([[basename(out), `${policy}\n`]]));
  if (!written.ok) return refuse(terminal, [written.error], EXIT.usage);
  for (const line of changeLines(proposal)) terminal.print(line);
  return EXIT.done;
};

const changeLines = (proposal: PolicyProposal): readonly string[] => {
  const { principal, changes, removed, characters, trackedDays, seen } = proposal;
  return [
    `${principal}: ${removed.length} actions fewer, ${characters} characters, by what IAM tells of ${trackedDays} days`,
    ...changes.flatMap(statementLines),
    ...(changes.length === 0 ? ['  nothing to take away'] : []),
    ...seen.flatMap(seenLine),
    'verified: nothing used or kept is lost, nothing unused is left',
  ].map(printable);
};

const statementLines = ({ policy, pointer, before, after }: StatementChange): readonly string[] => {
  const removed = before.kind === 'action' ? before.patterns.filter((pattern) => !after.includes(pattern)) : [];
  const added = after.filter((pattern) => before.kind === 'notAction' || !before.patterns.includes(pattern));
  return [
    `  ${policy} ${pointer}`,
    ...(before.kind === 'notAction' ? [`    - all actions but ${before.patterns.join(', ')}`] : []),
    ...removed.map((pattern) => `    - ${pattern}`),
    ...added.map((pattern) => `    + ${pattern}`),
  ];
};

/** Without resources CloudTrail tells nothing that the policy does not. */
const seenLine = ({ service, action, resources, moreResources }: SeenUse): readonly string[] =>
  resources.length === 0
    ? []
    : [`  CloudTrail shows ${service}:${action ?? '?'} on ${resources.join(', ')}${moreResources ? ' and more' : ''}`];
