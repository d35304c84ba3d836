import { describe, expect, it } from 'vitest';
import { principalKey } from './cloudtrail.ts';
import { lastUseOf } from './last-use.ts';
import { at } from './testing/collected-builder.ts';
import { snapshot } from './testing/snapshot-builder.ts';

const APP = 'arn:aws:iam::123456789012:role/app';
const EARLY = at('2025-12-01T00:00:00Z');
const LATE = at('2025-12-31T00:00:00Z');
const use = (action: string | null, lastUsed = EARLY) => ({
  service: 'sqs',
  action,
  lastUsed,
  resources: [],
  moreResources: false,
});
const cloudTrail = {
  from: EARLY,
  to: LATE,
  principals: new Map([[principalKey(APP), [use('SendMessage'), use('SendMessage', LATE), use(null)]]]),
};

describe('the last use of a principal', () => {
  it('is what IAM tells, where it was asked', () => {
    const told = [{ service: 's3', lastAuthenticated: EARLY, actions: [] }];
    expect(lastUseOf(APP, snapshot({ lastAccessed: new Map([[APP, told]]), cloudTrail }))).toEqual(told);
  });

  it('is what CloudTrail shows, where IAM was not asked', () => {
    expect(lastUseOf(APP, snapshot({ cloudTrail }))).toEqual([
      { service: 'sqs', lastAuthenticated: LATE, actions: [{ action: 'SendMessage', lastAccessed: LATE }] },
    ]);
    expect(lastUseOf(`${APP}2`, snapshot({ cloudTrail }))).toEqual([]);
  });

  it('is not known without either', () => {
    expect(lastUseOf(APP, snapshot({}))).toEqual([]);
  });
});
