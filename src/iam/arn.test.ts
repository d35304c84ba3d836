import { expect, test } from 'vitest';
import { parseAccountId } from './account-id.ts';
import { arnParts, iamArn, parseArn } from './arn.ts';

test('an ARN has six parts, and its resource may hold colons and slashes', () => {
  const arn = parseArn('arn:aws-cn:logs:cn-north-1:111122223333:log-group:/a:b');
  expect(arn.ok && arnParts(arn.value)).toEqual({
    partition: 'aws-cn',
    service: 'logs',
    region: 'cn-north-1',
    account: '111122223333',
    resource: 'log-group:/a:b',
  });
});

test('Region and account may be empty', () => {
  expect(parseArn('arn:aws:s3:::b').ok).toBe(true);
});

test.each(['', 'arn', 'arn:aws:s3::b', 'arn:aws:s3:::', 'urn:aws:s3:::b', 'arn::s3:::b', '*'])(
  '`%s` is no ARN',
  (text) => {
    expect(parseArn(text)).toEqual({ ok: false, error: `\`${text}\` is not an ARN` });
  },
);

test('the ARN of something in IAM', () => {
  expect(iamArn('aws', '111122223333', 'user/team/alice')).toBe('arn:aws:iam::111122223333:user/team/alice');
});

test('an account id keeps its leading zeros', () => {
  expect(parseAccountId('012345678901')).toEqual({ ok: true, value: '012345678901' });
});

test.each(['', '12345678901', '1234567890123', '12345678901a', '１２３４５６７８９０１２'])(
  '`%s` is no account id',
  (text) => {
    expect(parseAccountId(text).ok).toBe(false);
  },
);
