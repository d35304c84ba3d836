import { join } from 'node:path';
import { vi } from 'vitest';
import { allChecks } from '../../src/analyze/registry.ts';
import { type Config, loadConfig } from '../../src/config/config.ts';
import { ACCOUNTS, type FaultyOrganization } from './organization-under-faults.ts';
import type { RouteName } from './thirty-nights-table.ts';

/** The routes, in the order of the configuration. */
export const ROUTES: readonly RouteName[] = ['all', 'pager', 'team'];

const CHECKS: ReadonlySet<string> = new Set([
  'account-password-policy-weak',
  'analyzer-archives-too-much',
  'managed-policy-grants-everything',
  'principal-can-become-administrator',
  'role-trusts-any-principal',
  'role-trusts-foreign-account-without-external-id',
  'user-console-access-without-mfa',
  'user-has-two-active-access-keys',
  'user-policy-attached-directly',
]);
const DISABLED = allChecks.map(({ id }) => id).filter((id) => !CHECKS.has(id));

/** The suppression file that accepts alice's password. */
export const SUPPRESSION = `suppressions:
  - check: user-console-access-without-mfa
    principal: arn:aws:iam::${ACCOUNTS.production}:user/alice
    reason: accepted-risk
    justification: a break-glass user whose password lies in a safe
    owner: team-a
    approver: security
    ticket: SEC-7
    created: 2026-03-14
    expires: 2026-03-25
`;

/** Three accounts and three routes, one for everything, one for what is critical in production, and one for what is its own. */
export const configOf = (directory: string, { endpoint, endpointOf }: FaultyOrganization, alerts: string): Config => {
  vi.stubEnv('HOOK_KEY', 'key');
  for (const route of ROUTES) vi.stubEnv(`HOOK_${route.toUpperCase()}`, `${alerts}/${route}`);
  const hook = (name: RouteName, told: string) =>
    `{ name: ${name}, channel: webhook, url: { env: HOOK_${name.toUpperCase()} }, signingKey: { env: HOOK_KEY }, ${told} }`;
  const member = (name: 'production' | 'sandbox') =>
    `{ name: ${name}, roleArn: "arn:aws:iam::${ACCOUNTS[name]}:role/vigil-audit", externalId: vigil-3f2a, endpointUrl: "${endpointOf[name]}" }`;
  const text = `
aws: { endpointUrl: "${endpoint}", region: us-east-1 }
collect: { regions: [us-east-1], resources: false, lastAccessed: false }
checks: { disabled: [${DISABLED.join(', ')}], options: { user-has-two-active-access-keys: { rotationDays: 1 } } }
accounts:
  list:
    - { name: management, id: "${ACCOUNTS.management}", endpointUrl: "${endpointOf.management}" }
    - ${member('production')}
    - ${member('sandbox')}
owners: { rules: [{ tag: owner }] }
suppressions: { files: [${join(directory, 'suppressions.yaml')}] }
report: { directory: ${join(directory, 'reports')}, formats: [json] }
alerts:
  routes:
    - ${hook('all', 'severity: info')}
    - ${hook('pager', `severity: critical, accounts: ["${ACCOUNTS.production}"], gaps: false, heartbeat: weekly`)}
    - ${hook('team', 'severity: low, owners: [team-a], resolved: false, gaps: false')}
`;
  const config = loadConfig({ name: 'vigil.yaml', text }, {});
  if (!config.ok) throw new Error(config.error.join('\n'));
  return config.value;
};
