import { describe, expect, it } from 'vitest';
import { populationsOf } from '../finding/population.ts';
import { snapshot, user } from '../snapshot/testing/snapshot-builder.ts';
import { populationsView } from './populations-view.ts';
import { exampleReport } from './testing/example-report.ts';

const viewOf = (counts: Readonly<Record<string, number>>) =>
  populationsView({
    ...exampleReport,
    populations: populationsOf(snapshot({ users: [user('alice')], accountSummary: new Map(Object.entries(counts)) })),
  });

describe('what was read beside the account summary', () => {
  it('is one sentence where nothing differs, with what could not be compared', () => {
    expect(viewOf({ Users: 1, Groups: 0 })).toEqual({
      sentence:
        'The audit read as many users, groups, roles, policies and other things as IAM’s account summary counts. 7 more could not be compared. The table populations.csv has all.',
      differences: [],
    });
  });

  it('tells each difference and why', () => {
    expect(viewOf({ Users: 3, Groups: 0 })?.differences).toEqual([
      'users: 3 by the summary, 1 read. Both were read at the same time, and nothing that was read shows why.',
    ]);
  });

  it('is nothing where no account summary was read', () => {
    expect(viewOf({})).toBe(null);
    expect(populationsView(exampleReport)).toBe(null);
  });
});
