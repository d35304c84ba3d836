import {
  GetContextKeysForCustomPolicyCommand,
  GetContextKeysForPrincipalPolicyCommand,
  SimulateCustomPolicyCommand,
  type SimulateCustomPolicyCommandInput,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { runningAccount } from './running-account.ts';

// Expected answers are AWS's: its examples in the AWS CLI Reference, and answers of IAM that others recorded in public.

const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const READ = policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });
const A = 'arn:aws:s3:::stack-simulation/a';
const B = 'arn:aws:s3:::stack-simulation/b';

const simulated = async (input: Partial<SimulateCustomPolicyCommandInput>) => {
  const { iam } = await runningAccount('{}');
  return iam.send(
    new SimulateCustomPolicyCommand({ PolicyInputList: [READ], ActionNames: ['s3:GetObject'], ...input }),
  );
};

const matched = (SourcePolicyId: string, from: number, to: number, SourcePolicyType = 'IAM Policy') => ({
  SourcePolicyId,
  SourcePolicyType,
  StartPosition: { Line: 1, Column: from },
  EndPosition: { Line: 1, Column: to },
});

describe('SimulateCustomPolicy', () => {
  it('answers the example of the AWS CLI Reference, with the place of the statement', async () => {
    const dated =
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}';
    const at = (time: string) =>
      simulated({
        PolicyInputList: [dated],
        ActionNames: ['dynamodb:CreateBackup'],
        ContextEntries: [{ ContextKeyName: 'aws:CurrentTime', ContextKeyValues: [time], ContextKeyType: 'date' }],
      });
    expect((await at('2019-04-25T11:00:00Z')).EvaluationResults).toEqual([
      {
        EvalActionName: 'dynamodb:CreateBackup',
        EvalResourceName: '*',
        EvalDecision: 'allowed',
        MatchedStatements: [matched('PolicyInputList.1', 38, 167)],
        MissingContextValues: [],
      },
    ]);
    expect((await at('2014-04-25T11:00:00Z')).EvaluationResults).toEqual([
      {
        EvalActionName: 'dynamodb:CreateBackup',
        EvalResourceName: '*',
        EvalDecision: 'implicitDeny',
        MatchedStatements: [],
        MissingContextValues: [],
      },
    ]);
  });

  it('tells of one resource under its name', async () => {
    const { EvaluationResults, IsTruncated } = await simulated({ ResourceArns: [A] });
    expect(EvaluationResults).toEqual([
      {
        EvalActionName: 's3:GetObject',
        EvalResourceName: A,
        EvalDecision: 'allowed',
        MatchedStatements: [matched('PolicyInputList.1', 38, 95)],
        MissingContextValues: [],
        EvalDecisionDetails: {},
        ResourceSpecificResults: [
          {
            EvalResourceName: A,
            EvalResourceDecision: 'allowed',
            MatchedStatements: [matched('PolicyInputList.1', 38, 95)],
          },
        ],
      },
    ]);
    expect(IsTruncated).toBe(false);
  });

  it('denies of several resources together what it denies of one', async () => {
    const { EvaluationResults } = await simulated({
      PolicyInputList: [policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: A })],
      ResourceArns: [A, B],
    });
    expect(EvaluationResults).toMatchObject([
      {
        EvalDecision: 'implicitDeny',
        ResourceSpecificResults: [
          { EvalResourceName: A, EvalResourceDecision: 'allowed' },
          { EvalResourceName: B, EvalResourceDecision: 'implicitDeny' },
        ],
      },
    ]);
    expect(EvaluationResults?.[0]?.MatchedStatements).toHaveLength(1);
    expect(EvaluationResults?.[0]?.ResourceSpecificResults?.[1]).not.toHaveProperty('MatchedStatements');
  });

  it('tells only the statements that deny where some do, over many lines', async () => {
    const document = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "s3:*", "Resource": "*" },
    { "Effect": "Deny", "Action": "s3:GetObject", "Resource": "*" }
  ]
}`;
    const { EvaluationResults } = await simulated({ PolicyInputList: [READ, document] });
    expect(EvaluationResults?.[0]).toMatchObject({
      EvalDecision: 'explicitDeny',
      MatchedStatements: [
        {
          SourcePolicyId: 'PolicyInputList.2',
          StartPosition: { Line: 4, Column: 61 },
          EndPosition: { Line: 5, Column: 68 },
        },
      ],
    });
  });

  it('tells the context keys that are missing, under whichever resource they are', async () => {
    const tagged = policy({
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::stack-simulation/${aws:PrincipalTag/team}',
      Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } },
    });
    const everywhere = await simulated({ PolicyInputList: [tagged] });
    expect(everywhere.EvaluationResults?.[0]?.EvalDecision).toBe('implicitDeny');
    const { EvaluationResults } = await simulated({ PolicyInputList: [tagged], ResourceArns: [A] });
    expect(EvaluationResults?.[0]?.MissingContextValues).toEqual([]);
    expect(EvaluationResults?.[0]?.ResourceSpecificResults?.[0]?.MissingContextValues).toEqual([
      'aws:SourceVpc',
      'aws:PrincipalTag/team',
    ]);
    const unrelated = await simulated({ PolicyInputList: [tagged], ActionNames: ['ec2:StopInstances'] });
    expect(unrelated.EvaluationResults?.[0]?.MissingContextValues).toEqual([]);
  });

  it('tells whether the boundary and the organization allow', async () => {
    const everything = policy({ Effect: 'Allow', Action: '*', Resource: '*' });
    const nothing = policy({ Effect: 'Deny', Action: '*', Resource: '*' });
    const within = await simulated({ PermissionsBoundaryPolicyInputList: [everything], ResourceArns: [A] });
    expect(within.EvaluationResults?.[0]).toMatchObject({
      EvalDecision: 'allowed',
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true },
      ResourceSpecificResults: [{ PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true } }],
    });
    const outside = await simulated({
      PermissionsBoundaryPolicyInputList: [policy({ Effect: 'Allow', Action: 'ec2:*', Resource: '*' })],
    });
    expect(outside.EvaluationResults?.[0]).toMatchObject({
      EvalDecision: 'implicitDeny',
      MatchedStatements: [],
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
    });
    const organization = (...levels: string[]) =>
      simulated({
        OrderedOrganizationPolicyInputList: levels.map((level) => ({ ServiceControlPolicyInputList: [level] })),
        ResourceArns: [A],
      });
    const allowed = (await organization(everything, everything)).EvaluationResults?.[0];
    expect(allowed).toMatchObject({
      EvalDecision: 'allowed',
      OrganizationsDecisionDetail: { AllowedByOrganizations: true },
    });
    const barred = (await organization(everything, nothing)).EvaluationResults?.[0];
    expect(barred).toMatchObject({
      EvalDecision: 'explicitDeny',
      MatchedStatements: [],
      OrganizationsDecisionDetail: { AllowedByOrganizations: false },
    });
    expect(barred).not.toHaveProperty('EvalDecisionDetails');
  });

  it('asks the policy of the resource, and both sides across accounts', async () => {
    const ask = (CallerArn: string, PolicyInputList: string[]) =>
      simulated({
        PolicyInputList,
        CallerArn,
        ResourcePolicy: policy({ Effect: 'Allow', Principal: { AWS: CallerArn }, Action: 's3:*', Resource: A }),
        ResourceOwner: 'arn:aws:iam::111122223333:root',
        ResourceArns: [A],
      });
    const own = await ask('arn:aws:iam::111122223333:user/alice', []);
    expect(own.EvaluationResults?.[0]).toMatchObject({
      EvalDecision: 'allowed',
      EvalDecisionDetails: {},
      MatchedStatements: [{ SourcePolicyId: 'ResourcePolicy', SourcePolicyType: 'Resource Policy' }],
    });
    const other = await ask('arn:aws:iam::444455556666:user/alice', []);
    expect(other.EvaluationResults?.[0]).toMatchObject({
      EvalDecision: 'implicitDeny',
      EvalDecisionDetails: { 'IAM Policy': 'implicitDeny', 'Resource Policy': 'allowed' },
    });
    const both = await ask('arn:aws:iam::444455556666:user/alice', [READ]);
    expect(both.EvaluationResults?.[0]?.EvalDecision).toBe('allowed');
  });

  it('comes page by page, an action each', async () => {
    const { iam } = await runningAccount('{}');
    const ActionNames = ['s3:GetObject', 's3:PutObject', 's3:GetObject'];
    const names: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const input = { PolicyInputList: [READ], ActionNames, MaxItems: 2, ...(Marker === undefined ? {} : { Marker }) };
      const answer = await iam.send(new SimulateCustomPolicyCommand(input));
      names.push(...(answer.EvaluationResults ?? []).map(({ EvalActionName }) => EvalActionName));
      Marker = answer.Marker;
    } while (Marker !== undefined);
    expect(names).toEqual(ActionNames);
  });

  const entry = (values: string[], type?: string, name: string | undefined = 'stack:key') => ({
    ContextEntries: [{ ContextKeyName: name, ContextKeyType: type, ContextKeyValues: values }] as never,
  });

  it.each([
    [{ ResourcePolicy: READ, ResourceArns: [A] }, 'Invalid caller - Caller cannot be null or empty.'],
    [
      { CallerArn: 'arn:aws:sts::123456789012:assumed-role/r/s' },
      'Invalid caller - Caller must be an IAM user, role or group in this context.',
    ],
    [
      { ResourcePolicy: READ, CallerArn: 'arn:aws:iam::123456789012:user/u' },
      'Invalid Entity Arn: * does not clearly define entity type and name.',
    ],
    [{ ResourceArns: ['*', A] }, 'ResourceNames are not in a valid ARN format: *.'],
    [{ ResourceArns: ['bucket'] }, 'ResourceNames are not in a valid ARN format: bucket.'],
    [{ ResourceOwner: '123456789012' }, 'Invalid Resource Owner.'],
    [{ ActionNames: ['GetObject'] }, 'The action is invalid since it is missing names'],
    [entry(['yes']), 'Context key stack:key has invalid type null.'],
    [entry([], 'string'), 'Context values for context key stack:key cannot be null or empty.'],
    [entry(['0x10'], 'numeric'), 'Invalid context value for key stack:key: expected numeric format.'],
  ])('refuses %j', async (input, message) => {
    await expect(simulated(input)).rejects.toMatchObject({ name: 'InvalidInputException', message });
  });

  it('refuses a policy that it cannot read', async () => {
    for (const document of ['{', '{"Statement":[{"Effect":"Allow"}]}', '[]']) {
      await expect(simulated({ PolicyInputList: [document] })).rejects.toMatchObject({
        name: 'InvalidInputException',
      });
    }
  });
});

describe('SimulatePrincipalPolicy', () => {
  const account = `
policies:
  - policyName: managed
    document: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:DeleteObject", Resource: "*" }] }
  - policyName: bound
    document: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: ["s3:GetObject", "s3:PutObject"], Resource: "*" }] }
groups:
  - groupName: team
    inlinePolicies:
      - { policyName: GroupInline, document: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:PutObject", Resource: "${B}" }] } }
users:
  - userName: alice
    path: /simulation/
    groups: [team]
    attachedPolicies: [managed]
    inlinePolicies:
      - { policyName: UserInline, document: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:GetObject", Resource: "${A}" }] } }
  - { userName: bob, groups: [team], attachedPolicies: [managed], permissionsBoundary: bound }
`;

  const asked = async (name: string, more: object = {}) => {
    const { iam } = await runningAccount(account);
    const { EvaluationResults = [] } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: `arn:aws:iam::123456789012:${name}`,
        ActionNames: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
        ResourceArns: [A, B],
        ...more,
      }),
    );
    return EvaluationResults.map(({ MatchedStatements = [], ResourceSpecificResults = [] }) => [
      ...ResourceSpecificResults.map(({ EvalResourceDecision }) => EvalResourceDecision),
      ...MatchedStatements.map(({ SourcePolicyId }) => SourcePolicyId),
    ]);
  };

  it('asks the policies of a user and its groups, under the names that AWS gives them, whatever its path', async () => {
    const expected = [
      ['allowed', 'implicitDeny', 'user_alice_UserInline'],
      ['implicitDeny', 'allowed', 'group_team_GroupInline'],
      ['allowed', 'allowed', 'managed'],
    ];
    expect(await asked('user/simulation/alice')).toEqual(expected);
    expect(await asked('user/wrong-path/alice')).toEqual(expected);
  });

  it('asks those of a group alone', async () => {
    expect(await asked('group/team')).toEqual([
      ['implicitDeny', 'implicitDeny'],
      ['implicitDeny', 'allowed', 'group_team_GroupInline'],
      ['implicitDeny', 'implicitDeny'],
    ]);
  });

  it('asks the boundary, unless another is given or it is excluded', async () => {
    const DENIED = ['implicitDeny', 'implicitDeny'];
    const ALLOWED = ['allowed', 'allowed', 'managed'];
    expect((await asked('user/bob'))[2]).toEqual(DENIED);
    const another = { PermissionsBoundaryPolicyInputList: [policy({ Effect: 'Allow', Action: '*', Resource: '*' })] };
    expect((await asked('user/bob', another))[2]).toEqual(ALLOWED);
    const byType = { PolicyExclusionList: [{ PolicyType: 'permission-boundary' }] };
    expect((await asked('user/bob', byType))[2]).toEqual(ALLOWED);
    const byArn = { PolicyExclusionList: [{ PolicyArn: 'arn:aws:iam::123456789012:policy/bound' }] };
    expect((await asked('user/bob', byArn))[2]).toEqual(DENIED);
  });

  it('leaves out the policies that are excluded', async () => {
    const without = async (exclusion: object) =>
      (await asked('user/simulation/alice', { PolicyExclusionList: [exclusion] })).map((row) => row.slice(2));
    expect(await without({ PolicyType: 'inline' })).toEqual([[], [], ['managed']]);
    expect(await without({ PolicyType: 'user-managed' })).toEqual([
      ['user_alice_UserInline'],
      ['group_team_GroupInline'],
      [],
    ]);
    expect(await without({ PolicyArn: 'arn:aws:iam::123456789012:policy/man*' })).toEqual([
      ['user_alice_UserInline'],
      ['group_team_GroupInline'],
      [],
    ]);
    const ofTeam = { PolicyName: 'GroupInline', AttachmentType: 'group', AttachmentName: 't?am' };
    expect(await without({ InlinePolicyIdentifier: ofTeam })).toEqual([['user_alice_UserInline'], [], ['managed']]);
  });

  it('gives the caller’s name to policies', async () => {
    const { iam } = await runningAccount(account);
    const named = policy({
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: '*',
      Condition: { StringEquals: { 'aws:username': 'alice' } },
    });
    const ask = async (name: string) =>
      iam.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: `arn:aws:iam::123456789012:user/${name}`,
          ActionNames: ['s3:ListBucket'],
          PolicyInputList: [named],
        }),
      );
    expect((await ask('alice')).EvaluationResults?.[0]?.EvalDecision).toBe('allowed');
    expect((await ask('bob')).EvaluationResults?.[0]?.EvalDecision).toBe('implicitDeny');
  });

  it.each([
    ['arn:aws:iam::123456789012:user/nobody', 'NoSuchEntityException', 'Unable to retrieve specified IAM entity.'],
    [
      'arn:aws:sts::123456789012:assumed-role/r/session',
      'InvalidInputException',
      'Invalid Entity Arn: arn:aws:sts::123456789012:assumed-role/r/session does not clearly define entity type and name.',
    ],
    [
      'arn:aws:iam::210987654321:user/alice',
      'InvalidInputException',
      "Invalid Policy Source Arn: caller's account 123456789012 does not have access to policies in account 210987654321",
    ],
  ])('refuses %s', async (PolicySourceArn, name, message) => {
    const { iam } = await runningAccount(account);
    const command = new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: ['s3:GetObject'] });
    await expect(iam.send(command)).rejects.toMatchObject({ name, message });
  });

  it('tells which context keys the policies of a principal look at, its boundary’s too', async () => {
    const looking = (key: string) =>
      `{ Version: "2012-10-17", Statement: { Effect: Allow, Action: "*", Resource: "*", Condition: { "Null": { "aws:PrincipalTag/${key}": "true" } } } }`;
    const { iam } = await runningAccount(`
policies: [{ policyName: m, document: ${looking('Managed')} }, { policyName: b, document: ${looking('Boundary')} }]
groups: [{ groupName: g, attachedPolicies: [m], inlinePolicies: [{ policyName: i, document: ${looking('Group')} }] }]
users: [{ userName: u, groups: [g], attachedPolicies: [m], permissionsBoundary: b, inlinePolicies: [{ policyName: i, document: ${looking('User')} }] }]
`);
    const keysOf = async (name: string) =>
      (
        await iam.send(
          new GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn: `arn:aws:iam::123456789012:${name}` }),
        )
      ).ContextKeyNames?.toSorted();
    expect(await keysOf('user/u')).toEqual([
      'aws:PrincipalTag/Boundary',
      'aws:PrincipalTag/Group',
      'aws:PrincipalTag/Managed',
      'aws:PrincipalTag/User',
    ]);
    expect(await keysOf('group/g')).toEqual(['aws:PrincipalTag/Group', 'aws:PrincipalTag/Managed']);
  });
});

describe('GetContextKeysForCustomPolicy', () => {
  const keys = async (...documents: object[]) => {
    const { iam } = await runningAccount('{}');
    const PolicyInputList = documents.map((document) => JSON.stringify(document));
    const { ContextKeyNames } = await iam.send(new GetContextKeysForCustomPolicyCommand({ PolicyInputList }));
    return ContextKeyNames?.toSorted();
  };
  const Version = '2012-10-17';
  const username = { StringEquals: { 'aws:username': 'a' } };

  it('tells the keys of conditions and the variables, as they are written', async () => {
    const Statement = {
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: "arn:aws:s3:::bucket/${aws:PrincipalTag/Team}/${aws:username, 'default'}/${*}",
      Condition: {
        StringEquals: { 's3:ExistingObjectTag/Owner': '${aws:PrincipalTag/Team}', 'AWS:username': 'a' },
        Null: { 'AWS:SourceIp': 'false' },
      },
    };
    const found = ['*', 'AWS:SourceIp', 'AWS:username', 'aws:PrincipalTag/Team', 'aws:username'];
    expect(await keys({ Version, Statement })).toEqual([...found, 's3:ExistingObjectTag/Owner']);
    // Before 2012 there were no variables.
    expect(await keys({ Version: '2008-10-17', Statement: { ...Statement, Condition: {} } })).toEqual([]);
  });

  it('tells a key once a document', async () => {
    const Statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: username };
    expect(await keys({ Statement: [Statement, Statement] }, { Statement })).toEqual(['aws:username', 'aws:username']);
  });

  it('does not mind what a statement lacks but its effect', async () => {
    expect(await keys({ Version, Statement: { Effect: 'Allow', Resource: 'bad', Condition: username } })).toEqual([
      'aws:username',
    ]);
    expect(await keys({ Version })).toEqual([]);
  });

  it.each([
    [{ Version, Statement: { Action: '*', Resource: '*', Condition: username } }],
    [{ Version, Statement: { Effect: 'Allow', Action: '*', Condition: { MadeUp: { 'aws:username': 'a' } } } }],
    [{ Version, Statement: [], Foo: 'x' }],
  ])('refuses %j', async (document) => {
    await expect(keys(document)).rejects.toMatchObject({ name: 'InvalidInputException' });
  });
});
