import { describe, expect, it } from 'vitest';
import { conditionKeyNames } from './condition-key-names.ts';

describe('conditionKeyNames', () => {
  it('knows the keys of services, in whatever case', () => {
    for (const key of ['s3:prefix', 'iam:PassedToService', 'KMS:viaservice', 'ec2:InstanceType'])
      expect(conditionKeyNames().has(key), key).toBe(true);
    expect(conditionKeyNames().has('iam:PassedToServices')).toBe(false);
  });

  it('knows keys that end in a name of the user’s own', () => {
    expect(conditionKeyNames().has('aws:ResourceTag/team')).toBe(true);
    expect(conditionKeyNames().has('kms:EncryptionContext:app')).toBe(true);
  });
});
