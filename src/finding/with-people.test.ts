import { describe, expect, it } from 'vitest';
import type { AccountSnapshot } from '../snapshot/account-snapshot.ts';
import type { IdentityCenter } from '../snapshot/identity-center.ts';
import { denied } from '../snapshot/testing/collected-builder.ts';
import { assigned, identityCenter, permissionSet } from '../snapshot/testing/identity-center-builder.ts';
import { snapshot } from '../snapshot/testing/snapshot-builder.ts';
import type { Finding } from './audit-report.ts';
import { peopleInWords } from './people.ts';
import { permissionSetOfRole } from './reserved-role.ts';
import { finding } from './testing/finding-builder.ts';
import { withPeople } from './with-people.ts';

const MANAGEMENT = '111111111111';
const MEMBER = '222222222222';
const IN_ORGANIZATION = { id: 'o-abcde12345', managementAccountId: MANAGEMENT, path: [] };

const roleOf = (name: string, account = MEMBER): string =>
  `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_${name}_0123456789abcdef`;

const about = (arn: string, accountId = MEMBER): Finding =>
  finding({ accountId, subject: { arn, type: 'Role', id: 'AROA1', part: null } });

const member = snapshot({ accountId: MEMBER, organization: IN_ORGANIZATION });
const management = (center: IdentityCenter): AccountSnapshot =>
  snapshot({ accountId: MANAGEMENT, organization: IN_ORGANIZATION, identityCenter: center });

const center = identityCenter({
  permissionSets: [
    permissionSet('Admin', {
      assignments: [
        assigned(MEMBER, 'USER', 'u-ann'),
        assigned(MEMBER, 'GROUP', 'g-ops'),
        assigned(MEMBER, 'USER', 'u-gone'),
        assigned(MANAGEMENT, 'USER', 'u-cy'),
      ],
    }),
    permissionSet('Audit', { assignments: [] }),
    permissionSet('Half', { assignments: [], unreadAccounts: [MEMBER] }),
  ],
  users: { 'u-ann': ['ann', 'Ann Example'], 'u-bob': ['bob'], 'u-cy': ['cy'] },
  groups: { 'g-ops': ['Operators', ['u-bob', 'u-ann']] },
});

const peopleOf = (arn: string, ...accounts: readonly AccountSnapshot[]) =>
  withPeople([about(arn)], accounts)[0]?.people;

describe('withPeople', () => {
  it('names users and groups with their members, as another account of the organization is told them', () => {
    const people = peopleOf(roleOf('Admin'), member, management(center));
    expect(people).toEqual({
      permissionSet: 'Admin',
      unknown: null,
      users: ['Ann Example (ann)', 'u-gone (deleted)'],
      moreUsers: 0,
      groups: [{ name: 'Operators', members: ['Ann Example (ann)', 'bob'], moreMembers: 0 }],
      moreGroups: 0,
    });
    expect(people && peopleInWords(people)).toBe(
      'Behind the role, by permission set `Admin`: `Ann Example (ann)`, `u-gone (deleted)`, group `Operators` (`Ann Example (ann)`, `bob`).',
    );
  });

  it('leaves findings about anything else as they are', () => {
    const other = about(`arn:aws:iam::${MEMBER}:role/AWSReservedSSO_Admin_0123456789abcdef`);
    expect(withPeople([other], [member, management(center)])).toEqual([other]);
  });

  it('says that nobody is assigned it where that is known', () => {
    const people = peopleOf(roleOf('Audit'), member, management(center));
    expect(people).toMatchObject({ unknown: null, users: [], groups: [] });
    expect(people && peopleInWords(people)).toBe('Nobody is assigned the permission set `Audit` in this account.');
  });

  it.each<readonly [string, string, readonly AccountSnapshot[], string]>([
    ['no account is told', 'Admin', [member], 'no account of this audit is told that; audit the management account'],
    [
      'an account of another organization is told',
      'Admin',
      [member, { ...management(center), organization: snapshot().organization }],
      'no account of its organization is told that',
    ],
    ['there is no such permission set', 'Gone', [member, management(center)], 'has no permission set of that name'],
    ['its assignments were not read', 'Half', [member, management(center)], 'its assignments in this account'],
    [
      'reading was denied',
      'Admin',
      [member, { ...management(center), identityCenter: denied('sso:ListInstances', 'identity-center') }],
      'in account 111111111111 sso:ListInstances was denied',
    ],
    [
      'the list of permission sets was denied',
      'Admin',
      [member, management({ ...center, permissionSets: denied('sso:ListPermissionSets', 'identity-center') })],
      'sso:ListPermissionSets was denied',
    ],
  ])('says why nobody knows: %s', (_, name, accounts, reason) => {
    const people = peopleOf(roleOf(name), ...accounts);
    expect(people).toMatchObject({ permissionSet: name, users: [], groups: [] });
    expect(people?.unknown).toContain(reason);
    expect(people && peopleInWords(people)).toMatch(/^Who is assigned the permission set `\w+` is not known: .*\.$/);
  });

  it('tells ids where the names could not be read, and that they could not', () => {
    const users = denied('identitystore:ListUsers', 'identity-center');
    const people = peopleOf(roleOf('Admin'), member, management({ ...center, users }));
    expect(people).toMatchObject({ users: ['u-ann', 'u-gone'], unknown: 'identitystore:ListUsers was denied' });
    expect(people && peopleInWords(people)).toContain('is not wholly known: identitystore:ListUsers was denied.');
  });

  it('names twenty, and says how many more there are', () => {
    const ids = Array.from({ length: 90 }, (_, index) => `u-${String(index).padStart(2, '0')}`);
    const many = identityCenter({
      permissionSets: [
        permissionSet('Admin', {
          assignments: [...ids.map((id) => assigned(MEMBER, 'USER', id)), assigned(MEMBER, 'GROUP', 'g-all')],
        }),
      ],
      users: Object.fromEntries(ids.map((id) => [id, [`name-${id}`] as const])),
      groups: { 'g-all': ['All', ids] },
    });
    const people = peopleOf(roleOf('Admin'), member, management(many));
    expect(people).toMatchObject({ moreUsers: 70, groups: [{ name: 'All', moreMembers: 70 }] });
    expect(people?.users).toHaveLength(20);
    expect(people && peopleInWords(people)).toContain('and 80 more users, group `All` (');
    expect(people && peopleInWords(people)).toMatch(/and 80 more\)\.$/);
  });

  it('keeps a hostile name inside its backticks', () => {
    const hostile = identityCenter({
      permissionSets: [permissionSet('Admin', { assignments: [assigned(MEMBER, 'USER', 'u')] })],
      users: { u: ['eve`, and nobody else. `<img src=x>\nSubject: x'] },
    });
    const people = peopleOf(roleOf('Admin'), member, management(hostile));
    expect(people && peopleInWords(people).match(/`/g)).toHaveLength(4);
    expect(people && peopleInWords(people)).not.toContain('\n');
  });
});

describe('permissionSetOfRole', () => {
  it.each([
    [roleOf('Admin'), 'Admin'],
    [roleOf('Read_Only_Access'), 'Read_Only_Access'],
    ['arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0123456789abcdef', 'Ops'],
    ['arn:aws:iam::222222222222:role/AWSReservedSSO_Ops_0123456789abcdef', null],
    ['arn:aws:iam::222222222222:user/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0123456789abcdef', null],
    ['arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com/Ops', null],
  ])('%s', (arn, name) => {
    expect(permissionSetOfRole(arn)).toBe(name);
  });
});
