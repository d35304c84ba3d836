import fc from 'fast-check';

/** A policy document as a test writes it. */
export interface RawDocument {
  readonly Version?: string;
  readonly Statement: readonly RawStatement[];
}

/** A statement as a test writes it. */
export interface RawStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Actions that policies and requests of the properties are made of; the last is not in the service reference. */
const ACTIONS = [
  's3:GetObject',
  's3:PutObject',
  's3:ListAllMyBuckets',
  'iam:CreateUser',
  'iam:GetUser',
  's3:Nope',
  'no:Thing',
];

const ACTION_PATTERNS = [
  ...ACTIONS,
  '*',
  '*:*',
  's3:*',
  'S3:get*',
  'iam:?etUser',
  's3:*Object',
  'iam:*User*',
  'no:*',
  's3:N*',
];

const RESOURCES = [
  'arn:aws:s3:::b',
  'arn:aws:s3:::b/alice/x',
  'arn:aws:s3:::b/bob:y',
  'arn:aws:s3:us-east-1:111122223333:b/red',
  'arn:aws:iam::111122223333:user/alice',
  'arn:aws:iam::111122223333:user/a*',
];

const RESOURCE_PATTERNS = [
  ...RESOURCES,
  '*',
  'arn:aws:s3:::*',
  'arn:aws:s3:*',
  'arn:aws:s3',
  'arn:*',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::b*y',
  'arn:aws:s?:::b/bob?y',
  'arn:aws:*:b/alice/x',
  'arn:aws:s3:us*1:1111*:b/red',
  'arn:aws:iam::*:user/alice',
  'arn:aws:i*m:*:user/*',
  'arn:a*s:s3:::b',
  'arn:aws:s3:::b/${aws:username}/*',
  "arn:aws:s3:us-east-1:*:b/${aws:PrincipalTag/team, 'red'}",
  'arn:aws:iam::111122223333:user/${aws:username}',
  'arn:aws:iam::111122223333:user/a${*}',
  'arn:aws:s3:::b/${aws:PrincipalTag/team}*',
];

/** The keys that conditions and variables of the properties ask for, and values worth trying: near misses too. */
const KEY_VALUES: Readonly<Record<string, readonly string[]>> = {
  'aws:username': ['alice', 'Alice', 'bob', 'a*', ''],
  'aws:PrincipalTag/team': ['red', 'blue', 'RED', '*', 'alice'],
  'aws:PrincipalArn': ['arn:aws:iam::111122223333:user/alice', 'arn:aws:iam::444455556666:role/x/alice'],
  'aws:MultiFactorAuthPresent': ['true', 'false'],
};

const CONDITION_VALUES = [
  ...Object.values(KEY_VALUES).flat(),
  'al*',
  '?ed',
  '${aws:username}',
  "${aws:PrincipalTag/team, 'blue'}",
  '${*}',
  'x${aws:username}',
];
const ARN_VALUES = [
  'arn:aws:iam::*:user/alice',
  'arn:aws:iam::111122223333:*',
  'arn:aws:*:*:111122223333:user/alice',
  'arn:aws:iam::444455556666:role/?/*',
];

const caseOf = (text: string): fc.Arbitrary<string> => fc.constantFrom(text, text.toLowerCase(), text.toUpperCase());
const someOf = (values: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });

const stringCondition = fc
  .tuple(
    fc.constantFrom(
      'StringEquals',
      'StringNotEquals',
      'StringEqualsIgnoreCase',
      'StringNotEqualsIgnoreCase',
      'StringLike',
      'StringNotLike',
    ),
    fc.constantFrom('', 'IfExists'),
    fc.constantFrom(...Object.keys(KEY_VALUES)).chain(caseOf),
    someOf(CONDITION_VALUES),
  )
  .map(([operator, ifExists, key, values]) => ({ [`${operator}${ifExists}`]: { [key]: values } }));
const arnCondition = fc
  .tuple(
    fc.constantFrom('ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'),
    fc.constantFrom('', 'IfExists'),
    someOf(ARN_VALUES),
  )
  .map(([operator, ifExists, values]) => ({ [`${operator}${ifExists}`]: { 'aws:PrincipalArn': values } }));
const otherCondition = fc.constantFrom<NonNullable<RawStatement['Condition']>>(
  { Bool: { 'aws:MultiFactorAuthPresent': ['true'] } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': ['false'] } },
  { Null: { 'aws:PrincipalTag/team': ['true'] } },
  { Null: { 'aws:username': ['false'] } },
);
const condition = fc
  .array(fc.oneof(stringCondition, arnCondition, otherCondition), { maxLength: 2 })
  .map((parts) => Object.assign({}, ...parts) as NonNullable<RawStatement['Condition']>);

const element = (key: 'Action' | 'Resource', values: readonly string[]): fc.Arbitrary<Partial<RawStatement>> =>
  fc.tuple(fc.constantFrom('', 'Not'), someOf(values)).map(([not, patterns]) => ({ [`${not}${key}`]: patterns }));

/** Any statement of an identity-based policy. */
export const statementArbitrary: fc.Arbitrary<RawStatement> = fc
  .tuple(
    fc.constantFrom('Allow' as const, 'Allow' as const, 'Deny' as const),
    element('Action', ACTION_PATTERNS),
    element('Resource', RESOURCE_PATTERNS),
    fc.option(condition, { nil: undefined, freq: 2 }),
  )
  .map(([Effect, action, resource, Condition]) => ({
    Effect,
    ...action,
    ...resource,
    ...(Condition === undefined ? {} : { Condition }),
  }));

/** Any identity-based policy document. */
export const documentArbitrary: fc.Arbitrary<RawDocument> = fc
  .tuple(
    fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17', undefined),
    fc.array(statementArbitrary, { minLength: 1, maxLength: 3 }),
  )
  .map(([version, Statement]) => (version === undefined ? { Statement } : { Version: version, Statement }));

/** The policies of a principal. */
export interface Policies {
  readonly identity: readonly RawDocument[];
  readonly boundary: readonly RawDocument[] | null;
}

/** The policies of any principal, with a boundary or without. */
export const policiesArbitrary: fc.Arbitrary<Policies> = fc.record({
  identity: fc.array(documentArbitrary, { minLength: 1, maxLength: 2 }),
  boundary: fc.option(
    documentArbitrary.map((document) => [document]),
    { freq: 3 },
  ),
});

/** A request: its whole context, and which keys of it the engine is told. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
  readonly hidden: readonly string[];
}

/** Any request. */
export const requestArbitrary: fc.Arbitrary<Request> = fc.record({
  action: fc.constantFrom(...ACTIONS).chain(caseOf),
  resource: fc.constantFrom(...RESOURCES, '*'),
  context: fc.record(
    Object.fromEntries(Object.entries(KEY_VALUES).map(([key, values]) => [key, fc.constantFrom(...values)])),
    { requiredKeys: [] },
  ) as fc.Arbitrary<Record<string, string>>,
  hidden: fc.subarray(Object.keys(KEY_VALUES)),
});

/** Every key that conditions may ask for. */
export const CONTEXT_KEYS = Object.keys(KEY_VALUES);
