import { gap } from '../../../snapshot/testing/collected-builder.ts';
import { group, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { groupWithoutMembers } from './group-without-members.ts';

const developers = group('developers', { createDate: '2025-12-02T00:00:00Z' });

describeCheck(groupWithoutMembers, '2026-01-01T00:00:00Z', {
  fail: [
    ['made 30 days ago, and nobody is in it', snapshot({ groups: [developers] }), { ageDays: 30 }],
    [
      'somebody is in another group',
      snapshot({ groups: [developers], users: [user('alice', { groups: ['others'] })] }),
    ],
  ],
  pass: [
    ['somebody is in it', snapshot({ groups: [developers], users: [user('alice', { groups: ['developers'] })] })],
    ['made 29 days ago', snapshot({ groups: [group('developers', { createDate: '2025-12-03T00:00:00Z' })] })],
  ],
  unknown: [
    [
      'the list of users was cut short',
      snapshot({ groups: [developers], users: [user('alice')], missingParts: new Map([['users', gap()]]) }),
    ],
  ],
});
