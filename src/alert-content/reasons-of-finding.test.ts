import { expect, it } from 'vitest';
import { finding } from '../finding/testing/finding-builder.ts';
import { reasonsOfFinding } from './reasons-of-finding.ts';

it('says first who is behind a role of IAM Identity Center', () => {
  const people = {
    permissionSet: 'Admin',
    unknown: null,
    users: ['Ann Example (ann)'],
    moreUsers: 0,
    groups: [],
    moreGroups: 0,
  };
  const evidence = { grantedBy: [{ policy: 'arn:aws:iam::aws:policy/AdministratorAccess', statement: 0 }] };
  expect(reasonsOfFinding(finding({ people, evidence }))).toEqual([
    'Behind the role, by permission set `Admin`: `Ann Example (ann)`.',
    'statement 1 of `arn:aws:iam::aws:policy/AdministratorAccess`',
  ]);
});
