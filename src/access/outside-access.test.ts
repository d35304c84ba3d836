import { describe, expect, it } from 'vitest';
import { createPolicyCompiler } from '../policy/compile-policy.ts';
import { loadServiceReference } from '../reference/service-reference.ts';
import { policyDocument } from '../snapshot/testing/policy-builder.ts';
import { type Asked, OWN, outsideAccess, outsideRequest, tell } from './testing/outside-case.ts';

const OTHER = '444455556666';
const ROOT = { AWS: `arn:aws:iam::${OTHER}:root` };
const ORG = 'o-a1b2c3d4e5';
const TOPIC = `arn:aws:sns:us-east-1:${OTHER}:news`;
const allow = (Principal: unknown, Condition?: object) => ({
  Effect: 'Allow',
  Action: '*',
  Resource: '*',
  Principal,
  ...(Condition && { Condition }),
});

type Case = readonly [
  story: string,
  page: string,
  asked: Asked,
  statements: readonly object[],
  expected: readonly string[],
];

const cases: readonly Case[] = [
  [
    'the default key policy lets nobody in from outside',
    'kms/latest/developerguide/key-policy-default.html',
    'key',
    [allow({ AWS: `arn:aws:iam::${OWN}:root` })],
    [],
  ],
  [
    'a key for another account',
    'kms/latest/developerguide/key-policy-modifying-external-accounts.html',
    'key',
    [allow(ROOT)],
    [`account ${OTHER}`],
  ],
  [
    'a key for everybody is for whoever signs',
    'kms/latest/developerguide/key-policy-overview.html',
    'key',
    [allow({ AWS: '*' })],
    ['anyAccount *'],
  ],
  [
    'a key for the own account through a service, as AWS manages them',
    'kms/latest/developerguide/conditions-kms.html#conditions-kms-caller-account',
    'key',
    [
      allow(
        { AWS: '*' },
        { StringEquals: { 'kms:CallerAccount': OWN, 'kms:ViaService': 'ec2.us-east-1.amazonaws.com' } },
      ),
    ],
    [],
  ],
  [
    'a key for another account through a service',
    'kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service',
    'key',
    [allow(ROOT, { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } })],
    [`account ${OTHER} if \`kms:ViaService\` is \`s3.us-east-1.amazonaws.com\``],
  ],
  [
    'a key for everybody of another account, by a condition',
    'kms/latest/developerguide/conditions-kms.html#conditions-kms-caller-account',
    'key',
    [allow({ AWS: '*' }, { StringEquals: { 'kms:CallerAccount': OTHER } })],
    [`account ${OTHER}`],
  ],
  [
    'a key for a service, for one log group',
    'AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
    'key',
    [
      allow(
        { Service: 'logs.us-east-1.amazonaws.com' },
        { ArnEquals: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:us-east-1:${OWN}:log-group:app` } },
      ),
    ],
    [
      'service logs.us-east-1.amazonaws.com if `kms:EncryptionContext:aws:logs:arn` is like ' +
        `\`arn:aws:logs:us-east-1:${OWN}:log-group:app\``,
    ],
  ],
  [
    'a queue for a topic, by a condition beside everybody: no caller but a service has its key',
    'sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html',
    'queue',
    [allow({ AWS: '*' }, { ArnEquals: { 'aws:SourceArn': TOPIC } })],
    [`service * if \`aws:SourceArn\` is like \`${TOPIC}\``],
  ],
  [
    'a topic with the policy that SNS gives it',
    'sns/latest/dg/sns-access-policy-use-cases.html',
    'topic',
    [allow({ AWS: '*' }, { StringEquals: { 'AWS:SourceOwner': OWN } })],
    [`service * if \`AWS:SourceOwner\` is \`${OWN}\``],
  ],
  [
    'a service that a condition names beside everybody',
    'IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalservicename',
    'topic',
    [allow('*', { StringEquals: { 'aws:PrincipalServiceName': 's3.amazonaws.com' } })],
    ['service s3.amazonaws.com'],
  ],
  [
    'a public function URL',
    'lambda/latest/dg/urls-auth.html',
    'function',
    [allow('*', { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } })],
    ['anonymous * if `lambda:FunctionUrlAuthType` is `NONE`'],
  ],
];

describe('who outside may use a resource, by its policy', () => {
  it.each(cases)('%s (%s)', (_story, _page, asked, statements, expected) => {
    expect(tell(outsideRequest(asked, statements))).toEqual(expected);
  });

  it('names the statements of the resource-based policy that let them in, and no others', () => {
    const request = outsideRequest('topic', [allow(OWN), allow(ROOT)]);
    expect(outsideAccess.whoCan(request)).toEqual([
      {
        outsider: { kind: 'account', account: OTHER },
        decision: { kind: 'allowed', grantedBy: [{ policy: 'policy', statement: 1 }] },
      },
    ]);
  });

  it('takes what is known of the request', () => {
    const request = outsideRequest('topic', [allow(ROOT, { StringEquals: { 'aws:PrincipalOrgID': ORG } })]);
    expect(tell({ ...request, context: { 'aws:PrincipalOrgID': ORG } })).toEqual([`account ${OTHER}`]);
    expect(tell({ ...request, context: { 'aws:PrincipalOrgID': null } })).toEqual([]);
  });

  it('asks the RCPs above the resource', async () => {
    // "Resource control policies", AWS Organizations User Guide: they reach callers of every account.
    const compile = createPolicyCompiler(await loadServiceReference());
    const level = (...statements: readonly object[]) => [
      { name: 'rcp', policy: compile(policyDocument({ Version: '2012-10-17', Statement: statements })) },
    ];
    const outside = { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORG } };
    const rcps = [level(allow('*')), level(allow('*'), { ...allow('*', outside), Effect: 'Deny' })];
    expect(tell({ ...outsideRequest('bucket', [allow('*')]), rcps })).toEqual([
      `anyAccount * if (\`aws:PrincipalOrgID\` is present and \`aws:PrincipalOrgID\` is \`${ORG}\`)`,
    ]);
  });

  it('tells apart the accounts that RCPs spare', async () => {
    const compile = createPolicyCompiler(await loadServiceReference());
    const Statement = [
      allow('*'),
      { ...allow('*', { StringNotEquals: { 'aws:PrincipalAccount': OTHER } }), Effect: 'Deny' },
    ];
    const rcp = { name: 'rcp', policy: compile(policyDocument({ Version: '2012-10-17', Statement })) };
    expect(tell({ ...outsideRequest('bucket', [allow('*')]), rcps: [[rcp]] })).toEqual([`account ${OTHER}`]);
  });

  it('asks nobody with a token of an identity provider but for a session of a role', () => {
    const provider = `arn:aws:iam::${OWN}:saml-provider/ExampleCorp`;
    const statements = [{ ...allow({ Federated: provider }) }];
    expect(outsideAccess.outsiders(outsideRequest('bucket', statements))).toEqual([]);
    expect(outsideAccess.outsiders(outsideRequest('saml', statements))).toEqual([{ kind: 'federated', provider }]);
  });

  it('tells apart whom the policy names, let in or not', () => {
    const request = outsideRequest('topic', [allow(ROOT), { ...allow({ AWS: '777788889999' }), Effect: 'Deny' }]);
    const [denied] = outsideAccess.outsiders(request).slice(1);
    expect(denied).toEqual({ kind: 'account', account: '777788889999' });
    expect(outsideAccess.admits(request, { kind: 'account', account: '777788889999' })).toBeNull();
  });

  it('tells the same whatever the order of the statements', () => {
    const statements = [
      allow(ROOT, { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
      allow({ AWS: `arn:aws:iam::${OTHER}:user/alice` }),
      allow('*', { StringEquals: { 'aws:PrincipalOrgID': ORG } }),
    ];
    expect(tell(outsideRequest('topic', statements.toReversed()))).toEqual(tell(outsideRequest('topic', statements)));
  });
});
