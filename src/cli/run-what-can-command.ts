import type { Principal } from '../access/account-access.ts';
import { servicesOf } from '../access/permission-services.ts';
import { whatCan } from '../access/what-can.ts';
import { daysBetween, type Instant } from '../kernel/time.ts';
import { TRACKED_DAYS } from '../snapshot/last-accessed.ts';
import { lastUseOf } from '../snapshot/last-use.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { onePrincipal } from './one-principal.ts';
import { permissionData } from './permission-data.ts';
import { doubtText, permissionLines, refusalText } from './permission-text.ts';
import { questionAccounts } from './question-accounts.ts';
import { questionContext, type WhatCanOptions } from './question-options.ts';
import { refuse } from './refuse.ts';
import { printable, type Terminal } from './terminal.ts';

/** Tells what a principal may do, with when it last did. */
export const runWhatCanCommand = async (
  name: string,
  options: WhatCanOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const accounts = await questionAccounts(options, terminal);
  if (!accounts.ok) return refuse(terminal, accounts.error.problems, accounts.error.exitCode);
  const found = onePrincipal(accounts.value, name);
  if (!found.ok) return refuse(terminal, [found.error], EXIT.usage);
  const { principal, snapshot, access, reference, now } = found.value;
  const { permissions, refusals, doubts } = whatCan(principal, access, reference, {
    service: options.service ?? null,
    context: questionContext(options),
  });
  const { arn } = principal;
  const administrator = access.administrator(principal);
  const lastUse = lastUseOf(arn, snapshot);
  const told = permissions.map((permission) => ({
    permission,
    services: servicesOf(permission, { reference, lastUse }),
  }));
  if (options.json) {
    terminal.print(
      JSON.stringify({ kind: 'principal', principal: arn, administrator, complete: doubts.length === 0, doubts }),
    );
    for (const { permission, services } of told)
      terminal.print(JSON.stringify({ kind: 'permission', principal: arn, ...permissionData(permission), services }));
    for (const { carrier, actions, notActions } of refusals)
      terminal.print(JSON.stringify({ kind: 'refusal', principal: arn, actions, notActions, resource: carrier }));
  } else {
    const hasCarriers = refusals.length > 0 || permissions.some(({ carriers }) => carriers.length > 0);
    const lines = [
      `${arn}${ADMINISTRATORS[administrator]}`,
      ...doubts.map(doubtText),
      ...linesOf(told, principal, now),
      ...refusals.map(refusalText),
      ...(hasCarriers ? ['  of resources with policies of their own, the lines that name these count'] : []),
    ];
    for (const line of lines) terminal.print(printable(line));
  }
  return EXIT.done;
};

const ADMINISTRATORS = {
  yes: '  administrator: every action on every resource',
  conditional: '  administrator under conditions',
  no: '',
} as const;

const linesOf = (
  told: readonly Parameters<typeof permissionLines>[0][],
  principal: Principal,
  now: Instant,
): readonly string[] => {
  const trackedDays = 'createDate' in principal ? daysBetween(principal.createDate, now) : TRACKED_DAYS;
  return told.length === 0 ? ['  nothing'] : told.flatMap((each) => permissionLines(each, trackedDays));
};
