import { describe, expect, it } from 'vitest';
import type { Organization } from '../../../snapshot/organization.ts';
import { skipped } from '../../../snapshot/testing/collected-builder.ts';
import { allow, policyDocument, trusts } from '../../../snapshot/testing/policy-builder.ts';
import { resource } from '../../../snapshot/testing/resource-builder.ts';
import { managedPolicy, role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { createJudge } from '../../testing/judge.ts';
import { principalCanBecomeAdministrator } from './principal-can-become-administrator.ts';
import { principalCanBecomeAdministratorElsewhere } from './principal-can-become-administrator-elsewhere.ts';

const NOW = '2026-01-01T00:00:00Z';
const HERE = '123456789012';
const PROD = '222222222222';
const VAULT = '333333333333';
const SHARED = '444444444444';
const SEALED = '555555555555';
const prodRole = (name: string): string => `arn:aws:iam::${PROD}:role/${name}`;
const wholeAccount = { AWS: `arn:aws:iam::${HERE}:root` };
const everything = { everything: allow('*') };

const organization = (...scps: unknown[]): Organization => ({
  id: 'o-example001',
  managementAccountId: '999999999999',
  path: [
    {
      id: 'r-root',
      name: 'Root',
      scps: [allow('*'), ...scps].map((raw, index) => ({ name: `scp-${index}`, document: policyDocument(raw) })),
      rcps: [],
    },
  ],
});

const RCP_FULL = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
};
const RCP_COLLEAGUES = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Deny',
    Principal: '*',
    Action: 'sts:AssumeRole',
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-sealed001' } },
  },
};

const functionOf = (name: string): string => `arn:aws:lambda:us-east-1:${PROD}:function:${name}`;
const [NIGHTLY, INVOKED, CLOSED] = [functionOf('nightly'), functionOf('invoked'), functionOf('closed')];
const SECRET = `arn:aws:secretsmanager:us-east-1:${PROD}:secret:keys-AbCdEf`;
const lets = (Action: unknown, Principal: unknown = wholeAccount) => ({
  Effect: 'Allow',
  Principal,
  Action,
  Resource: '*',
});

const prod = snapshot({
  accountId: PROD,
  organization: organization(),
  roles: [
    role('deploy', { accountId: PROD, trustPolicy: trusts(wholeAccount), inlinePolicies: everything }),
    role('named', {
      accountId: PROD,
      trustPolicy: trusts({ AWS: `arn:aws:iam::${HERE}:role/pipeline` }),
      inlinePolicies: everything,
    }),
    role('agreed', {
      accountId: PROD,
      trustPolicy: trusts(wholeAccount, { StringEquals: { 'sts:ExternalId': 'a-secret' } }),
      inlinePolicies: everything,
    }),
    role('tagged', {
      accountId: PROD,
      trustPolicy: trusts(wholeAccount, { StringEquals: { 'aws:PrincipalTag/team': 'core' } }),
      inlinePolicies: everything,
    }),
    role('climber', {
      accountId: PROD,
      trustPolicy: trusts(wholeAccount),
      inlinePolicies: { own: allow('iam:PutRolePolicy', prodRole('climber')) },
    }),
    role('reader', { accountId: PROD, trustPolicy: trusts(wholeAccount), inlinePolicies: { read: allow('s3:Get*') } }),
    role('functions', {
      accountId: PROD,
      trustPolicy: trusts({ Service: 'lambda.amazonaws.com' }),
      inlinePolicies: everything,
    }),
    role('hop', {
      accountId: PROD,
      trustPolicy: trusts(wholeAccount),
      inlinePolicies: { on: allow('sts:AssumeRole', `arn:aws:iam::${VAULT}:role/keeper`) },
    }),
  ],
  users: [user('keyholder', { accountId: PROD, inlinePolicies: everything })],
  resources: [
    resource(NIGHTLY, {
      roleArn: prodRole('functions'),
      policy: [lets(['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'])],
    }),
    resource(INVOKED, { roleArn: prodRole('functions'), policy: [lets('lambda:InvokeFunction')] }),
    resource(CLOSED, {
      roleArn: prodRole('functions'),
      policy: [lets('lambda:*', { AWS: `arn:aws:iam::${VAULT}:root` })],
    }),
    resource(SECRET, {
      tags: { 'vigil:credentials-of': `arn:aws:iam::${PROD}:user/keyholder` },
      policy: [lets('secretsmanager:GetSecretValue')],
    }),
  ],
});

const vault = snapshot({
  accountId: VAULT,
  roles: [
    role('keeper', { accountId: VAULT, trustPolicy: trusts({ AWS: prodRole('hop') }), inlinePolicies: everything }),
  ],
});

const shared = snapshot({
  accountId: SHARED,
  organization: organization(),
  roles: [
    role('colleagues', {
      accountId: SHARED,
      trustPolicy: trusts({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-example001' } }),
      inlinePolicies: everything,
    }),
  ],
});

const sealed = snapshot({
  accountId: SEALED,
  organization: {
    id: 'o-sealed001',
    managementAccountId: '999999999999',
    path: [
      {
        id: 'r-root',
        name: 'Root',
        scps: [],
        rcps: [
          { name: 'RCPFullAWSAccess', document: policyDocument(RCP_FULL) },
          { name: 'colleagues-only', document: policyDocument(RCP_COLLEAGUES) },
        ],
      },
    ],
  },
  roles: [role('owner', { accountId: SEALED, trustPolicy: trusts(wholeAccount), inlinePolicies: everything })],
});

const neighbours = [prod, vault, shared, sealed];
const assumesSealed = user('ann', {
  inlinePolicies: { p: allow('sts:AssumeRole', `arn:aws:iam::${SEALED}:role/owner`) },
});
const colleague = user('ann', {
  inlinePolicies: { p: allow('sts:AssumeRole', `arn:aws:iam::${SHARED}:role/colleagues`) },
});
const assumes = (name: string, tags: Readonly<Record<string, string>> = {}) =>
  user('ann', { tags, inlinePolicies: { p: allow('sts:AssumeRole', prodRole(name)) } });
const changes = (what: string, actions: string | readonly string[] = 'lambda:*') =>
  user('ann', { inlinePolicies: { p: allow(actions, what) } });

describeCheck(
  principalCanBecomeAdministratorElsewhere,
  NOW,
  {
    fail: [
      [
        'a user that may assume an administrator of an account that trusts its own',
        snapshot({ users: [assumes('deploy')] }),
        { account: PROD, becomes: prodRole('deploy'), requests: ['sts:AssumeRole'], conditional: false, meant: true },
      ],
      [
        'a role that the other account names',
        snapshot({ roles: [role('pipeline', { inlinePolicies: { p: allow('sts:*') } })] }),
        { account: PROD, becomes: prodRole('deploy'), conditional: false, meant: false },
      ],
      [
        'a user that knows of an ExternalId, if it does',
        snapshot({ users: [assumes('agreed')] }),
        { becomes: prodRole('agreed'), conditional: true },
      ],
      [
        'a user of the organization that the role lets in',
        snapshot({ organization: organization(), users: [colleague] }),
        { becomes: `arn:aws:iam::${SHARED}:role/colleagues`, conditional: false },
      ],
      [
        'a user of an organization that nobody has read',
        snapshot({ organization: skipped('organization'), users: [colleague] }),
        { becomes: `arn:aws:iam::${SHARED}:role/colleagues`, conditional: true },
      ],
      [
        'a user of the organization that an RCP above the role spares',
        snapshot({ organization: { ...organization(), id: 'o-sealed001' }, users: [assumesSealed] }),
        { becomes: `arn:aws:iam::${SEALED}:role/owner`, conditional: false },
      ],
      [
        'a user with the tag that the role asks for',
        snapshot({ users: [assumes('tagged', { team: 'core' })] }),
        { becomes: prodRole('tagged'), conditional: false },
      ],
      [
        'a role over there that makes itself administrator',
        snapshot({ users: [assumes('climber')] }),
        {
          becomes: prodRole('climber'),
          requests: ['sts:AssumeRole', 'iam:PutRolePolicy'],
          conditional: false,
          meant: false,
        },
      ],
      [
        'a user that gets to it through a role of its own account',
        snapshot({
          users: [user('ann', { inlinePolicies: { p: allow('sts:AssumeRole', `arn:aws:iam::${HERE}:role/jump`) } })],
          roles: [
            role('jump', {
              trustPolicy: trusts(wholeAccount),
              inlinePolicies: { p: allow('sts:AssumeRole', prodRole('*')) },
            }),
          ],
        }),
        { becomes: prodRole('deploy'), requests: ['sts:AssumeRole', 'sts:AssumeRole'], conditional: false },
      ],
      [
        'a user that changes the code of a function over there that runs as an administrator',
        snapshot({ users: [changes(NIGHTLY)] }),
        {
          account: PROD,
          becomes: prodRole('functions'),
          methods: ['lambda-004'],
          requests: ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'],
          conditional: false,
        },
      ],
      [
        'a user that changes its code, if something invokes it',
        snapshot({ users: [changes(NIGHTLY, 'lambda:UpdateFunctionCode')] }),
        { methods: ['lambda-003'], conditional: true },
      ],
      [
        'a user that reads the access keys of an administrator over there, if the key of the secret lets it',
        snapshot({ users: [changes(SECRET, 'secretsmanager:GetSecretValue')] }),
        { becomes: `arn:aws:iam::${PROD}:user/keyholder`, methods: ['own-cred-secret'], conditional: true },
      ],
      [
        'a user that gets to a third account through a second',
        snapshot({ users: [assumes('hop')] }),
        {
          account: VAULT,
          becomes: `arn:aws:iam::${VAULT}:role/keeper`,
          requests: ['sts:AssumeRole', 'sts:AssumeRole'],
          conditional: false,
        },
      ],
    ],
    pass: [
      ['a user that its own policies let assume nothing', snapshot({ users: [user('ann')] })],
      ['a role over there that is allowed little', snapshot({ users: [assumes('reader')] })],
      ['a role over there that trusts another role', snapshot({ users: [assumes('named')] })],
      ['a role over there that is not', snapshot({ users: [assumes('gone')] })],
      ['a function over there that it may only invoke', snapshot({ users: [changes(INVOKED)] })],
      ['a function over there that lets in another account', snapshot({ users: [changes(CLOSED)] })],
      [
        'an SCP that denies to change code',
        snapshot({
          organization: organization({
            Version: '2012-10-17',
            Statement: { Effect: 'Deny', Action: 'lambda:Update*', Resource: '*' },
          }),
          users: [changes(NIGHTLY)],
        }),
      ],
      ['a user without the tag', snapshot({ users: [assumes('tagged')] })],
      ['a user of another organization', snapshot({ users: [colleague] })],
      [
        'an SCP that denies it',
        snapshot({
          organization: organization({
            Version: '2012-10-17',
            Statement: { Effect: 'Deny', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${PROD}:role/*` },
          }),
          users: [assumes('deploy')],
        }),
      ],
      ['a user of no organization that an RCP above the role shuts out', snapshot({ users: [assumesSealed] })],
      [
        'a boundary that does not allow it',
        snapshot({
          managedPolicies: [managedPolicy('limit', allow('s3:*'))],
          users: [
            user('ann', {
              inlinePolicies: { p: allow('sts:AssumeRole', prodRole('deploy')) },
              permissionsBoundary: managedPolicy('limit', allow('s3:*')),
            }),
          ],
        }),
      ],
      [
        'a statement that denies it',
        snapshot({
          users: [
            user('ann', {
              inlinePolicies: {
                p: {
                  Version: '2012-10-17',
                  Statement: [
                    { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: prodRole('deploy') },
                    { Effect: 'Deny', Action: 'sts:*', Resource: '*' },
                  ],
                },
              },
            }),
          ],
        }),
      ],
      [
        'a service-linked role, which nobody can be',
        snapshot({
          roles: [role('linked', { path: '/aws-service-role/', inlinePolicies: { p: allow('sts:AssumeRole') } })],
        }),
      ],
      [
        'what the account itself would need the other way round',
        snapshot({ roles: [role('keeper', { trustPolicy: trusts({ AWS: prodRole('hop') }), inlinePolicies: {} })] }),
      ],
    ],
    unknown: [
      ['the policy of the user was not read', snapshot({ users: [user('ann', { inlinePolicies: { p: 'no JSON' } })] })],
    ],
  },
  { neighbours },
);

describe('who is not told of', () => {
  const judge = createJudge(principalCanBecomeAdministratorElsewhere, NOW, { neighbours });
  const judgeOwn = createJudge(principalCanBecomeAdministrator, NOW, { neighbours });

  it('are administrators of the own account, and those who can become one', async () => {
    const climbs = allow(['iam:PutUserPolicy', 'sts:AssumeRole']);
    const users = [user('root-like', { inlinePolicies: everything }), user('climbs', { inlinePolicies: { climbs } })];
    expect(await judge(snapshot({ users }))).toEqual([]);
  });

  it('are told of where they become administrator', async () => {
    const climbs = allow('iam:PutUserPolicy');
    const [found] = await judgeOwn(snapshot({ users: [user('climbs', { inlinePolicies: { climbs } })] }));
    expect(found).toMatchObject({ outcome: 'fail', evidence: { otherAccounts: [PROD, SHARED, VAULT] } });
    expect(found?.summary).toContain(`and from there of accounts ${PROD}, ${SHARED}, ${VAULT}`);
  });

  it('tells each account that a principal gets to, be it as the administrator of another, and grants of both', async () => {
    const users = [user('ann', { inlinePolicies: { p: allow('sts:AssumeRole') } })];
    const found = await judge(snapshot({ users }));
    expect(found.map(({ subject }) => subject.part)).toEqual([PROD, SHARED, VAULT]);
    expect(found[0]?.escalation).toMatchObject({
      reaches: prodRole('deploy'),
      proof: 'derived',
      steps: [
        {
          method: 'sts-001',
          to: prodRole('deploy'),
          requests: [
            {
              grantedBy: [
                { policy: `arn:aws:iam::${HERE}:user/ann#inline/p`, statement: 0 },
                { policy: `${prodRole('deploy')}#trust`, statement: 0 },
              ],
            },
          ],
        },
      ],
    });
  });
});
