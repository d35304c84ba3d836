import { describe, expect, it } from 'vitest';
import { createPolicyInterner } from '../policy/policy-interner.ts';
import { assembleSnapshot } from './assemble-snapshot.ts';
import { usedBy } from './cloudtrail.ts';
import type { SnapshotDocuments } from './snapshot-documents.ts';
import { documents, roleDetail } from './testing/documents-builder.ts';

const APP = 'arn:aws:iam::123456789012:role/team/App';

const use = (service: string, action: string | undefined, lastUsed: string) => ({
  service,
  lastUsed,
  ...(action !== undefined && { action }),
});

const assemble = (
  uses: NonNullable<SnapshotDocuments['cloudTrail']>['principals'],
  lastAccessed?: SnapshotDocuments['lastAccessed'],
) => {
  const assembled = assembleSnapshot(
    documents({
      details: { RoleDetailList: [roleDetail('App', { Path: '/team/', Arn: APP })] },
      cloudTrail: { from: '2025-12-01T00:00:00Z', to: '2025-12-31T00:00:00Z', principals: uses },
      ...(lastAccessed && { lastAccessed }),
    }),
    createPolicyInterner(),
  );
  if (!assembled.ok) throw new Error(JSON.stringify(assembled.error));
  return assembled.value;
};

const servicesOf = (snapshot: ReturnType<typeof assemble>) =>
  snapshot.lastAccessed.known ? snapshot.lastAccessed.value.get(APP) : undefined;

describe('what CloudTrail shows', () => {
  it('counts as used where it is later than what IAM tells, or IAM does not tell of it', () => {
    const snapshot = assemble(
      {
        [APP]: [
          use('s3', 'CreateBucket', '2025-12-30T00:00:00Z'),
          use('s3', 'DeleteBucket', '2025-12-01T00:00:00Z'),
          use('s3', 'GetObject', '2025-12-31T00:00:00Z'),
          use('kms', undefined, '2025-12-02T00:00:00Z'),
        ],
      },
      {
        [APP]: [
          {
            ServiceNamespace: 's3',
            LastAuthenticated: '2025-12-05T00:00:00Z',
            TrackedActionsLastAccessed: [
              { ActionName: 'CreateBucket' },
              { ActionName: 'DeleteBucket', LastAccessedTime: '2025-12-05T00:00:00Z' },
            ],
          },
          { ServiceNamespace: 'sqs' },
        ],
      },
    );
    expect(servicesOf(snapshot)).toEqual([
      {
        service: 's3',
        lastAuthenticated: '2025-12-31T00:00:00Z',
        actions: [
          { action: 'CreateBucket', lastAccessed: '2025-12-30T00:00:00Z' },
          { action: 'DeleteBucket', lastAccessed: '2025-12-05T00:00:00Z' },
          { action: 'GetObject', lastAccessed: '2025-12-31T00:00:00Z' },
        ],
      },
      { service: 'sqs', lastAuthenticated: null, actions: [] },
      { service: 'kms', lastAuthenticated: '2025-12-02T00:00:00Z', actions: [] },
    ]);
  });

  it('counts for a role whose path the event did not tell, and for its last use', () => {
    const snapshot = assemble(
      { 'arn:aws:iam::123456789012:role/app': [use('s3', 'CreateBucket', '2025-12-30T00:00:00Z')] },
      { [APP]: [] },
    );
    expect(servicesOf(snapshot)?.map(({ service }) => service)).toEqual(['s3']);
    expect(snapshot.roles[0]?.lastUsed).toMatchObject({
      value: { date: '2025-12-30T00:00:00Z' },
      source: 'cloudtrail',
    });
    expect(snapshot.cloudTrail.known && usedBy(APP, snapshot.cloudTrail.value)).toHaveLength(1);
  });

  it('never makes known what IAM was not asked about: the rest may be used all the same', () => {
    const seen = { [APP]: [use('s3', 'CreateBucket', '2025-12-30T00:00:00Z')] };
    expect(assemble(seen).lastAccessed.known).toBe(false);
    expect(servicesOf(assemble(seen, {}))).toBeUndefined();
  });
});
