import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDocumentCompiler } from './decide-documents.ts';
import { decideLine } from './decide-line.ts';

const compile = createDocumentCompiler();
const answer = (value: unknown) => decideLine(typeof value === 'string' ? value : JSON.stringify(value), compile);

const document = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Read', Effect: 'Allow', Action: 's3:Get*', Resource: '*' }],
};
const request = {
  principalArn: 'arn:aws:iam::111122223333:user/alice',
  principalType: 'user',
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::amzn-s3-demo-bucket/key',
  resourceAccount: '111122223333',
};
const line = { id: 'a', request, identityPolicies: [{ name: 'reader', document }] };
const when = (condition: object) => ({
  ...line,
  identityPolicies: [{ document: { ...document, Statement: { ...document.Statement[0], Condition: condition } } }],
});

describe('an answer', () => {
  test('of what is allowed names the statements', () => {
    expect(answer(line)).toEqual({
      id: 'a',
      decision: 'Allowed',
      because: [{ policy: 'reader', statement: 0, sid: 'Read', pointer: '/identityPolicies/0/document/Statement/0' }],
    });
  });

  test('of an explicit denial names the statements', () => {
    const Statement = { Effect: 'Deny', Action: '*', Resource: '*' };
    expect(answer({ ...line, groupPolicies: [{ name: 'g', document: { Statement } }] })).toMatchObject({
      decision: 'ExplicitlyDenied',
      because: [{ policy: 'g', statement: 0, sid: null, pointer: '/groupPolicies/0/document/Statement' }],
    });
  });

  test('of an implicit denial names what is silent', () => {
    expect(answer({ ...line, scps: [[{ name: 'Full', document }], []] })).toMatchObject({
      decision: 'ImplicitlyDenied',
      because: [{ silent: 'scp', level: 1 }],
    });
    expect(answer({ id: 7, request })).toEqual({
      id: 7,
      decision: 'ImplicitlyDenied',
      because: [{ silent: 'identity' }],
    });
  });

  test('of what depends on unknown context names the conditions', () => {
    const unknown = { ...request, unknownContext: ['AWS:SourceVpc'] };
    expect(answer({ ...when({ StringEquals: { 'aws:SourceVpc': 'vpc-1' } }), request: unknown })).toMatchObject({
      decision: 'AllowedIf',
      conditions: {
        text: '`aws:SourceVpc` is `vpc-1`',
        formula: { operator: 'StringEquals', key: 'aws:SourceVpc', values: ['vpc-1'] },
      },
    });
  });

  test('of what cannot be told names the place', () => {
    const broken = { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { StringLikes: {} } };
    const policies = [...line.identityPolicies, { name: 'b', document: { Statement: [broken] } }];
    const place = {
      policy: 'b',
      pointer: '/identityPolicies/1/document/Statement/0/Condition/StringLikes',
      message: 'unknown condition operator `StringLikes`',
    };
    expect(answer({ ...line, identityPolicies: policies })).toEqual({
      id: 'a',
      decision: 'Undetermined',
      because: [place],
      warnings: [place],
    });
  });

  test('explains itself where it is asked to', () => {
    expect(answer({ ...line, explain: true, scps: [[]] })).toMatchObject({
      explanation: {
        verdicts: [
          { limit: 'scp', level: 0, verdict: 'silent', statements: [] },
          { limit: 'identity', verdict: 'allowed', statements: [{ policy: 'reader', sid: 'Read' }] },
          { limit: 'resource-policy', verdict: 'silent' },
        ],
        change: { kind: 'allow', limit: 'scp', level: 0 },
      },
    });
  });
});

describe('context', () => {
  const username = { StringEquals: { 'aws:username': 'alice' } };
  const asking = (more: object, condition: object = username) =>
    answer({ ...when(condition), request: { ...request, ...more } }).decision;

  test('holds what follows from the principal, unless it is complete', () => {
    expect(asking({ contextComplete: false })).toBe('Allowed');
    expect(asking({})).toBe('Allowed');
    expect(asking({ contextComplete: true })).toBe('ImplicitlyDenied');
  });

  test('that is given wins over what follows from the principal', () => {
    expect(asking({ context: { 'AWS:UserName': ['bob'] } })).toBe('ImplicitlyDenied');
    expect(asking({ unknownContext: ['aws:username'] })).toBe('AllowedIf');
    expect(asking({ unknownContext: ['*'] })).toBe('Allowed');
    expect(asking({ unknownContext: ['*'], contextComplete: true })).toBe('AllowedIf');
  });

  test('takes a bare value for a list of one', () => {
    expect(asking({ context: { 'aws:SourceVpc': 'vpc-1' } }, { StringEquals: { 'aws:SourceVpc': 'vpc-1' } })).toBe(
      'Allowed',
    );
    expect(asking({ context: { 'aws:x': true } }, { StringEquals: { 'aws:x': 'true' } })).toBe('Allowed');
  });

  test('an empty string is a value, a missing key is none', () => {
    const isNull = { Null: { 'aws:SourceVpc': 'true' } };
    expect(asking({ context: { 'aws:SourceVpc': [''] } }, isNull)).toBe('ImplicitlyDenied');
    expect(asking({}, isNull)).toBe('Allowed');
  });

  test('keys like members of objects are keys', () => {
    const text = JSON.stringify(line).replace('"resourceAccount"', '"context":{"__proto__":["x"]},"resourceAccount"');
    expect(answer(text).decision).toBe('Allowed');
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  test.each([
    ['role', 'arn:aws:iam::111122223333:role/a/deploy', 'arn:aws:iam::111122223333:role/a/deploy', 'AssumedRole'],
    [
      'assumedRole',
      'arn:aws:sts::111122223333:assumed-role/deploy/s',
      'arn:aws:iam::111122223333:role/deploy',
      'AssumedRole',
    ],
    [
      'federatedUser',
      'arn:aws:sts::111122223333:federated-user/f',
      'arn:aws:sts::111122223333:federated-user/f',
      'FederatedUser',
    ],
    ['root', 'arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:root', 'Account'],
  ])('of a caller of type %s', (principalType, principalArn, arn, type) => {
    const of = { principalType, principalArn };
    const resource = { action: 'kms:Decrypt', resource: 'arn:aws:kms:us-east-1:111122223333:key/1' };
    const Statement = {
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Principal: '*',
      Condition: {
        StringEquals: { 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': '111122223333', 'aws:PrincipalType': type },
        Null: { 'aws:username': 'true' },
      },
    };
    const resourcePolicy = { Version: '2012-10-17', Statement };
    expect(answer({ request: { ...request, ...resource, ...of }, resourcePolicy }).decision).toBe('Allowed');
  });
});

describe('documents', () => {
  test.each([
    ['JSON text', JSON.stringify(document)],
    ['URL-encoded text', encodeURIComponent(JSON.stringify(document))],
  ])('come as %s too', (_form, text) => {
    expect(answer({ ...line, identityPolicies: [{ document: text }] }).decision).toBe('Allowed');
  });

  test.each([
    ['without a name', { document }, { policy: 'resourcePolicy', pointer: '/resourcePolicy/document/Statement' }],
    ['with one', { name: 'bucket', document }, { policy: 'bucket', pointer: '/resourcePolicy/document/Statement' }],
    ['bare', document, { policy: 'resourcePolicy', pointer: '/resourcePolicy/Statement' }],
  ])('stand in a policy, or alone: %s', (_form, given, { policy, pointer }) => {
    const Statement = { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' };
    const text = JSON.stringify(given).replace(/"Statement":\[.*?\]/, `"Statement":${JSON.stringify(Statement)}`);
    const resourcePolicy = JSON.parse(text) as object;
    expect(answer({ ...line, resourcePolicy })).toMatchObject({ because: [{ policy, pointer }] });
    expect(answer({ ...line, scps: [[resourcePolicy, document]] }).warnings).toMatchObject([
      { pointer: pointer.replace('/resourcePolicy', '/scps/0/0') },
    ]);
  });

  test('that are no JSON grant nothing, and could have denied', () => {
    const broken = { name: 'b', document: '{"Statement":' };
    expect(answer({ ...line, identityPolicies: [broken] }).decision).toBe('ImplicitlyDenied');
    expect(answer({ ...line, identityPolicies: [...line.identityPolicies, broken] })).toMatchObject({
      decision: 'Undetermined',
      because: [{ policy: 'b', pointer: '/identityPolicies/0/document'.replace('0', '1') }],
    });
  });

  test('are forgotten when there is no room, with the same answers', () => {
    const forgetful = createDocumentCompiler(100);
    const again = Array.from({ length: 5 }, () => decideLine(JSON.stringify(line), forgetful));
    expect(again).toEqual(Array.from({ length: 5 }, () => answer(line)));
  });
});

describe('a bad line', () => {
  test.each<[string, unknown, unknown, string]>([
    ['no JSON', '{"id":"x","request":', 'x', 'the line is no JSON'],
    ['no JSON at all', 'hello', null, 'the line is no JSON'],
    ['no object', [1], null, 'expected object, received array'],
    ['null', 'null', null, 'expected object, received null'],
    ['no request', { id: 1 }, 1, 'request: is missing'],
    [
      'a pattern as action',
      { id: 1, request: { ...request, action: 's3:*' } },
      1,
      'request.action: expected an action, such as `iam:PassRole`',
    ],
    [
      'an unknown type',
      { request: { ...request, principalType: 'group' } },
      null,
      'request.principalType: expected one of "user"|"role"|"assumedRole"|"federatedUser"|"root"|"service"|"federated"|"anonymous"',
    ],
    [
      'an ARN of another type',
      { request: { ...request, principalType: 'role' } },
      null,
      'request.principalArn: `arn:aws:iam::111122223333:user/alice` is not the ARN of a caller of type `role`, such as `arn:aws:iam::111122223333:role/deploy`',
    ],
    [
      'a field that nobody knows',
      { request: { ...request, unknowContext: ['*'] } },
      null,
      'request: unknown field `unknowContext`',
    ],
    [
      'an account',
      { request: { ...request, resourceAccount: '1111' } },
      null,
      'request.resourceAccount: `1111` is not an account id of twelve digits',
    ],
    [
      'a policy',
      { request, groupPolicies: [7] },
      null,
      'groupPolicies.0.document: expected a policy document, as an object or as text',
    ],
    [
      'a document',
      { request, scps: [[{ document: 5 }]] },
      null,
      'scps.0.0.document: expected a policy document, as an object or as text',
    ],
    [
      'context',
      { request: { ...request, context: { a: {} } } },
      null,
      'request.context.a: expected text or a list of texts',
    ],
  ])('with %s tells what is wrong', (_title, value, id, error) => {
    expect(answer(value)).toEqual({ id, error });
  });

  test('may be nested as deeply as it likes', () => {
    const deep = (text: string) => `${'['.repeat(100_000)}${text}${']'.repeat(100_000)}`;
    expect(answer(deep('')).error).toMatch(/^the line is no JSON$|received array$/);
    expect(answer(`{"id":${deep('')}}`).error).toBeDefined();
    expect(answer(`{"request":${JSON.stringify(request)},"resourcePolicy":{"a":${deep('')}}}`)).toMatchObject({
      id: null,
    });
  });

  test('never throws, whatever it holds and wherever', () => {
    const places = Object.keys({ ...line, resourcePolicy: 0, scps: 0, rcps: 0, endpointPolicies: 0, settings: 0 });
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>({ document: [] }, [[{ document: '%' }]], { s3: 1 }));
    const anything = fc.tuple(fc.constantFrom(...places), odd).map(([place, value]) => ({ ...line, [place]: value }));
    const statement = fc.tuple(fc.constantFrom('Principal', 'Action', 'Resource', 'Condition', 'Effect', 'Sid'), odd);
    const document = statement.map(([element, value]) => ({
      ...line,
      resourcePolicy: {
        Version: '2012-10-17',
        Statement: { Effect: 'Deny', Action: '*', Principal: '*', [element]: value },
      },
    }));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), anything, document), (given) => {
        const { decision, error } = answer(given);
        expect(decision === undefined).toBe(error !== undefined);
      }),
      { seed: 20_261_122, numRuns: 1_000 },
    );
  });

  test('tells all that is wrong', () => {
    expect(answer({ request: { ...request, action: 1, resource: 'x' } }).error).toBe(
      'request.action: expected string, received number; request.resource: expected an ARN, or `*` for an action that takes no resource',
    );
  });
});
