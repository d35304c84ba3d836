// What changed between two nights of the largest legal account: `node test/bench/changes.ts`.
import { accountChanges } from '../../src/analyze/account-changes.ts';
import { compareRemembered } from '../../src/audit/compare-accounts.ts';
import { parseInstant } from '../../src/kernel/time.ts';
import { createPolicyInterner } from '../../src/policy/policy-interner.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import type { AccountSnapshot } from '../../src/snapshot/account-snapshot.ts';
import { assembleSnapshot } from '../../src/snapshot/assemble-snapshot.ts';
import { printSnapshotFiles } from '../../src/snapshot/snapshot-directory.ts';
import type { SnapshotDocuments } from '../../src/snapshot/snapshot-documents.ts';
import { generatedAccount, LARGEST } from './generated-account.ts';
import { cpuMs, print } from './measure.ts';

const reference = await loadServiceReference();
const now = parseInstant('2026-01-01T00:00:00Z');
if (!now.ok) throw new Error(now.error);

const FULL = { name: 'FullAWSAccess', document: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } };
const denying = (...Action: string[]) => ({
  name: 'Guard',
  document: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Action,
        Resource: '*',
        Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin*' } },
      },
    ],
  },
});
const account = generatedAccount(LARGEST);
const under = (...scps: readonly unknown[]): SnapshotDocuments => ({
  ...account,
  account: {
    ...account.account,
    sources: [...account.account.sources, { name: 'organization', time: account.account.collectedAt }],
  },
  organization: {
    organizationId: 'o-1',
    managementAccountId: '999999999999',
    path: [
      { id: 'r-1', name: 'Root', scps: [FULL], rcps: [] },
      { id: '123456789012', name: 'account', scps: [FULL, ...scps], rcps: [] },
    ],
  },
});
const users = account.authorizationDetails?.UserDetailList ?? [];
const otherUsers: SnapshotDocuments = {
  ...under(),
  authorizationDetails: {
    ...account.authorizationDetails,
    UserDetailList: users.map((user, index) =>
      index < 100 ? { ...user, AttachedManagedPolicies: users[index + 1_000]?.AttachedManagedPolicies ?? [] } : user,
    ),
  },
};

const assembled = (documents: SnapshotDocuments): AccountSnapshot => {
  const snapshot = assembleSnapshot(documents, createPolicyInterner());
  if (!snapshot.ok) throw new Error(snapshot.error[0]?.message);
  return snapshot.value;
};
const before = assembled(under());
const nights = [
  ['nothing', under()],
  ['policies of 100 users', otherUsers],
  ['an SCP that denies two actions', under(denying('s3:PutObject', 'iam:PassRole'))],
  ['an SCP that denies four services', under(denying('s3:*', 'dynamodb:*', 'ec2:*', 'logs:*'))],
] as const;
for (const [what, documents] of nights) {
  const after = assembled(documents);
  const [{ changes }, ms] = cpuMs(() => accountChanges(before, after, { reference, now: now.value }));
  const principals = changes.filter(({ kind }) => kind === 'permissions').length;
  print(`changed: ${what}; ${principals} principals gained or lost`, `${ms.toFixed(0)} cpu ms`);
}
const files = printSnapshotFiles(under());
print(
  'both nights read from their text, nothing changed',
  `${cpuMs(() => compareRemembered(files, files, reference))[1].toFixed(0)} cpu ms`,
);
