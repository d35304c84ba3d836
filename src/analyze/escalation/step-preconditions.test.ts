import { describe, expect, it } from 'vitest';
import { createAccountAccess } from '../../access/account-access.ts';
import { loadServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import { accessKey } from '../../snapshot/testing/credential-builder.ts';
import { allow, trusts } from '../../snapshot/testing/policy-builder.ts';
import { managedPolicy, role, snapshot, user } from '../../snapshot/testing/snapshot-builder.ts';
import { createEscalationFinder } from './find-escalation.ts';
import { preconditionsOf } from './step-preconditions.ts';

const reference = await loadServiceReference();
const administrator = managedPolicy('AdministratorAccess', allow('*'), { awsManaged: true });

const told = (account: AccountSnapshot): readonly string[] => {
  const [alice] = account.users;
  const answer =
    alice && createEscalationFinder(account, createAccountAccess(account, reference, null), reference)(alice);
  return answer?.kind === 'found' ? answer.path.steps.flatMap((step) => preconditionsOf(step, account)) : ['no path'];
};

const alice = (...actions: readonly string[]) => user('alice', { inlinePolicies: { p: allow(actions) } });

describe('what a step needs beside permissions', () => {
  it('is nothing where a user changes its own policies', () => {
    expect(told(snapshot({ users: [alice('iam:PutUserPolicy')] }))).toEqual([]);
  });

  it('is the trust of the role that is passed, in the service that it is passed to', () => {
    const powerful = role('powerful', {
      attachedManagedPolicies: [administrator],
      trustPolicy: trusts({ Service: 'lambda.amazonaws.com' }),
    });
    const users = [alice('iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction')];
    expect(told(snapshot({ users, roles: [powerful], managedPolicies: [administrator] }))).toEqual([
      'The trust policy of `powerful` lets `lambda.amazonaws.com` assume it.',
    ]);
  });

  it('is what credentials the user has that is taken over', () => {
    const bob = user('bob', { attachedManagedPolicies: [administrator], accessKeys: [accessKey()] });
    expect(told(snapshot({ users: [alice('iam:CreateAccessKey'), bob], managedPolicies: [administrator] }))).toEqual([
      '`bob` has room for another access key.',
    ]);
  });
});
