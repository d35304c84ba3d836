import { describe, expect, it } from 'vitest';
import { serviceReference } from '../reference/service-reference.ts';
import { snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { createAccountAccess } from './account-access.ts';
import { prepareQuestion } from './ask-pattern.ts';
import { grantsOnAll } from './granted-on-all.ts';

const ask = (statements: readonly Readonly<Record<string, unknown>>[], action: string, pattern: string) => {
  const alice = user('alice', { inlinePolicies: { p: { Version: '2012-10-17', Statement: statements } } });
  const account = snapshot({ users: [alice] });
  const reference = serviceReference();
  const asked = { snapshot: account, access: createAccountAccess(account, reference), reference };
  return grantsOnAll(alice, asked)(prepareQuestion({ action, pattern }, asked), {}).condition.kind;
};

const objects = 'arn:aws:s3:::*/*';
const allow = (Resource: string) => ({ Effect: 'Allow', Action: 's3:Get*', Resource });
const deny = (more: Readonly<Record<string, unknown>>) => ({ Effect: 'Deny', Action: 's3:*', ...more });

describe('grantsOnAll', () => {
  it('tells a grant of all from one of some', () => {
    expect(ask([allow('*')], 's3:GetObject', objects)).toBe('true');
    expect(ask([allow('arn:aws:s3:::*')], 's3:GetObject', objects)).toBe('true');
    expect(ask([allow('arn:aws:s3:::app-*')], 's3:GetObject', objects)).toBe('false');
    expect(ask([allow('*')], 's3:PutObject', objects)).toBe('false');
  });

  it('lets a Deny name some resources, and not all but some', () => {
    expect(ask([allow('*'), deny({ Resource: 'arn:aws:s3:::vault/*' })], 's3:GetObject', objects)).toBe('true');
    expect(ask([allow('*'), deny({ NotResource: 'arn:aws:s3:::app/*' })], 's3:GetObject', objects)).toBe('false');
    expect(ask([allow('*'), deny({ Resource: '*' })], 's3:GetObject', objects)).toBe('false');
  });

  it('keeps the condition of a grant', () => {
    const withMfa = { ...allow('*'), Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };
    expect(ask([withMfa], 's3:GetObject', objects)).toBe('atom');
  });
});
