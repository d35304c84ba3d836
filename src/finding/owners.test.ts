import { describe, expect, it } from 'vitest';
import { role, snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { type OwnerRule, tagsOf, withOwners } from './owners.ts';
import { finding } from './testing/finding-builder.ts';

const DEPLOY = 'arn:aws:iam::123456789012:role/ci/deploy';
const NO_TAGS = new Map();

const ownerOf = (rules: readonly OwnerRule[], tags: Readonly<Record<string, string>> = {}) =>
  withOwners([finding()], rules, new Map([[DEPLOY, new Map(Object.entries(tags))]]))[0]?.owner;

describe('the owner of a finding', () => {
  it.each<[string, readonly OwnerRule[], Readonly<Record<string, string>>, string | null]>([
    ['the value of a tag', [{ kind: 'tag', keys: ['owner'] }], { owner: 'payments' }, 'payments'],
    ['the first tag that is there', [{ kind: 'tag', keys: ['owner', 'team'] }], { team: 'payments' }, 'payments'],
    ['no tag whose value is blank', [{ kind: 'tag', keys: ['owner', 'team'] }], { owner: ' ', team: 'b' }, 'b'],
    ['nobody where no tag is there', [{ kind: 'tag', keys: ['owner'] }], {}, null],
    ['nobody by a tag in other case', [{ kind: 'tag', keys: ['owner'] }], { Owner: 'a' }, null],
    ['whose path it is', [{ kind: 'path', prefix: '/ci/', owner: 'ci team' }], {}, 'ci team'],
    ['not whose path begins alike', [{ kind: 'path', prefix: '/ci/d', owner: 'ci team' }], {}, null],
    ['whose account it is', [{ kind: 'account', account: '123456789012', owner: 'platform' }], {}, 'platform'],
    ['not whose other account', [{ kind: 'account', account: '999999999999', owner: 'platform' }], {}, null],
    ['whose pattern', [{ kind: 'pattern', pattern: 'arn:aws:iam::*:role/ci/*', owner: 'ci team' }], {}, 'ci team'],
    ['nobody by no rule', [], {}, null],
  ])('is %s', (_, rules, tags, owner) => {
    expect(ownerOf(rules, tags)).toBe(owner);
  });

  it('is whom the first rule names that knows one', () => {
    const rules: readonly OwnerRule[] = [
      { kind: 'tag', keys: ['owner'] },
      { kind: 'path', prefix: '/ci/', owner: 'ci team' },
      { kind: 'account', account: '123456789012', owner: 'platform' },
    ];
    expect(ownerOf(rules, { owner: 'payments' })).toBe('payments');
    expect(ownerOf(rules)).toBe('ci team');
  });

  it('is whose account it is by a name of the account', () => {
    const names = new Map([['123456789012', new Set(['acme-production', 'production'])]]);
    const ownerBy = (account: string) =>
      withOwners([finding()], [{ kind: 'account', account, owner: 'platform' }], NO_TAGS, names)[0]?.owner;
    expect(['production', 'acme-production', '123456789012', 'prod'].map(ownerBy)).toEqual([
      'platform',
      'platform',
      'platform',
      null,
    ]);
  });

  it('is not found by the path of what is not of IAM', () => {
    const bucket = finding({ subject: { arn: 'arn:aws:s3:::b/x', type: 'Resource', id: 'b', part: null } });
    expect(withOwners([bucket], [{ kind: 'path', prefix: '/', owner: 'a' }], NO_TAGS)[0]?.owner).toBeNull();
  });
});

it('knows the tags of users and roles', () => {
  const account = snapshot({
    users: [user('alice', { tags: { owner: 'a' } })],
    roles: [role('deploy', { tags: { owner: 'b' } })],
  });
  expect([...tagsOf(account).values()].map((tags) => tags.get('owner'))).toEqual(['a', 'b']);
});
