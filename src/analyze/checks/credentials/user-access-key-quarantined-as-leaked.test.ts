import { expect, it } from 'vitest';
import { denied } from '../../../snapshot/testing/collected-builder.ts';
import { accessKey } from '../../../snapshot/testing/credential-builder.ts';
import { snapshot, type UserParts, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { createJudge } from '../../testing/judge.ts';
import { userAccessKeyQuarantinedAsLeaked } from './user-access-key-quarantined-as-leaked.ts';

const QUARANTINE = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3';
const NOW = '2026-01-01T00:00:00Z';

const quarantined = (policy: string, parts: UserParts = {}) =>
  snapshot({ users: [user('ci', { attachedManagedPolicies: [policy], accessKeys: [accessKey()], ...parts })] });

describeCheck(userAccessKeyQuarantinedAsLeaked, NOW, {
  fail: [
    [
      'the third version of the policy is attached',
      quarantined(QUARANTINE),
      { policies: ['AWSCompromisedKeyQuarantineV3'], activeAccessKeys: ['AKIAIOSFODNN7EXAMPLE'] },
    ],
    ['so is the first', quarantined('arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantine')],
    [
      'nobody knows of the keys',
      quarantined(QUARANTINE, { accessKeys: denied('iam:ListAccessKeys') }),
      { activeAccessKeys: null },
    ],
  ],
  pass: [
    [
      'a policy of the account that borrows the name',
      quarantined('arn:aws:iam::123456789012:policy/AWSCompromisedKeyQuarantineV3'),
    ],
    ['no policy', snapshot({ users: [user('ci', { accessKeys: [accessKey()] })] })],
  ],
  unknown: 'only for a missing list',
});

const judge = createJudge(userAccessKeyQuarantinedAsLeaked, NOW);

it('is milder once no key is active', async () => {
  const account = quarantined(QUARANTINE, { accessKeys: [accessKey({ status: 'Inactive' })] });
  expect(await judge(account)).toMatchObject([
    { outcome: 'fail', severity: 'medium', evidence: { activeAccessKeys: [] } },
  ]);
});
