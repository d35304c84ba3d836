import { expect, it } from 'vitest';
import { at } from '../../../snapshot/testing/collected-builder.ts';
import { trusts } from '../../../snapshot/testing/policy-builder.ts';
import { role, snapshot } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { createJudge } from '../../testing/judge.ts';
import type { AccountDeclaration } from '../../trust/trusted-accounts.ts';
import { roleTrustsUndeclaredAccount } from './role-trusts-undeclared-account.ts';

const NOW = '2026-01-01T00:00:00Z';
const OWN = '123456789012';
const [KNOWN, ENDED, STRANGER] = ['444455556666', '111122223333', '777788889999'];
const declared: readonly AccountDeclaration[] = [
  { id: KNOWN, name: 'Example Corp', owner: 'platform', expires: at('2026-06-01T00:00:00Z') },
  { id: ENDED, name: 'Former Ltd', owner: 'platform', expires: at('2025-06-01T00:00:00Z') },
];
const WITH_ID = { StringEquals: { 'sts:ExternalId': 'x1' } };
const trusting = (account: string, condition: Readonly<Record<string, unknown>> = WITH_ID) =>
  snapshot({ roles: [role('app', { trustPolicy: trusts({ AWS: account }, condition) })] });

describeCheck(
  roleTrustsUndeclaredAccount,
  NOW,
  {
    fail: [
      ['a stranger with an ExternalId', trusting(STRANGER), { accountId: STRANGER, declaredAs: null, ended: null }],
      [
        'a vendor whose trust has ended',
        trusting(ENDED),
        { declaredAs: 'Former Ltd', owner: 'platform', ended: '2025-06-01T00:00:00Z' },
      ],
    ],
    pass: [
      ['a declared vendor', trusting(KNOWN)],
      ['a stranger without an ExternalId, which is another finding', trusting(STRANGER, {})],
      [
        'a stranger kept to an organization',
        trusting(STRANGER, { StringEquals: { 'aws:PrincipalOrgID': 'o-abcde12345', 'sts:ExternalId': 'x1' } }),
      ],
      [
        'an account of the own organization',
        snapshot({
          roles: [role('app', { trustPolicy: trusts({ AWS: STRANGER }, WITH_ID) })],
          organization: { id: 'o-abcde12345', managementAccountId: OWN, path: [], accounts: [OWN, STRANGER] },
        }),
      ],
      ['the own account', trusting(OWN)],
    ],
    unknown: [['a trust policy that cannot be read', snapshot({ roles: [role('app', { trustPolicy: 'no JSON' })] })]],
  },
  { trustedAccounts: declared },
);

const judge = createJudge(roleTrustsUndeclaredAccount, NOW, { trustedAccounts: declared });

it('is worse where the trust has ended', async () => {
  expect((await judge(trusting(ENDED))).map(({ severity }) => severity)).toEqual(['medium']);
  expect((await judge(trusting(STRANGER))).map(({ severity }) => severity)).toEqual([undefined]);
});

it('says nothing before the first account is declared', async () => {
  expect(await createJudge(roleTrustsUndeclaredAccount, NOW)(trusting(STRANGER))).toEqual([]);
});
