import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Admission, createOutsideAccess, type OutsideRequest } from '../../src/access/outside-access.ts';
import { type Outsider, outsiderName } from '../../src/access/outsider.ts';
import { describeResidual } from '../../src/evaluate/describe-residual.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { policyDocument } from '../../src/snapshot/testing/policy-builder.ts';
import { naiveDecide } from '../naive/naive-evaluator.ts';
import type { NaiveRequest, PrincipalType } from '../naive/naive-request.ts';
import { residualHolds } from './residual.ts';

const OWN = '111122223333';
const OTHER = '444455556666';
const BUCKET = 'arn:aws:s3:::b/x';
const access = createOutsideAccess(await loadServiceReference(), null);

/** Somebody outside, with the outsiders that may stand for him, the narrowest first. */
interface Caller {
  readonly principalType: PrincipalType;
  readonly principalArn: string;
  readonly standIns: readonly Outsider[];
}

const account = (id: string): Outsider => ({ kind: 'account', account: id });
const principal = (arn: string, id: string): Outsider => ({ kind: 'principal', account: id, arn });
const service = (name: string | null): Outsider => ({ kind: 'service', service: name });
const anyAccount: Outsider = { kind: 'anyAccount' };

const signed = (principalType: 'user' | 'role', id: string, name: string): Caller => {
  const principalArn = `arn:aws:iam::${id}:${principalType}/${name}`;
  return { principalType, principalArn, standIns: [principal(principalArn, id), account(id), anyAccount] };
};

const CALLERS: readonly Caller[] = [
  { principalType: 'anonymous', principalArn: '*', standIns: [{ kind: 'anonymous' }] },
  signed('user', OTHER, 'alice'),
  signed('user', OTHER, 'zed'),
  signed('role', OTHER, 'etl'),
  {
    principalType: 'root',
    principalArn: `arn:aws:iam::${OTHER}:root`,
    standIns: [principal(`arn:aws:iam::${OTHER}:root`, OTHER), account(OTHER), anyAccount],
  },
  signed('user', '777788889999', 'alice'),
  signed('role', '777788889999', 'etl'),
  ...['sns.amazonaws.com', 'events.amazonaws.com'].map(
    (name): Caller => ({ principalType: 'service', principalArn: name, standIns: [service(name), service(null)] }),
  ),
];

const PRINCIPALS = [
  '*',
  '*',
  { AWS: '*' },
  { AWS: OTHER },
  { AWS: `arn:aws:iam::${OTHER}:root` },
  { AWS: [`arn:aws:iam::${OTHER}:user/alice`, OWN] },
  { AWS: `arn:aws:iam::${OTHER}:role/etl` },
  { Service: 'sns.amazonaws.com' },
  { Service: 'sns.amazonaws.com', AWS: OTHER },
];

const SPARED = [OTHER, `arn:aws:iam::${OTHER}:root`, `arn:aws:iam::${OTHER}:user/alice`, OWN];

const TEXT = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIfExists',
  'StringNotEqualsIgnoreCase',
  'Null',
];
const ARN = ['ArnLike', 'ArnNotLike', 'ArnLikeIfExists', 'ArnNotEqualsIfExists'];

/** Keys, how conditions ask of them, and for what. */
const KEYS: readonly (readonly [key: string, operators: readonly string[], values: readonly string[]])[] = [
  ['aws:PrincipalAccount', TEXT, [OTHER, OWN, '4444*', '*', '????????????', '7*']],
  [
    'aws:PrincipalArn',
    [...TEXT, ...ARN],
    [
      `arn:aws:iam::${OTHER}:user/alice`,
      `arn:aws:iam::${OTHER}:root`,
      `arn:aws:iam::${OTHER}:*`,
      `arn:aws:iam::${OTHER}:role/*`,
      'arn:aws:iam::*:role/etl',
      `arn:aws:*:${OTHER}:user/zed`,
      'arn:aws:*:role/etl',
      `arn:*:iam::${OTHER}:role/etl`,
      'arn:aws:iam::7777*:role/etl',
      'arn:aws:*',
      '*',
    ],
  ],
  ['aws:PrincipalOrgID', TEXT, ['o-own', 'o-*']],
  ['aws:PrincipalIsAWSService', ['Bool', 'BoolIfExists', 'Null'], ['true', 'false']],
  ['aws:PrincipalServiceName', TEXT, ['sns.amazonaws.com', '*.amazonaws.com', '*']],
  ['aws:SourceAccount', TEXT, [OWN, OTHER]],
  ['aws:SourceIp', ['IpAddress', 'NotIpAddress'], ['203.0.113.0/24']],
];

const conditionArbitrary = fc
  .constantFrom(...KEYS)
  .chain(([key, operators, values]) =>
    fc.tuple(
      fc.constant(key),
      fc.constantFrom(...operators),
      fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }),
    ),
  )
  .map(([key, operator, values]) => ({
    [operator]: { [key]: operator === 'Null' ? ['true', 'false'].slice(0, 1) : values },
  }));

const conditionsArbitrary = fc.oneof(
  fc.constant({}),
  conditionArbitrary.map((Condition) => ({ Condition })),
  fc.tuple(conditionArbitrary, conditionArbitrary).map(([one, other]) => ({ Condition: { ...one, ...other } })),
);

const body = { Action: 's3:GetObject', Resource: '*' };
const statementArbitrary = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...PRINCIPALS).map((Principal) => ({ Effect: 'Allow', Principal })) },
  fc.constantFrom(...PRINCIPALS).map((Principal) => ({ Effect: 'Deny', Principal })),
  fc
    .uniqueArray(fc.constantFrom(...SPARED), { minLength: 1, maxLength: 3 })
    .map((AWS) => ({ Effect: 'Deny', NotPrincipal: { AWS } })),
);

const policyArbitrary = fc
  .array(
    fc
      .tuple(statementArbitrary, conditionsArbitrary)
      .map(([statement, condition]) => ({ ...statement, ...body, ...condition })),
    { minLength: 1, maxLength: 4 },
  )
  .map((Statement) => ({ Version: '2012-10-17', Statement }));

const held = (values: readonly string[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const contextArbitrary = fc.record({
  org: held(['o-own', 'o-else']),
  source: held([OWN, OTHER]),
  ip: held(['203.0.113.9', '10.0.0.1']),
});

/** The request of a caller with its whole context. */
const wholeRequest = (
  { principalType, principalArn }: Caller,
  {
    org,
    source,
    ip,
  }: { readonly org: string | undefined; readonly source: string | undefined; readonly ip: string | undefined },
  resourcePolicy: unknown,
): NaiveRequest => {
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ['aws:SourceIp', ip],
    ...(principalType === 'service'
      ? ([
          ['aws:PrincipalIsAWSService', 'true'],
          ['aws:PrincipalServiceName', principalArn],
          ['aws:SourceAccount', source],
        ] as const)
      : principalType === 'anonymous'
        ? []
        : ([
            ['aws:PrincipalIsAWSService', 'false'],
            ['aws:PrincipalOrgID', org],
          ] as const)),
  ];
  const context = Object.fromEntries(pairs.flatMap(([key, value]) => (value === undefined ? [] : [[key, [value]]])));
  return {
    request: {
      principalType,
      principalArn,
      action: 's3:GetObject',
      resource: BUCKET,
      resourceAccount: OWN,
      context,
      contextComplete: false,
    },
    identityPolicies: [
      { name: 'own', document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } },
    ],
    resourcePolicy,
  };
};

const admitted = (admission: Admission | null, whole: NaiveRequest): boolean => {
  if (admission?.kind === 'undetermined') throw new Error('undetermined');
  if (admission?.kind !== 'allowedIf') return admission !== null;
  return residualHolds(describeResidual(admission.residual).formula, whole);
};

const nameOf = (outsider: Outsider): string => `${outsider.kind} ${outsiderName(outsider)}`;

const numRuns = Number(process.env['VIGIL_PROPERTY_RUNS'] ?? 3_000);

it('an outsider is let in under exactly the conditions under which the naive evaluator lets in whom it stands for', () => {
  fc.assert(
    fc.property(policyArbitrary, fc.constantFrom(...CALLERS), contextArbitrary, (policy, caller, context) => {
      const whole = wholeRequest(caller, context, policy);
      const request: OutsideRequest = {
        policy: { name: 'policy', document: policyDocument(policy) },
        account: OWN,
        action: 's3:GetObject',
        resource: BUCKET,
      };
      const told = new Set(access.outsiders(request).map(nameOf));
      const standIn = caller.standIns.find((outsider) => told.has(nameOf(outsider)));
      const allowed = naiveDecide(whole) === 'Allowed';
      expect(standIn !== undefined && admitted(access.admits(request, standIn), whole)).toBe(allowed);

      // Whoever is let in is in the list, or somebody wider is.
      if (!allowed) return;
      const wider = new Set([...caller.standIns, { kind: 'anonymous' } as const, anyAccount].map(nameOf));
      const rows = access.whoCan(request).filter(({ outsider }) => wider.has(nameOf(outsider)));
      expect(rows.map(({ decision }) => admitted(decision, whole))).toContain(true);
    }),
    { numRuns, seed: 20_260_926 },
  );
});

const NAMES = [
  '*',
  '',
  OTHER,
  'arn:aws:iam::::::',
  `arn:aws:iam::${OTHER}:root`,
  '${aws:PrincipalAccount}',
  '__proto__',
  '\u0000',
];
const hostileArbitrary = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny', 'allow'),
  Action: fc.constantFrom('*', 's3:*', ''),
  Resource: fc.constant('*'),
  Principal: fc.oneof(
    fc.jsonValue(),
    fc.dictionary(
      fc.constantFrom('AWS', 'Service', 'Federated', 'CanonicalUser', '__proto__'),
      fc.constantFrom(...NAMES),
    ),
  ),
  Condition: fc.oneof(
    fc.jsonValue(),
    fc.dictionary(
      fc.constantFrom('StringLike', 'ArnNotLike', 'Null', 'constructor'),
      fc.dictionary(
        fc.constantFrom('aws:PrincipalArn', 'aws:PrincipalServiceName', '__proto__'),
        fc.constantFrom(...NAMES),
      ),
    ),
  ),
});

it('no policy makes the question throw', () => {
  fc.assert(
    fc.property(
      fc.array(hostileArbitrary, { maxLength: 3 }),
      fc.constantFrom(BUCKET, '*', ''),
      (Statement, resource) => {
        const document = policyDocument({ Version: '2012-10-17', Statement });
        const request = { policy: { name: 'policy', document }, account: OWN, action: 's3:GetObject', resource };
        expect(access.whoCan(request).length).toBeLessThanOrEqual(access.outsiders(request).length);
      },
    ),
    { numRuns: 1_000, seed: 20_260_926 },
  );
});
