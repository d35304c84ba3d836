import { expect, it } from 'vitest';
import { arn, at } from '../snapshot/testing/collected-builder.ts';
import { resource } from '../snapshot/testing/resource-builder.ts';
import { snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { indexSubjects } from './subject-index.ts';

it('tells what the ARNs of an account stand for, beyond its users and roles too', () => {
  const profile = arn('arn:aws:iam::123456789012:instance-profile/web');
  const provider = arn('arn:aws:iam::123456789012:saml-provider/ExampleCorp');
  const createDate = at('2025-01-01T00:00:00Z');
  const subjects = indexSubjects(
    snapshot({
      users: [user('alice', { userId: 'AIDAALICE' })],
      instanceProfiles: [{ arn: profile, name: 'web', id: 'AIPAWEB', createDate, roles: [] }],
      identityProviders: [{ arn: provider, kind: 'saml', createDate, validUntil: null, url: null, clientIds: [] }],
      resources: [resource('arn:aws:s3:::amzn-s3-demo-bucket')],
    }),
  );
  expect([...subjects]).toEqual([
    ['arn:aws:iam::123456789012:user/alice', { type: 'User', id: 'AIDAALICE' }],
    [profile, { type: 'InstanceProfile', id: 'AIPAWEB' }],
    [provider, { type: 'IdentityProvider', id: provider }],
    ['arn:aws:s3:::amzn-s3-demo-bucket', { type: 'Resource', id: 'arn:aws:s3:::amzn-s3-demo-bucket' }],
  ]);
});
