import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAccountAccess } from '../../src/access/account-access.ts';
import { askedSides, theirsOf } from '../../src/access/asked-sides.ts';
import { whoCanPerform } from '../../src/access/who-can-perform.ts';
import type { Decision } from '../../src/evaluate/decision.ts';
import { describeResidual } from '../../src/evaluate/describe-residual.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { organization } from '../../src/snapshot/testing/organization-builder.ts';
import { policyDocument } from '../../src/snapshot/testing/policy-builder.ts';
import { resource } from '../../src/snapshot/testing/resource-builder.ts';
import { managedPolicy, role, snapshot, user } from '../../src/snapshot/testing/snapshot-builder.ts';
import { naiveDecide } from '../naive/naive-evaluator.ts';
import type { NaiveRequest } from '../naive/naive-request.ts';
import { residualHolds } from './residual.ts';

const RUNS = Number(process.env['VIGIL_PROPERTY_RUNS'] ?? 1_500);
const [HERE, THERE] = ['111111111111', '222222222222'] as const;
const reference = await loadServiceReference();
const arnOf = (name: string): string => `arn:aws:iam::${HERE}:${name}`;

/** What is asked: a bucket's ARN does not say whose it is, a key and a role have policies that must agree. */
const ASKED = [
  {
    action: 's3:GetObject',
    arn: 'arn:aws:s3:::b',
    resource: 'arn:aws:s3:::b/x',
    on: ['*', 'arn:aws:s3:::b/*', 'arn:aws:s3:::c/*'],
  },
  {
    action: 'kms:Decrypt',
    arn: `arn:aws:kms:us-east-1:${THERE}:key/1`,
    resource: `arn:aws:kms:us-east-1:${THERE}:key/1`,
    on: ['*', `arn:aws:kms:*:${THERE}:key/*`, 'arn:aws:kms:*:*:alias/*'],
  },
  {
    action: 'sts:AssumeRole',
    arn: `arn:aws:iam::${THERE}:role/target`,
    resource: `arn:aws:iam::${THERE}:role/target`,
    on: ['*', `arn:aws:iam::${THERE}:role/*`, `arn:aws:iam::${HERE}:role/*`],
  },
] as const;
type Asked = (typeof ASKED)[number];

const CONDITIONS = [
  ...[{}, {}, {}, {}, {}, {}],
  { StringEquals: { 'aws:PrincipalTag/team': 'red' } },
  { StringNotEquals: { 'aws:PrincipalTag/team': 'red' } },
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  { StringEquals: { 'aws:PrincipalAccount': HERE } },
  { StringNotEquals: { 'aws:ResourceAccount': THERE } },
  { StringEquals: { 'aws:PrincipalOrgID': 'o-here' } },
  { ArnLike: { 'aws:PrincipalArn': arnOf('user/*') } },
  { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
];
const condition = fc.constantFrom(...CONDITIONS).map((Condition) => ({ Condition }));
const effect = fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Deny');
const PRINCIPALS = [
  '*',
  { AWS: '*' },
  { AWS: HERE },
  { AWS: HERE },
  { AWS: arnOf('root') },
  { AWS: arnOf('user/u') },
  { AWS: arnOf('role/r') },
  { AWS: THERE },
];

const documentOf = <T>(statement: fc.Arbitrary<T>, maxLength: number) =>
  fc.array(statement, { minLength: 1, maxLength }).map((Statement) => ({ Version: '2012-10-17', Statement }));
const identity = ({ action, on }: Asked) =>
  documentOf(
    fc
      .record({
        Effect: effect,
        Action: fc.constantFrom('*', action, action, action, 'ec2:*'),
        Resource: fc.constantFrom('*', ...on),
      })
      .chain((body) => condition.map((given) => ({ ...body, ...given }))),
    3,
  );
const onResource = ({ action }: Asked) =>
  documentOf(
    fc
      .record({
        Effect: effect,
        Principal: fc.constantFrom(...PRINCIPALS),
        Action: fc.constantFrom(action, action, '*'),
      })
      .chain((body) => condition.map((given) => ({ ...body, Resource: '*', ...given }))),
    3,
  );
const FULL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
/** What limits a principal mostly allows all but something. */
const limit = (asked: Asked) =>
  fc
    .tuple(identity(asked), fc.constantFrom(FULL.Statement, FULL.Statement, []))
    .map(([{ Version, Statement }, full]) => ({ Version, Statement: [...full, ...Statement] }));
const FULL_RCP = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};
/** An RCP of an organization's own only denies, and everybody. */
const rcpOf = ({ action }: Asked) =>
  condition.map(({ Condition }) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: action, Resource: '*', Condition }],
  }));

const world = fc.constantFrom(...ASKED).chain((asked) =>
  fc.record({
    asked: fc.constant(asked),
    own: fc.tuple(identity(asked), identity(asked)),
    boundary: fc.option(limit(asked), { nil: null, freq: 2 }),
    scp: fc.option(limit(asked), { nil: null, freq: 2 }),
    rcp: fc.option(rcpOf(asked), { nil: null, freq: 4 }),
    policy: onResource(asked),
    blocked: fc.boolean(),
    red: fc.boolean(),
  }),
);
/** What is known of a request beside: whether it is given to the engine or left to the conditions of its answer. */
const surroundings = fc.record({
  mfa: fc.boolean(),
  ip: fc.constantFrom('10.1.2.3', '203.0.113.9'),
  told: fc.boolean(),
});

type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;
const named = (raws: readonly unknown[]) =>
  raws.map((raw, index) => ({ name: `p${index}`, document: policyDocument(raw) }));
const organizationOf = (id: string, scps: readonly unknown[], rcps: readonly unknown[]) =>
  organization({
    id,
    managementAccountId: '999999999999',
    path: [{ id: 'r-1', name: 'Root', scps: named(scps), rcps: named(rcps) }],
  });

const accountsOf = ({ asked, own: [ofUser, ofRole], boundary, scp, rcp, policy, blocked, red }: World) => {
  const tags = { team: red ? 'red' : 'blue' };
  const limit = boundary === null ? null : managedPolicy('boundary', boundary);
  const held = (document: unknown) => ({
    accountId: HERE,
    inlinePolicies: { own: document },
    tags,
    permissionsBoundary: limit?.arn ?? null,
  });
  const isRole = asked.action === 'sts:AssumeRole';
  return [
    snapshot({
      accountId: HERE,
      organization: organizationOf('o-here', scp === null ? [FULL] : [scp], [FULL_RCP]),
      users: [user('u', held(ofUser))],
      roles: [role('r', held(ofRole))],
      managedPolicies: limit === null ? [] : [limit],
    }),
    snapshot({
      accountId: THERE,
      organization: organizationOf('o-there', [FULL], rcp === null ? [FULL_RCP] : [FULL_RCP, rcp]),
      roles: isRole ? [role('target', { accountId: THERE, trustPolicy: policy })] : [],
      resources: isRole ? [] : [resource(asked.arn, { policy, restrictsPublicAccess: blocked })],
    }),
  ].map((each) => ({ snapshot: each, access: createAccountAccess(each, reference) }));
};

const holds = (decision: Decision, whole: NaiveRequest): boolean => {
  if (decision.kind === 'undetermined') throw new Error('everything can be read');
  if (decision.kind !== 'allowedIf') return decision.kind === 'allowed';
  return residualHolds(describeResidual(decision.residual).formula, whole);
};

/** The request of a principal with its whole context, and all policies that count. */
const wholeRequest = (
  { asked, own, boundary, scp, rcp, policy, blocked, red }: World,
  { arn, kind }: { readonly arn: string; readonly kind: 'user' | 'role' },
  context: Readonly<Record<string, readonly string[]>>,
): NaiveRequest => ({
  request: {
    principalArn: arn,
    principalType: kind,
    action: asked.action,
    resource: asked.resource,
    resourceAccount: THERE,
    context: {
      ...context,
      'aws:PrincipalTag/team': [red ? 'red' : 'blue'],
      'aws:PrincipalOrgID': ['o-here'],
      'aws:ResourceAccount': [THERE],
      'aws:PrincipalIsAWSService': ['false'],
    },
  },
  identityPolicies: [{ name: 'own', document: own[kind === 'user' ? 0 : 1] }],
  ...(boundary && { permissionBoundaries: [{ name: 'boundary', document: boundary }] }),
  scps: [[{ name: 'scp', document: scp ?? FULL }]],
  rcps: [[FULL_RCP, ...(rcp === null ? [] : [rcp])].map((document, index) => ({ name: `rcp-${index}`, document }))],
  resourcePolicy: policy,
  settings: { s3: { blockPublicAccess: blocked } },
});

it('tells of a resource of another account what the naive evaluator says of the policies of both', () => {
  let allowed = 0;
  fc.assert(
    fc.property(world, surroundings, (given, { mfa, ip, told }) => {
      const accounts = accountsOf(given);
      const [here] = accounts;
      if (here === undefined) throw new Error('there are two accounts');
      const { action, resource: on } = given.asked;
      const theirs = theirsOf(askedSides(here, accounts, { action, resource: on }));
      expect(theirs?.account).toBe(THERE);
      const whole = { 'aws:MultiFactorAuthPresent': [String(mfa)], 'aws:SourceIp': [ip] };
      const context = told ? whole : {};
      const listed = whoCanPerform(here.access, { action, resource: on, context }, theirs);
      const arns = new Set(listed.map(({ principal }) => principal.arn));
      const { users, roles } = here.snapshot;
      for (const principal of [...users, ...roles]) {
        const kind = 'userName' in principal ? 'user' : 'role';
        const request = wholeRequest(given, { arn: principal.arn, kind }, whole);
        const decision = here.access.canPerform(principal, action, on, context, theirs);
        const expected = naiveDecide(request) === 'Allowed';
        allowed += expected ? 1 : 0;
        expect(holds(decision, request), JSON.stringify(request)).toBe(expected);
        expect(arns.has(principal.arn)).toBe(decision.kind === 'allowed' || decision.kind === 'allowedIf');
      }
    }),
    { numRuns: RUNS, seed: Number(process.env['VIGIL_PROPERTY_SEED'] ?? 20_261_123) },
  );
  // Where nothing is ever allowed, nothing is compared.
  expect(allowed).toBeGreaterThan(RUNS / 50);
});
