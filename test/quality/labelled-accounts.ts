import { analyzedAccount } from './accounts/analyzed.ts';
import { credentialsAccount } from './accounts/credentials.ts';
import { declaredAccount } from './accounts/declared.ts';
import { escalationAccount } from './accounts/escalation.ts';
import { escalationReachAccount } from './accounts/escalation-reach.ts';
import { falseAlarmsAccount } from './accounts/false-alarms.ts';
import { federationAccount } from './accounts/federation.ts';
import { grownAccount } from './accounts/grown.ts';
import { guardedAccount } from './accounts/guarded.ts';
import { hygieneAccount } from './accounts/hygiene.ts';
import { inOrderAccount } from './accounts/in-order.ts';
import { neighboursAccount } from './accounts/neighbours.ts';
import { openedAccount } from './accounts/opened.ts';
import { organizationAccount } from './accounts/organization.ts';
import { policiesAccount } from './accounts/policies.ts';
import { policyEffectsAccount } from './accounts/policy-effects.ts';
import { resourcesAccount } from './accounts/resources.ts';
import { seenAccount } from './accounts/seen.ts';
import { trustAccount } from './accounts/trust.ts';
import { undelegatedAccount } from './accounts/undelegated.ts';
import { unusedAccount } from './accounts/unused.ts';
import type { LabelledAccount } from './labelled-account.ts';

/** All that people have labelled. */
export const labelledAccounts: readonly LabelledAccount[] = [
  analyzedAccount,
  credentialsAccount,
  declaredAccount,
  escalationAccount,
  escalationReachAccount,
  falseAlarmsAccount,
  federationAccount,
  grownAccount,
  guardedAccount,
  hygieneAccount,
  inOrderAccount,
  neighboursAccount,
  openedAccount,
  organizationAccount,
  policiesAccount,
  policyEffectsAccount,
  resourcesAccount,
  seenAccount,
  trustAccount,
  undelegatedAccount,
  unusedAccount,
];

/** How many situations have been labelled: what is wrong, and what only looks so. */
export const countSituations = (accounts: readonly LabelledAccount[]) => ({
  wrong: sum(accounts.flatMap(({ findings }) => Object.values(findings).map((labels) => Object.keys(labels).length))),
  nearMisses: sum(accounts.map(({ traps }) => Object.keys(traps).length)),
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
