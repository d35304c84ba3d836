import { friendlyName } from '../../iam/arn.ts';
import type { AccountSnapshot, Role, User } from '../../snapshot/account-snapshot.ts';
import type { Collected } from '../../snapshot/collected.ts';
import type { Fact } from './escalation-method.ts';

/** Whether something holds, or holds only if what is told in words is so, which the snapshot does not tell. */
export type Holds = boolean | { readonly provided: string };

/** Whether a fact holds of an account and the principal that a way is after. */
export const judgeFact = (fact: Fact, target: User | Role | null, account: AccountSnapshot): Holds => {
  if (typeof fact === 'object') return { provided: fact.unseen };
  if (fact === 'is-in-instance-profile')
    return target !== null && 'roleName' in target && target.instanceProfiles.length > 0;
  if (fact === 'manages-organization' || fact === 'is-member-account') return judgeOrganization(fact, account);
  return target !== null && 'userName' in target && judgeUser(fact, target);
};

const judgeOrganization = (
  fact: 'manages-organization' | 'is-member-account',
  { organization, accountId }: AccountSnapshot,
): Holds =>
  judge(
    organization,
    (known) => known !== null && (known.managementAccountId === accountId) === (fact === 'manages-organization'),
    fact === 'manages-organization'
      ? 'the account manages an organization'
      : 'the account is a member of an organization',
  );

const judgeUser = (
  fact: Exclude<Fact, object | 'is-in-instance-profile' | 'manages-organization' | 'is-member-account'>,
  { arn, accessKeys, password, mfa }: User,
): Holds => {
  const name = friendlyName(arn);
  switch (fact) {
    // Hardly anybody has two keys: where nobody listed them, there is room for another.
    case 'has-one-key-at-most':
      return !accessKeys.known || accessKeys.value.length < 2;
    case 'has-two-keys':
      return accessKeys.known && accessKeys.value.length === 2;
    case 'has-no-password':
      return judge(password, ({ enabled }) => !enabled, `user ${name} has no console password`);
    case 'has-password':
      return judge(password, ({ enabled }) => enabled, `user ${name} has a console password`);
    case 'has-no-mfa-device':
      return judge(mfa, ({ active }) => !active, `user ${name} has no MFA device`);
    case 'has-mfa-device':
      return judge(mfa, ({ active }) => active, `user ${name} has an MFA device`);
  }
};

const judge = <Value>(collected: Collected<Value>, holds: (value: Value) => boolean, provided: string): Holds =>
  collected.known ? holds(collected.value) : { provided };
