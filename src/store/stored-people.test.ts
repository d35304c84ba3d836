import { expect, it } from 'vitest';
import { finding } from '../finding/testing/finding-builder.ts';
import { parseFinding, printFinding } from './stored-finding.ts';

it('keeps who is behind a role of IAM Identity Center', () => {
  const people = {
    permissionSet: 'Admin',
    unknown: 'identitystore:ListUsers was denied',
    users: ['Ann Example (ann)'],
    moreUsers: 3,
    groups: [
      { name: 'Operators', members: ['bob'], moreMembers: 1 },
      { name: 'Guards', members: null, moreMembers: 0 },
    ],
    moreGroups: 2,
  };
  const stored = finding({ people });
  const life = { state: stored.state, first_seen: stored.firstSeen, last_seen: stored.lastSeen };
  expect(parseFinding(printFinding(stored), life)).toEqual(stored);
});
