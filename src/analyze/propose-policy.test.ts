import { beforeAll, describe, expect, it } from 'vitest';
import { createAccountAccess } from '../access/account-access.ts';
import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../kernel/json.ts';
import { loadServiceReference, type ServiceReference } from '../reference/service-reference.ts';
import type { AccountSnapshot, Role, User } from '../snapshot/account-snapshot.ts';
import type { ServiceLastAccessed } from '../snapshot/last-accessed.ts';
import { at, denied } from '../snapshot/testing/collected-builder.ts';
import { allow } from '../snapshot/testing/policy-builder.ts';
import {
  group,
  managedPolicy,
  role,
  type SnapshotParts,
  snapshot,
  user,
} from '../snapshot/testing/snapshot-builder.ts';
import { type PolicyProposal, type ProposalContext, proposePolicy } from './propose-policy.ts';

const NOW = '2026-01-01T00:00:00Z';
const YESTERDAY = '2025-12-31T00:00:00Z';
const APP = 'arn:aws:iam::123456789012:role/app';

/** When a service and its actions were last used; true: yesterday. */
type Uses = Readonly<Record<string, boolean | Readonly<Record<string, boolean>>>>;

const lastAccessed = (uses: Uses): readonly ServiceLastAccessed[] =>
  Object.entries(uses).map(([service, use]) => {
    const actions = typeof use === 'boolean' ? [] : Object.entries(use);
    const isUsed = use === true || actions.some(([, used]) => used);
    return {
      service,
      lastAuthenticated: isUsed ? at(YESTERDAY) : null,
      actions: actions.map(([action, used]) => ({ action, lastAccessed: used ? at(YESTERDAY) : null })),
    };
  });

const NOTHING_KEPT: unknown = expect.stringContaining('there is nothing to keep');
const UNKNOWN: unknown = expect.stringContaining('is not known');

let reference: ServiceReference;
beforeAll(async () => {
  reference = await loadServiceReference();
});

const propose = (account: AccountSnapshot, principal: User | Role, options: Partial<ProposalContext> = {}) => {
  const access = createAccountAccess(account, reference, at(NOW));
  return proposePolicy(principal, {
    snapshot: account,
    access,
    reference,
    now: at(NOW),
    unusedDays: 90,
    keep: [],
    ...options,
  });
};

/** The proposal for a role with inline policies, whose verification must be clean. */
const forRole = (
  inlinePolicies: Readonly<Record<string, unknown>>,
  uses: Uses,
  { keep = [], ...account }: SnapshotParts & { readonly keep?: readonly string[] } = {},
): PolicyProposal => {
  const app = role('app', { inlinePolicies });
  const whole = snapshot({ roles: [app], lastAccessed: new Map([[APP, lastAccessed(uses)]]), ...account });
  const proposal = propose(whole, app, { keep });
  if (!proposal.ok) throw new Error(proposal.error);
  expect(proposal.value.verification).toEqual({ lost: [], left: [] });
  return proposal.value;
};

const statementsIn = ({ Statement }: JsonObject): readonly JsonValue[] => (isJsonList(Statement) ? Statement : []);

/** The actions that the first statement of a document names. */
const firstActions = (document: JsonObject): readonly string[] => {
  const [first] = statementsIn(document);
  const actions = isJsonObject(first) ? first['Action'] : undefined;
  return isJsonList(actions) ? actions.filter((action) => typeof action === 'string') : [];
};

const statement = (Action: readonly string[], more: Readonly<Record<string, unknown>> = { Resource: ['*'] }) => ({
  Effect: 'Allow',
  Action,
  ...more,
});

describe('the proposed policy', () => {
  it('leaves out the services that were not used, and keeps resources and conditions', () => {
    const Condition = { Bool: { 'aws:SecureTransport': 'true' } };
    const app = {
      Version: '2012-10-17',
      Statement: [
        { Sid: 'Data', Effect: 'Allow', Action: ['s3:GetObject', 'sqs:*'], Resource: 'arn:aws:s3:::b/*', Condition },
        { Effect: 'Allow', Action: 'sns:Publish', Resource: '*' },
      ],
    };
    const { document, changes, removed } = forRole({ app }, { s3: true, sqs: false, sns: false });
    expect(document).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Data',
          ...statement(['s3:GetObject'], {
            Resource: ['arn:aws:s3:::b/*'],
            Condition: { Bool: { 'aws:SecureTransport': ['true'] } },
          }),
        },
      ],
    });
    expect(changes).toEqual([
      {
        policy: `${APP}#inline/app`,
        pointer: '/Statement/0',
        before: { kind: 'action', patterns: ['s3:GetObject', 'sqs:*'] },
        after: ['s3:GetObject'],
      },
      {
        policy: `${APP}#inline/app`,
        pointer: '/Statement/1',
        before: { kind: 'action', patterns: ['sns:Publish'] },
        after: [],
      },
    ]);
    expect(removed).toContain('sns:Publish');
    expect(removed).toContain('sqs:SendMessage');
    expect(removed).not.toContain('s3:GetObject');
  });

  it('leaves out the unused ones among the actions whose use IAM tells, and keeps all others of the service', () => {
    const { document, removed } = forRole(
      { app: allow(['sqs:ListQueues', 'sqs:DeleteQueue', 'sqs:SendMessage']) },
      { sqs: { ListQueues: true, DeleteQueue: false } },
    );
    expect(document['Statement']).toEqual([statement(['sqs:ListQueues', 'sqs:SendMessage'])]);
    expect(removed).toEqual(['sqs:DeleteQueue']);
  });

  it('writes a pattern that is used in part as what stays, by verbs where all of a verb stays', () => {
    const { document, removed } = forRole(
      { app: allow('secretsmanager:*') },
      { secretsmanager: { ListSecrets: true, DeleteSecret: false, DeleteResourcePolicy: false } },
    );
    const Action = firstActions(document);
    expect(Action).toContain('secretsmanager:Get*');
    expect(Action).not.toContain('secretsmanager:*');
    expect(Action.some((pattern) => pattern.includes('Delete'))).toBe(false);
    expect([...removed].sort()).toEqual(['secretsmanager:DeleteResourcePolicy', 'secretsmanager:DeleteSecret']);
  });

  it('writes no pattern that matches an unused action in another case', () => {
    // API Gateway has `DELETE`, and `DeleteIntegration` and its like beside it.
    const { document, removed } = forRole({ app: allow('apigateway:*') }, { apigateway: { GET: true, DELETE: false } });
    expect(removed).toEqual(['apigateway:DELETE']);
    expect(firstActions(document)).not.toContain('apigateway:Delete*');
  });

  it('keeps iam:PassRole though nothing else of IAM was used', () => {
    const { document } = forRole({ app: allow(['s3:*', 'iam:*']) }, { s3: true, iam: false });
    expect(document['Statement']).toEqual([statement(['s3:*', 'iam:PassRole'])]);
  });

  it('keeps services of which IAM does not tell', () => {
    const { document, changes } = forRole({ app: allow(['s3:*', 'sqs:*']) }, { s3: true });
    expect(document['Statement']).toEqual([statement(['s3:*', 'sqs:*'])]);
    expect(changes).toEqual([]);
  });

  it('keeps what the keep list names, whatever its case', () => {
    const { document } = forRole(
      { app: allow(['s3:*', 'dynamodb:*']) },
      { s3: true, dynamodb: false },
      { keep: ['DynamoDB:restoretablefrom*'] },
    );
    expect(document['Statement']).toEqual([
      statement(['s3:*', 'dynamodb:RestoreTableFromAwsBackup', 'dynamodb:RestoreTableFromBackup']),
    ]);
  });

  it('turns everything into the services that stay', () => {
    const { document, removed } = forRole(
      { app: allow('*') },
      { s3: true, ec2: false, sqs: { ListQueues: true, DeleteQueue: false } },
    );
    const Action = firstActions(document);
    expect(Action).toContain('s3:*');
    expect(Action).toContain('sqs:List*');
    expect(Action).not.toContain('sqs:Delete*');
    expect(Action.filter((pattern) => /^ec2:|^\*/.test(pattern))).toEqual([]);
    expect(removed).toContain('ec2:RunInstances');
  });

  it('turns an Allow with NotAction into a list, and leaves a Deny as it is', () => {
    const app = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
        { Effect: 'Deny', NotAction: ['s3:*', 'sqs:*', 'ec2:*'], Resource: '*' },
      ],
    };
    const { document } = forRole({ app }, { s3: true, sqs: false, ec2: false });
    const Action = firstActions(document);
    expect(Action).toContain('s3:*');
    expect(Action.filter((pattern) => /^(sqs|ec2|iam):/.test(pattern))).toEqual([]);
    expect(statementsIn(document)[1]).toEqual({
      Effect: 'Deny',
      NotAction: ['s3:*', 'sqs:*', 'ec2:*'],
      Resource: ['*'],
    });
  });

  it('grants nothing that an Allow with NotAction held back, also of actions that AWS may add', () => {
    const app = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', NotAction: ['sqs:SomethingNew*', 'sns:*'], Resource: '*' }],
    };
    const { document } = forRole({ app }, { s3: true, ec2: false });
    const Action = firstActions(document);
    expect(Action).toContain('s3:*');
    expect(Action).toContain('sqs:SendMessage');
    expect(Action.filter((pattern) => /^(sqs:.*\*|sns:.*)$/.test(pattern))).toEqual([]);
  });

  it('stands for attached policies and those of groups, within the boundary', () => {
    const team = managedPolicy('team', allow(['s3:GetObject', 'sns:Publish']));
    const limit = managedPolicy('limit', allow(['s3:*', 'sqs:*']));
    const ann = user('ann', { groups: ['devs'], permissionsBoundary: limit, inlinePolicies: { own: allow('sqs:*') } });
    const account = snapshot({
      users: [ann],
      groups: [group('devs', { attachedManagedPolicies: [team] })],
      managedPolicies: [team, limit],
      lastAccessed: new Map([[ann.arn, lastAccessed({ s3: true, sqs: false, sns: false })]]),
    });
    expect(propose(account, ann)).toMatchObject({
      ok: true,
      value: {
        // Of SNS nothing is granted, for the boundary: what IAM tells of it is no reason to touch it.
        document: { Statement: [statement(['s3:GetObject', 'sns:Publish'])] },
        changes: [{ policy: `${ann.arn}#inline/own` }],
        verification: { lost: [], left: [] },
      },
    });
  });

  it('says the same as a document of the older version, whose variables are text', () => {
    const app = {
      Version: '2008-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::b/${x}',
          Condition: { StringEquals: { 'aws:SourceIdentity': '${aws:username}' } },
        },
      ],
    };
    const { document } = forRole({ app, other: allow('sqs:*') }, { s3: true, sqs: false });
    expect(document['Statement']).toEqual([
      statement(['s3:GetObject'], {
        Resource: ['arn:aws:s3:::b/${$}{x}'],
        Condition: { StringEquals: { 'aws:SourceIdentity': ['${$}{aws:username}'] } },
      }),
    ]);
  });

  it('is refused where it is not known what was used, or what is granted', () => {
    const app = role('app', { inlinePolicies: { app: allow('s3:*') } });
    const unasked = snapshot({ roles: [app], lastAccessed: denied('iam:GenerateServiceLastAccessedDetails') });
    expect(propose(unasked, app)).toMatchObject({
      ok: false,
      error: UNKNOWN,
    });
    const attached = role('app', { attachedManagedPolicies: ['arn:aws:iam::123456789012:policy/unread'] });
    const unread = snapshot({ roles: [attached], lastAccessed: new Map([[APP, []]]) });
    expect(propose(unread, attached)).toMatchObject({ ok: false });
    const idle = snapshot({ roles: [app], lastAccessed: new Map([[APP, lastAccessed({ s3: false })]]) });
    expect(propose(idle, app)).toMatchObject({ ok: false, error: NOTHING_KEPT });
    const linked = role('linked', { path: '/aws-service-role/ecs.amazonaws.com/' });
    expect(propose(snapshot({ roles: [linked], lastAccessed: new Map() }), linked)).toMatchObject({ ok: false });
  });
});
