// The policy engine on the largest legal account, in one process: `node --expose-gc test/bench/engine.ts`.
import { createAccountAccess } from '../../src/access/account-access.ts';
import { whoCanPerform } from '../../src/access/who-can-perform.ts';
import { createPolicyCompiler } from '../../src/policy/compile-policy.ts';
import { createPolicyInterner } from '../../src/policy/policy-interner.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { assembleSnapshot } from '../../src/snapshot/assemble-snapshot.ts';
import { generatedAccount, LARGEST } from './generated-account.ts';

const MIB = 1024 * 1024;

const cpuMs = <T>(work: () => T): readonly [T, number] => {
  const before = process.cpuUsage();
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return [value, (user + system) / 1000];
};
const heapMiB = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / MIB;
};
const print = (what: string, value: string): void => console.log(`${what.padEnd(58)}${value.padStart(14)}`);

const reference = await loadServiceReference();
const heapBefore = heapMiB();
const documents = generatedAccount(LARGEST);
const intern = createPolicyInterner();
const [assembled, assembleMs] = cpuMs(() => assembleSnapshot(documents, intern));
if (!assembled.ok) throw new Error(assembled.error[0]?.message);
const snapshot = assembled.value;
print('reading the account (users, roles, policies x versions)', `${assembleMs.toFixed(0)} cpu ms`);

const compile = createPolicyCompiler(reference);
const defaults = snapshot.managedPolicies.flatMap(({ versions }) => versions.slice(-1).map(({ document }) => document));
const [, compileMs] = cpuMs(() => defaults.forEach(compile));
print('documents compiled', `${((defaults.length / compileMs) * 1000).toFixed(0)} / cpu s`);

const access = createAccountAccess(snapshot, reference);
const principals = [...snapshot.users, ...snapshot.roles];
const requests = ['s3:GetObject', 'iam:PassRole', 'dynamodb:Query', 'kms:Decrypt'].map(
  (action) => [action, 'arn:aws:s3:::bucket-7/key'] as const,
);
const decideAll = (): void => {
  for (const principal of principals)
    for (const [action, resource] of requests) access.canPerform(principal, action, resource);
};
const [, coldMs] = cpuMs(decideAll);
decideAll();
const [, warmMs] = cpuMs(decideAll);
const decisions = principals.length * requests.length;
print('decisions, cold', `${((decisions / coldMs) * 1000).toFixed(0)} / cpu s`);
print('decisions, warm', `${((decisions / warmMs) * 1000).toFixed(0)} / cpu s`);

for (const [action, resource] of [
  ['iam:PassRole', 'arn:aws:iam::123456789012:role/r1'],
  ['s3:GetObject', 'arn:aws:s3:::bucket-7/key'],
  ['organizations:LeaveOrganization', '*'],
] as const) {
  const ask = () => whoCanPerform(access, { action, resource, context: {} });
  ask();
  const [found, ms] = cpuMs(ask);
  print(`who-can ${action}, warm (${found.length} principals)`, `${ms.toFixed(1)} cpu ms`);
}
const [administrators, adminMs] = cpuMs(() =>
  principals.filter((principal) => access.administrator(principal) === 'yes'),
);
print(`who is administrator (${administrators.length} of ${principals.length})`, `${adminMs.toFixed(0)} cpu ms`);

const held = heapMiB() - heapBefore;
print('held in memory, the raw documents included', `${held.toFixed(0)} MiB`);
print('held per principal', `${((held * 1024) / principals.length).toFixed(1)} KiB`);
