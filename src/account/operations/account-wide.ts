import { z } from 'zod';
import { ok } from '../../kernel/result.ts';
import { awsError } from '../aws-error.ts';
import { readOperation } from '../operation.ts';
import { accountSummary } from './account-summary-map.ts';
import { virtualMfaDeviceView } from './credential-views.ts';
import { paging } from './input.ts';
import { page, wholeList } from './page.ts';
import { passwordPolicyView } from './views.ts';

/** `iam:GetAccountSummary`. */
const getAccountSummary = readOperation('iam:GetAccountSummary', z.object({}), (state) =>
  ok({ SummaryMap: accountSummary(state) }),
);

/** `iam:GetAccountPasswordPolicy`. */
const getAccountPasswordPolicy = readOperation('iam:GetAccountPasswordPolicy', z.object({}), (state) =>
  state.passwordPolicy === null
    ? awsError('NoSuchEntity', `The Password Policy with domain name ${state.accountId} cannot be found.`)
    : ok({ PasswordPolicy: passwordPolicyView(state.passwordPolicy) }),
);

/** `iam:ListAccountAliases`. */
const listAccountAliases = readOperation('iam:ListAccountAliases', z.object(paging), (state, input) => {
  const aliases = page('ListAccountAliases', input, wholeList(state.alias === null ? [] : [state.alias]));
  return aliases.ok ? ok({ AccountAliases: aliases.value.items, ...aliases.value.more }) : aliases;
});

/** `iam:ListVirtualMFADevices`. */
const listVirtualMfaDevices = readOperation(
  'iam:ListVirtualMFADevices',
  z.object({ AssignmentStatus: z.enum(['Assigned', 'Unassigned', 'Any']).default('Any'), ...paging }),
  (state, input) => {
    const isWanted = (assigned: boolean): boolean =>
      input.AssignmentStatus === 'Any' || assigned === (input.AssignmentStatus === 'Assigned');
    const wanted = [...state.virtualMfaDevices.values()].filter(({ assignedTo }) => isWanted(assignedTo !== null));
    const devices = page('ListVirtualMFADevices', input, wholeList(wanted));
    if (!devices.ok) return devices;
    const { items, more } = devices.value;
    return ok({ VirtualMFADevices: items.map((device) => virtualMfaDeviceView(state, device)), ...more });
  },
);

/** The operations that read what belongs to the account as a whole. */
export const accountOperations = [
  getAccountSummary,
  getAccountPasswordPolicy,
  listAccountAliases,
  listVirtualMfaDevices,
];
