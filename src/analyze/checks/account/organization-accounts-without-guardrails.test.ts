import { attachedPolicy, organizationTree } from '../../../snapshot/testing/organization-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { UNREAD_ORGANIZATION, UNTOLD, withTree } from '../../testing/organization-accounts.ts';
import { organizationAccountsWithoutGuardrails } from './organization-accounts-without-guardrails.ts';

const { policies: ofAws } = organizationTree();
const guarded = (...targets: readonly string[]) =>
  withTree(organizationTree({ policies: [...ofAws, attachedPolicy('no-leaving', { targets })] }));

describeCheck(organizationAccountsWithoutGuardrails, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'a policy on a unit leaves out the account beside it',
      guarded('ou-work'),
      { organization: 'o-abcde12345', count: 1, ofAccounts: 2, accounts: [{ id: '333333333333', name: 'sandbox' }] },
    ],
    ['nothing but FullAWSAccess', withTree(organizationTree()), { count: 2 }],
    ['a policy that is attached to nothing', guarded(), { count: 2 }],
  ],
  pass: [
    ['a policy on the root', guarded('r-ab12')],
    ['one on the unit and one on the account', guarded('ou-work', '333333333333')],
    [
      'an RCP alone',
      withTree(organizationTree({ policies: [attachedPolicy('inside', { type: 'RESOURCE_CONTROL_POLICY' })] })),
    ],
    [
      'no policies are turned on, which is told by itself',
      withTree(organizationTree({ policyTypes: [], policies: [] })),
    ],
    ...UNTOLD,
  ],
  unknown: [UNREAD_ORGANIZATION],
});
