import { attachedPolicy, organizationTree } from '../../../snapshot/testing/organization-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { UNREAD_ORGANIZATION, UNTOLD, withTree } from '../../testing/organization-accounts.ts';
import { organizationPolicyQuotaNearlyFull } from './organization-policy-quota-nearly-full.ts';

const holding = (...policies: readonly ReturnType<typeof attachedPolicy>[]) => withTree(organizationTree({ policies }));
const many = (count: number, type: string) =>
  holding(...Array.from({ length: count }, (_, index) => attachedPolicy(`policy-${index}`, { type })));

describeCheck(organizationPolicyQuotaNearlyFull, '2026-01-01T00:00:00Z', {
  fail: [
    [
      'an SCP of 90 % of the characters',
      holding(attachedPolicy('deny', { characters: 9216 })),
      { what: 'SCP deny', used: 9216, quota: 10_240 },
    ],
  ],
  pass: [
    ['a small one', holding(attachedPolicy('deny', { characters: 9215 }))],
    ['nine SCPs on the root', many(9, 'SERVICE_CONTROL_POLICY')],
    [
      'a long RCP, whose limits are others',
      holding(attachedPolicy('inside', { characters: 9900, type: 'RESOURCE_CONTROL_POLICY' })),
    ],
    ['a type that limits nothing', holding(attachedPolicy('tags', { characters: 9900, type: 'TAG_POLICY' }))],
    ['AWS’s own', withTree(organizationTree())],
    ...UNTOLD,
  ],
  unknown: [UNREAD_ORGANIZATION],
});

describeCheck(organizationPolicyQuotaNearlyFull, '2026-01-02T00:00:00Z', {
  fail: [['ten SCPs on the root', many(10, 'SERVICE_CONTROL_POLICY')]],
  pass: [['none', holding()]],
  unknown: [UNREAD_ORGANIZATION],
});
