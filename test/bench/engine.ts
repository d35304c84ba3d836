// The policy engine on the largest legal account, and beside another one: `node --expose-gc test/bench/engine.ts`.
import { createAccountAccess } from '../../src/access/account-access.ts';
import { whoCanPerform } from '../../src/access/who-can-perform.ts';
import { parseInstant } from '../../src/kernel/time.ts';
import { createPolicyCompiler } from '../../src/policy/compile-policy.ts';
import { createPolicyInterner } from '../../src/policy/policy-interner.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { assembleSnapshot } from '../../src/snapshot/assemble-snapshot.ts';
import { compareWithSimulate } from './compare-with-simulate.ts';
import { generatedAccount, LARGEST } from './generated-account.ts';
import { cpuMs, heapMiB, medianCpuMs, perSecond, print } from './measure.ts';
import { REQUESTS } from './requests.ts';

const reference = await loadServiceReference();
const heapBefore = heapMiB();
const documents = generatedAccount(LARGEST);
const [assembled, assembleMs] = cpuMs(() => assembleSnapshot(documents, createPolicyInterner()));
if (!assembled.ok) throw new Error(assembled.error[0]?.message);
const snapshot = assembled.value;
const { users, groups, roles, managedPolicies } = snapshot;
console.log(
  `an account of ${users.length} users, ${groups.length} groups, ${roles.length} roles, ${managedPolicies.length} policies x ${LARGEST.versions}; Node ${process.version}`,
);
print('reading the account, all versions of its policies', `${assembleMs.toFixed(0)} cpu ms`);

const compile = createPolicyCompiler(reference);
const all = managedPolicies.flatMap(({ versions }) => versions.map(({ document }) => document));
const [, compileMs] = cpuMs(() => all.forEach(compile));
print('documents compiled', perSecond(all.length, compileMs));

const now = parseInstant('2026-01-01T00:00:00Z');
const access = createAccountAccess(snapshot, reference, now.ok ? now.value : null);
const principals = [...users, ...roles];
const askAll = (some: typeof principals) => () => {
  for (const principal of some) {
    for (const { action, resource } of REQUESTS) access.canPerform(principal, action, resource);
  }
};
const decisions = principals.length * REQUESTS.length;
const [, coldMs] = cpuMs(() => principals.map((principal) => access.canPerform(principal, 's3:GetObject', '*')));
print('decisions, cold: the first of each principal', perSecond(principals.length, coldMs));
askAll(principals)();
print(
  `decisions, warm: each principal, ${REQUESTS.length} requests`,
  perSecond(decisions, medianCpuMs(askAll(principals))),
);
const few = principals.filter((_, index) => index % 150 === 0);
const again = () => Array.from({ length: 20 }).forEach(askAll(few));
print(
  `decisions, warm: ${few.length} principals again and again`,
  perSecond(few.length * REQUESTS.length * 20, medianCpuMs(again)),
);

const [, firstMs] = cpuMs(() => access.candidates('s3:GetObject', '*'));
print('who-can, made ready', `${firstMs.toFixed(0)} cpu ms`);
for (const [action, resource] of [
  ['iam:PassRole', 'arn:aws:iam::123456789012:role/r1'],
  ['s3:GetObject', 'arn:aws:s3:::bucket-7/key'],
  ['organizations:LeaveOrganization', '*'],
] as const) {
  const ask = () => whoCanPerform(access, { action, resource, context: {} });
  const found = ask().length;
  print(`who-can ${action}, warm: ${found} principals`, `${medianCpuMs(ask).toFixed(1)} cpu ms`);
}
const whoIsAdministrator = () => principals.filter((principal) => access.administrator(principal) === 'yes');
const [administrators, adminMs] = cpuMs(whoIsAdministrator);
print(`who is administrator: ${administrators.length} of ${principals.length}`, `${adminMs.toFixed(0)} cpu ms`);
print('who is administrator, warm', `${medianCpuMs(whoIsAdministrator).toFixed(0)} cpu ms`);

const held = heapMiB() - heapBefore;
print('held in memory, the raw documents included', `${held.toFixed(0)} MiB`);
print('held for each principal', `${((held * 1024 * 1024) / principals.length).toFixed(0)} bytes`);

await compareWithSimulate();
