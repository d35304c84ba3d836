import { describe, expect, it } from 'vitest';
import { auditorPolicy } from './auditor-policy.ts';

describe('the policy of the auditor', () => {
  it('allows reading IAM and having reports made, and nothing else', () => {
    const [statement] = auditorPolicy().Statement;
    expect(statement).toMatchObject({ Effect: 'Allow', Resource: '*' });
    expect(statement?.Action.filter((action) => !/^iam:(Get|List)[A-Za-z]+$/.test(action))).toEqual([
      'iam:GenerateCredentialReport',
      'iam:GenerateServiceLastAccessedDetails',
    ]);
  });

  it('lists its actions in order, each once', () => {
    const actions = auditorPolicy().Statement.flatMap(({ Action }) => Action);
    expect(actions).toEqual([...new Set(actions)].sort());
  });
});
