// The search for escalations, on the largest legal account and on a tenth of it: `node --expose-gc test/bench/escalation.ts`.
import { createAccountAccess } from '../../src/access/account-access.ts';
import { createEscalationFinder } from '../../src/analyze/escalation/find-escalation.ts';
import { parseInstant } from '../../src/kernel/time.ts';
import { createPolicyInterner } from '../../src/policy/policy-interner.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { assembleSnapshot } from '../../src/snapshot/assemble-snapshot.ts';
import { generatedAccount, LARGEST } from './generated-account.ts';
import { cpuMs, heapMiB, print } from './measure.ts';

const reference = await loadServiceReference();
const now = parseInstant('2026-01-01T00:00:00Z');

for (const part of [0.1, 1]) {
  const size = {
    users: LARGEST.users * part,
    groups: LARGEST.groups * part,
    roles: LARGEST.roles * part,
    policies: LARGEST.policies * part,
    versions: LARGEST.versions,
  };
  const assembled = assembleSnapshot(generatedAccount(size), createPolicyInterner());
  if (!assembled.ok) throw new Error(assembled.error[0]?.message);
  const snapshot = assembled.value;
  const heapBefore = heapMiB();
  const access = createAccountAccess(snapshot, reference, now.ok ? now.value : null);
  const principals = [...snapshot.users, ...snapshot.roles];
  const [administrators] = cpuMs(() => principals.filter((principal) => access.unlimited(principal) === 'yes').length);
  const [answers, ms] = cpuMs(() => {
    const escalationOf = createEscalationFinder(snapshot, access, reference);
    return principals.map((principal) => escalationOf(principal));
  });
  const found = answers.filter(({ kind }) => kind === 'found').length;
  print(
    `escalations of ${snapshot.users.length} users and ${snapshot.roles.length} roles: ${administrators} administrators, ${found} paths`,
    `${ms.toFixed(0)} cpu ms`,
  );
  print('memory held by access and search', `${(heapMiB() - heapBefore).toFixed(0)} MiB`);
}
