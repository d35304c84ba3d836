import { beforeAll, expect, it } from 'vitest';
import { loadServiceReference, type ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import { at, skipped } from '../snapshot/testing/collected-builder.ts';
import { permissionSet } from '../snapshot/testing/identity-center-builder.ts';
import { organization, organizationTree } from '../snapshot/testing/organization-builder.ts';
import { snapshot } from '../snapshot/testing/snapshot-builder.ts';
import { analyzeAccount } from './analyze-account.ts';
import { DEFAULT_CHECK_SETTINGS } from './testing/default-settings.ts';
import { having } from './testing/permission-set-accounts.ts';

let reference: ServiceReference;
beforeAll(async () => {
  reference = await loadServiceReference();
});

const judgedIn = (account: AccountSnapshot) =>
  analyzeAccount(account, { now: at('2026-01-01T00:00:00Z'), reference, settings: DEFAULT_CHECK_SETTINGS }).judged;

const OF_SETS = 'permission-set-assigned-to-nobody';
const OF_TREE = ['organization-accounts-without-guardrails', 'organization-policy-quota-nearly-full'];
const OF_DELEGATION = ['delegated-administrator-undeclared', 'organization-without-delegated-administrator'];

it.each([
  ['nobody looked', { identityCenter: skipped('identity-center'), organization: skipped('organization') }],
  ['the account is not told', { identityCenter: null, organization: organization() }],
])('what an account is not told any more is not judged: %s', (_, parts) => {
  const { checks, whole } = judgedIn(snapshot(parts));
  for (const id of [OF_SETS, ...OF_TREE, ...OF_DELEGATION]) expect(checks.has(id), id).toBe(false);
  expect(whole?.has('PermissionSet')).toBe(false);
});

it('what it is told is judged, also where nothing is left', () => {
  const told = organization({ tree: organizationTree({ policies: [] }), delegatedAdministrators: [] });
  const { checks, whole } = judgedIn(having([permissionSet('Ops')], { organization: told }));
  for (const id of [OF_SETS, ...OF_TREE, ...OF_DELEGATION]) expect(checks.has(id), id).toBe(true);
  expect(whole?.get('PermissionSet')?.size).toBe(1);
  expect(judgedIn(having([])).whole?.get('PermissionSet')?.size).toBe(0);
});
