import { describe, expect, it } from 'vitest';
import type { Organization } from '../../../snapshot/organization.ts';
import { allow, policyDocument, trusts } from '../../../snapshot/testing/policy-builder.ts';
import { resource } from '../../../snapshot/testing/resource-builder.ts';
import { managedPolicy, role, snapshot, user } from '../../../snapshot/testing/snapshot-builder.ts';
import { describeCheck } from '../../testing/describe-check.ts';
import { createJudge } from '../../testing/judge.ts';
import { principalCanReachCrownJewel } from './principal-can-reach-crown-jewel.ts';
import { principalCanReachCrownJewelElsewhere } from './principal-can-reach-crown-jewel-elsewhere.ts';

// Both sides must allow: "Cross-account policy evaluation logic", IAM User Guide.

const NOW = '2026-01-01T00:00:00Z';
const HERE = '123456789012';
const PROD = '222222222222';
const MARKED = { 'vigil:crown-jewel': 'true' };
const SALARIES = 'arn:aws:s3:::salaries';
const LEDGER = `arn:aws:dynamodb:us-east-1:${PROD}:table/ledger`;
const SECRET = `arn:aws:secretsmanager:us-east-1:${PROD}:secret:master-AbCdEf`;
const here = (name: string): string => `arn:aws:iam::${HERE}:${name}`;
const prodRole = (name: string): string => `arn:aws:iam::${PROD}:role/${name}`;
const wholeAccount = { AWS: here('root') };
const lets = (principal: unknown, Action: unknown, Resource: unknown, Condition: object = {}) => ({
  Effect: 'Allow',
  Principal: principal,
  Action,
  Resource,
  Condition,
});
const jewel = (of: string, ...policy: readonly object[]) => resource(of, { policy, tags: MARKED });

const organization = (id: string, level: Partial<Organization['path'][number]> = {}): Organization => ({
  id,
  managementAccountId: '999999999999',
  path: [{ id: 'r-root', name: 'Root', scps: [], rcps: [], ...level }],
});
/** SCPs that leave of S3 what fits a condition. */
const keepingTo = (StringNotEquals: Readonly<Record<string, string>>) =>
  [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { StringNotEquals } },
  ].map((Statement) => named({ Version: '2012-10-17', Statement }));
const named = (raw: unknown) => ({ name: 'limit', document: policyDocument(raw) });

const prodParts = {
  accountId: PROD,
  organization: organization('o-example001'),
  roles: [
    role('reader', {
      accountId: PROD,
      trustPolicy: trusts(wholeAccount),
      inlinePolicies: { p: allow('s3:GetObject', `${SALARIES}/*`) },
    }),
    role('payroll', {
      accountId: PROD,
      tags: MARKED,
      trustPolicy: trusts({ AWS: here('user/eve') }),
    }),
    role('functions', {
      accountId: PROD,
      trustPolicy: trusts({ Service: 'lambda.amazonaws.com' }),
      inlinePolicies: { p: allow('dynamodb:GetItem', LEDGER) },
    }),
  ],
  resources: [
    jewel(SALARIES, lets(wholeAccount, 's3:GetObject', `${SALARIES}/2026/*`)),
    jewel(LEDGER, lets({ AWS: here('user/tess') }, 'dynamodb:*', LEDGER)),
    jewel(SECRET, lets(wholeAccount, 'secretsmanager:GetSecretValue', '*')),
    resource(`arn:aws:lambda:us-east-1:${PROD}:function:nightly`, {
      roleArn: prodRole('functions'),
      policy: [lets(wholeAccount, ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'], '*')],
    }),
  ],
};
const prod = snapshot(prodParts);

const ann = (policy: unknown, parts: object = {}) => user('ann', { inlinePolicies: { p: policy }, ...parts });
const reads = allow('s3:GetObject');
const ofOne = (policy: unknown) => snapshot({ users: [ann(policy)] });

describeCheck(
  principalCanReachCrownJewelElsewhere,
  NOW,
  {
    fail: [
      [
        'a user that may read every object, and a bucket that lets in its account',
        ofOne(reads),
        {
          reaches: SALARIES,
          account: PROD,
          methods: ['own-open-resource'],
          requests: ['s3:GetObject'],
          conditional: false,
        },
      ],
      [
        'a user that assumes a role over there that reads the bucket',
        ofOne(allow('sts:AssumeRole', `arn:aws:iam::${PROD}:role/*`)),
        { reaches: SALARIES, methods: ['sts-001'], conditional: false },
      ],
      [
        'a user that changes the code of a function over there',
        ofOne(allow('lambda:*')),
        { reaches: LEDGER, methods: ['lambda-004'], requests: ['lambda:UpdateFunctionCode', 'lambda:InvokeFunction'] },
      ],
      [
        'a user that changes the code of a function that something else must invoke',
        ofOne(allow('lambda:UpdateFunctionCode')),
        { reaches: LEDGER, methods: ['lambda-003'], conditional: true },
      ],
      [
        'a user that reads secrets, if the key lets it',
        ofOne(allow('secretsmanager:*')),
        { reaches: SECRET, conditional: true },
      ],
      [
        'a user that gets to a role of its own account that reads the bucket',
        snapshot({
          users: [ann(allow('sts:AssumeRole', here('role/jump')))],
          roles: [role('jump', { trustPolicy: trusts(wholeAccount), inlinePolicies: { p: allow('s3:Get*') } })],
        }),
        { reaches: SALARIES, methods: ['sts-001', 'own-open-resource'] },
      ],
      [
        'a user whose boundary leaves the bucket to it',
        snapshot({
          managedPolicies: [managedPolicy('limit', allow('s3:*'))],
          users: [ann(reads, { permissionsBoundary: managedPolicy('limit', allow('s3:*')) })],
        }),
      ],
    ],
    pass: [
      ['a user that may read nothing', ofOne(allow('iam:ListUsers'))],
      ['a user that may read the other part of the bucket', ofOne(allow('s3:GetObject', `${SALARIES}/2025/*`))],
      ['a user that may read other buckets', ofOne(allow('s3:GetObject', 'arn:aws:s3:::other/*'))],
      ['a user that may not invoke what it may not change', ofOne(allow('lambda:InvokeFunction'))],
      ['a user whom the table does not let in', ofOne(allow('dynamodb:*'))],
      [
        'a user that the table names',
        snapshot({ users: [user('tess', { inlinePolicies: { p: allow('dynamodb:*') } })] }),
      ],
      ['a user that is granted just that', ofOne(allow('s3:GetObject', `${SALARIES}/*`))],
      [
        'a user whom the role names',
        snapshot({ users: [user('eve', { inlinePolicies: { p: allow('sts:*', prodRole('pay*')) } })] }),
      ],
      [
        'a user that is denied it',
        ofOne({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 's3:*', Resource: '*' },
            { Effect: 'Deny', Action: 's3:GetObject', Resource: `${SALARIES}/*` },
          ],
        }),
      ],
      [
        'a user whose boundary does not leave it',
        snapshot({
          managedPolicies: [managedPolicy('limit', allow('dynamodb:*'))],
          users: [ann(reads, { permissionsBoundary: managedPolicy('limit', allow('dynamodb:*')) })],
        }),
      ],
      [
        'a user under an SCP that keeps to resources of another organization',
        snapshot({
          organization: organization('o-elsewhere1', { scps: keepingTo({ 'aws:ResourceOrgID': 'o-elsewhere1' }) }),
          users: [ann(reads)],
        }),
      ],
      [
        'a user under an SCP that keeps to the own account',
        snapshot({
          organization: organization('o-example001', { scps: keepingTo({ 'aws:ResourceAccount': HERE }) }),
          users: [ann(reads)],
        }),
      ],
    ],
    unknown: [['a policy that was not read', ofOne('no JSON')]],
  },
  { neighbours: [prod] },
);

describe('crown jewels of other accounts', () => {
  const judge = createJudge(principalCanReachCrownJewelElsewhere, NOW, { neighbours: [prod] });
  const judgeOwn = createJudge(principalCanReachCrownJewel, NOW, { neighbours: [prod] });

  it('are told with the grants of both accounts', async () => {
    const [found] = await judge(ofOne(reads));
    expect(found).toMatchObject({
      subject: { part: SALARIES },
      severity: 'high',
      escalation: {
        reaches: SALARIES,
        proof: 'derived',
        steps: [
          {
            from: here('user/ann'),
            to: SALARIES,
            requests: [
              {
                grantedBy: [
                  { policy: `${here('user/ann')}#inline/p`, statement: 0 },
                  { policy: `${SALARIES}#policy`, statement: 0 },
                ],
              },
            ],
          },
        ],
      },
    });
    expect(found?.summary).toBe(`User ann can reach the crown jewel ${SALARIES} of account ${PROD} with s3:GetObject.`);
  });

  it('are none of the own account', async () => {
    const takes = allow(['s3:GetObject', 's3:PutBucketPolicy'], 'arn:aws:s3:::*');
    expect(await judgeOwn(ofOne(takes))).toEqual([]);
  });
});

const RCP_FULL = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const RCP_STRICT = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: '*',
  Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-example001' } },
};

describe('crown jewels below an RCP that keeps to the organization', () => {
  const rcps = [RCP_FULL, RCP_STRICT].map((Statement) => named({ Version: '2012-10-17', Statement }));
  const kept = snapshot({ ...prodParts, organization: organization('o-example001', { rcps }) });
  const judge = createJudge(principalCanReachCrownJewelElsewhere, NOW, { neighbours: [kept] });

  it.each([
    ['o-example001', 'fail'],
    ['o-elsewhere1', 'pass'],
  ])('are told of a user of %s: %s', async (id, outcome) => {
    const found = await judge(snapshot({ organization: organization(id), users: [ann(reads)] }));
    expect(found.map((each) => each.outcome)).toEqual([outcome]);
  });
});

describe('who is administrator of either account', () => {
  const owner = role('owner', {
    accountId: PROD,
    trustPolicy: trusts(wholeAccount),
    inlinePolicies: { p: allow('*') },
  });
  const owned = snapshot({ ...prodParts, roles: [...prodParts.roles, owner] });
  const judge = createJudge(principalCanReachCrownJewelElsewhere, NOW, { neighbours: [owned] });

  it('is told of by other findings', async () => {
    expect((await judge(ofOne(allow('sts:AssumeRole')))).map(({ outcome }) => outcome)).toEqual(['pass']);
    expect(await judge(ofOne(allow('*')))).toEqual([]);
  });
});
