import { describe, expect, it } from 'vitest';
import type { AccountId } from '../../iam/account-id.ts';
import type { Instant } from '../../kernel/time.ts';
import { emptyAccount } from '../account-edits.ts';
import type { Call } from '../call.ts';
import { cloudOf } from '../cloud-state.ts';
import { operations } from '../operations.ts';

const place = { accountId: '123456789012' as AccountId, partition: 'aws' };
const call: Call = {
  account: place,
  caller: { kind: 'root' },
  now: '2026-01-31T12:00:00Z' as Instant,
  random: (size) => new Uint8Array(size),
  accessKeyId: 'ASIA2345ABCDEFGHIJKL',
  region: 'us-east-1',
  sourceIp: '127.0.0.1',
};

describe('the password of a root user', () => {
  // Source: "Centrally manage root access for member accounts", IAM User Guide: taken away, and allowed again.
  it('can be taken away and allowed again, which needs no password', () => {
    let cloud = cloudOf(emptyAccount(place, '2020-01-01T00:00:00Z' as Instant));
    const run = (name: string) => {
      const outcome = operations.get(`iam:${name}`)?.run(cloud, {}, call);
      if (outcome?.ok !== true) return outcome?.error;
      cloud = outcome.value.cloud;
      return outcome.value.answer;
    };
    const isPresent = () =>
      expect.objectContaining({ SummaryMap: expect.objectContaining({ AccountPasswordPresent: 1 }) as unknown });
    expect(run('GetAccountSummary')).toEqual(isPresent());
    expect(run('CreateLoginProfile')).toMatchObject({ code: 'EntityAlreadyExists' });
    run('DeleteLoginProfile');
    expect(run('GetAccountSummary')).not.toEqual(isPresent());
    expect(run('GetLoginProfile')).toMatchObject({ code: 'NoSuchEntity' });
    expect(run('CreateLoginProfile')).toMatchObject({ LoginProfile: { CreateDate: '2026-01-31T12:00:00Z' } });
    expect(run('GetAccountSummary')).toEqual(isPresent());
  });
});
