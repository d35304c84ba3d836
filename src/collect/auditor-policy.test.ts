import { describe, expect, it } from 'vitest';
import { loadServiceReference } from '../reference/service-reference.ts';
import { auditorPolicy } from './auditor-policy.ts';

describe('the policy of the auditor', () => {
  const actions = auditorPolicy().Statement.flatMap(({ Action }) => Action);

  it('allows reading and having reports made, and nothing else', () => {
    for (const statement of auditorPolicy().Statement) {
      expect(statement).toMatchObject({ Effect: 'Allow', Resource: '*' });
    }
    expect(actions.filter((action) => !/^[a-z0-9-]+:(Get|List|Describe|Lookup)[A-Za-z]+$/.test(action))).toEqual([
      'iam:GenerateCredentialReport',
      'iam:GenerateServiceLastAccessedDetails',
    ]);
  });

  it('lists its actions in order, each once', () => {
    for (const { Action } of auditorPolicy().Statement) expect(Action).toEqual([...new Set(Action)].sort());
  });

  it('names permissions that AWS has, also where the API is called otherwise', async () => {
    const reference = await loadServiceReference();
    expect(actions.filter((action) => reference.describeAction(action) === null)).toEqual([]);
    expect(actions).toContain('s3:ListAllMyBuckets');
  });

  it('lets nobody read what is kept in the resources', () => {
    const reads = /^(s3:GetObject|secretsmanager:GetSecretValue|dynamodb:(GetItem|Scan|Query)|sqs:Receive|kms:Decrypt)/;
    expect(actions.filter((action) => reads.test(action))).toEqual([]);
  });
});
