import { describe, expect, test } from 'vitest';
import { parsePolicyDocument } from './parse-policy-document.ts';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const parseStatement = (statement: unknown) => parsePolicyDocument({ Version: '2012-10-17', Statement: [statement] });
const problemsOf = (statement: unknown) =>
  parseStatement(statement).problems.map(({ pointer, message }) => [pointer, message]);

test('a whole document', () => {
  const document = parsePolicyDocument({
    Version: '2012-10-17',
    Id: 'my-policy',
    Statement: [
      {
        Sid: 'One',
        Effect: 'Deny',
        Principal: { AWS: ['111122223333', 'arn:aws:iam::111122223333:root'], Service: 'ec2.amazonaws.com' },
        NotAction: ['s3:Get*', 'iam:*'],
        NotResource: 'arn:aws:s3:::b/*',
        Condition: { Bool: { 'aws:SecureTransport': false }, NumericLessThan: { 's3:max-keys': [10, '20'] } },
      },
    ],
  });
  expect(document).toMatchObject({ version: '2012-10-17', id: 'my-policy', problems: [] });
  expect(document.statements).toEqual([
    {
      index: 0,
      pointer: '/Statement/0',
      sid: 'One',
      effect: 'Deny',
      principal: {
        kind: 'principal',
        aws: ['111122223333', 'arn:aws:iam::111122223333:root'],
        service: ['ec2.amazonaws.com'],
        federated: [],
        canonicalUser: [],
      },
      action: { kind: 'notAction', patterns: ['s3:Get*', 'iam:*'] },
      resource: { kind: 'notResource', patterns: ['arn:aws:s3:::b/*'] },
      conditions: [
        { operator: 'Bool', key: 'aws:SecureTransport', values: ['false'] },
        { operator: 'NumericLessThan', key: 's3:max-keys', values: ['10', '20'] },
      ],
    },
  ]);
});

test('the version is the old one where the document gives none', () => {
  expect(parsePolicyDocument({ Statement: allow }).version).toBe('2008-10-17');
});

test('a star as principal is everybody', () => {
  const everybody = { kind: 'notPrincipal', aws: ['*'], service: [], federated: [], canonicalUser: [] };
  expect(parseStatement({ Effect: 'Deny', NotPrincipal: '*', Action: '*' }).statements[0]?.principal).toEqual(
    everybody,
  );
});

test('an Action and a Resource of stars alone', () => {
  const { statements, problems } = parsePolicyDocument({
    Statement: [
      { ...allow, Action: '**', Resource: '**' },
      { ...allow, Action: '**:**' },
    ],
  });
  expect(problems).toEqual([]);
  expect(statements.map(({ action, resource }) => [action, resource])).toEqual([
    [
      { kind: 'action', patterns: ['**'] },
      { kind: 'resource', patterns: ['**'] },
    ],
    [
      { kind: 'action', patterns: ['**:**'] },
      { kind: 'resource', patterns: ['*'] },
    ],
  ]);
});

test('a trust policy has no resource', () => {
  const trust = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
  expect(parseStatement(trust).statements[0]).toMatchObject({
    principal: { kind: 'principal', aws: [], service: ['ec2.amazonaws.com'], federated: [], canonicalUser: [] },
    resource: null,
  });
});

describe('text', () => {
  const encoded =
    '%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3AGetObject%22%2C%22Resource%22%3A%22arn%3Aaws%3As3%3A%3A%3Ab%2Fa+b%22%7D%7D';

  test('URL-encoded text is decoded, and `+` stays', () => {
    expect(parsePolicyDocument(encoded).statements[0]?.resource?.patterns).toEqual(['arn:aws:s3:::b/a+b']);
  });

  test('a percent sign in plain JSON is not decoded', () => {
    const text = JSON.stringify({ Statement: { ...allow, Resource: 'arn:aws:s3:::b/%41' } });
    expect(parsePolicyDocument(text).statements[0]?.resource?.patterns).toEqual(['arn:aws:s3:::b/%41']);
  });

  test('a byte order mark before the text is no part of it', () => {
    const plain = parsePolicyDocument(decodeURIComponent(encoded));
    expect(parsePolicyDocument(`\uFEFF${decodeURIComponent(encoded)}`)).toEqual(plain);
    expect(parsePolicyDocument(`%EF%BB%BF${encoded}`)).toEqual(plain);
  });

  test('URL-encoded text may begin with white space', () => {
    expect(parsePolicyDocument(`\n ${encoded}`).problems).toEqual([]);
  });

  test.each(['', 'garbage', '{', '%7B', '%zz', '{%22Statement%22:[]}', 'null', '[]', '"text"', '1'])(
    '`%s` is no document and might have been a Deny',
    (text) => {
      const document = parsePolicyDocument(text);
      expect(document.statements).toEqual([]);
      expect(document.problems).toMatchObject([{ pointer: '', skippedEffect: 'unknown' }]);
    },
  );
});

describe('a statement that AWS would refuse is left out and reported', () => {
  test.each([
    ['no effect', { Action: '*', Resource: '*' }, '/Statement/0', 'the statement has no `Effect`'],
    [
      'an effect in small letters',
      { ...allow, Effect: 'allow' },
      '/Statement/0/Effect',
      'effect `allow` is neither `Allow` nor `Deny`',
    ],
    [
      'Action and NotAction',
      { ...allow, NotAction: '*' },
      '/Statement/0',
      'the statement has both `Action` and `NotAction`',
    ],
    [
      'no action',
      { Effect: 'Allow', Resource: '*' },
      '/Statement/0',
      'the statement has neither `Action` nor `NotAction`',
    ],
    ['an empty list of actions', { ...allow, Action: [] }, '/Statement/0/Action', '`Action` is empty'],
    [
      'an action without service',
      { ...allow, Action: 'GetObject' },
      '/Statement/0/Action',
      '`GetObject` is not an action, such as `iam:PassRole` or `iam:Get*`',
    ],
    [
      'a wildcard in the service',
      { ...allow, Action: '*:GetObject' },
      '/Statement/0/Action',
      '`*:GetObject` is not an action, such as `iam:PassRole` or `iam:Get*`',
    ],
    ['an action that is no text', { ...allow, Action: ['s3:*', 7] }, '/Statement/0/Action/1', '`7` is no text'],
    [
      'Resource and NotResource',
      { ...allow, NotResource: '*' },
      '/Statement/0',
      'the statement has both `Resource` and `NotResource`',
    ],
    [
      'a resource that is no ARN',
      { ...allow, Resource: 'my-bucket' },
      '/Statement/0/Resource',
      '`my-bucket` is not an ARN or `*`',
    ],
    ['an unknown element', { ...allow, 'Act/ion': '*' }, '/Statement/0/Act~1ion', 'unknown element `Act/ion`'],
    ['a Sid that is no text', { ...allow, Sid: 1 }, '/Statement/0/Sid', '`Sid` `1` is no text'],
    [
      'an unknown operator',
      { ...allow, Condition: { StringLikes: { 'aws:username': 'a' } } },
      '/Statement/0/Condition/StringLikes',
      'unknown condition operator `StringLikes`',
    ],
    [
      'an operator in small letters',
      { ...allow, Condition: { stringEquals: { 'aws:username': 'a' } } },
      '/Statement/0/Condition/stringEquals',
      'unknown condition operator `stringEquals`',
    ],
    [
      'a condition that is a list',
      { ...allow, Condition: [] },
      '/Statement/0/Condition',
      '`Condition` is no JSON object',
    ],
    [
      'keys that are text',
      { ...allow, Condition: { Bool: 'x' } },
      '/Statement/0/Condition/Bool',
      'the keys of `Bool` are no JSON object',
    ],
    [
      'a null value',
      { ...allow, Condition: { Bool: { 'a/b': null } } },
      '/Statement/0/Condition/Bool/a~1b',
      'condition value `null` is no text, number or boolean',
    ],
    [
      'an unknown kind of principal',
      { ...allow, Principal: { Aws: '*' } },
      '/Statement/0/Principal/Aws',
      'unknown kind of principal `Aws`',
    ],
    [
      'a principal that is an account id alone',
      { ...allow, Principal: '111122223333' },
      '/Statement/0/Principal',
      'the principal `111122223333` is neither `*` nor a JSON object',
    ],
    [
      'two principals',
      { ...allow, Principal: '*', NotPrincipal: '*' },
      '/Statement/0',
      'the statement has both `Principal` and `NotPrincipal`',
    ],
    ['a statement that is text', 'Allow', '/Statement/0', 'the statement is no JSON object'],
  ])('%s', (_name, statement, pointer, message) => {
    expect(parseStatement(statement).statements).toEqual([]);
    expect(problemsOf(statement)).toEqual([[pointer, message]]);
  });

  test.each([
    ['allow', 'Allow'],
    [' DENY ', 'Deny'],
    ['Forbid', 'unknown'],
    ['', 'unknown'],
    [7, 'unknown'],
  ])('an effect written as %j was meant as %s', (effect, meant) => {
    expect(parseStatement({ ...allow, Effect: effect }).problems).toMatchObject([{ skippedEffect: meant }]);
  });

  test('what is long is cut in the message', () => {
    const told = (length: number) => problemsOf({ ...allow, Resource: 'x'.repeat(length) })[0]?.[1];
    expect(told(200)).toBe(`\`${'x'.repeat(200)}\` is not an ARN or \`*\``);
    expect(told(201)).toBe(`\`${'x'.repeat(200)}…\` is not an ARN or \`*\``);
  });

  test('all problems are reported, with the effect of the statement', () => {
    const { problems } = parseStatement({ Effect: 'Deny', Action: 'x', Resource: 'y', Sid: 1, Z: 1 });
    expect(problems.map(({ pointer }) => pointer)).toEqual(
      ['Z', 'Sid', 'Action', 'Resource'].map((element) => `/Statement/0/${element}`),
    );
    expect(new Set(problems.map(({ skippedEffect }) => skippedEffect))).toEqual(new Set(['Deny']));
  });

  test('the others stay, with their place in the document', () => {
    const { statements } = parsePolicyDocument({ Statement: [{ Effect: 'Allow' }, allow] });
    expect(statements.map(({ index }) => index)).toEqual([1]);
  });
});

describe('a document that AWS would refuse', () => {
  const tooDeep = 'the policy document holds something that is no JSON, or is nested deeper than 32 levels';

  test.each([
    ['text that is no JSON', '{', 'the policy document is no JSON'],
    ['text that is not encoded well', '%zz', 'the policy document is neither JSON nor URL-encoded JSON'],
    ['a list', '[]', 'the policy document is no JSON object'],
    ['text that is nested too deep', `${'['.repeat(40)}${']'.repeat(40)}`, tooDeep],
    ['a value that JSON does not have', { Statement: [undefined] }, tooDeep],
  ])('%s', (_title, raw, message) => {
    expect(parsePolicyDocument(raw).problems).toMatchObject([{ pointer: '', message }]);
  });

  test('an unknown version grants nothing', () => {
    const { statements, problems } = parsePolicyDocument({ Version: '2012-10-18', Statement: allow });
    expect(statements).toEqual([]);
    expect(problems).toEqual([
      { pointer: '/Version', message: 'unknown version `2012-10-18`', skippedEffect: 'unknown' },
    ]);
  });

  test('an Id that is no text', () => {
    const { id, problems } = parsePolicyDocument({ Id: 7, Statement: allow });
    expect(id).toBeNull();
    expect(problems).toMatchObject([{ pointer: '/Id', message: '`Id` is no text' }]);
  });

  test('no Statement, and elements that are unknown', () => {
    expect(parsePolicyDocument({ Statements: [] }).problems).toEqual([
      { pointer: '/Statements', message: 'unknown element `Statements`', skippedEffect: null },
      { pointer: '', message: 'the policy document has no `Statement`', skippedEffect: null },
    ]);
  });
});

test('an empty list of statements is reported', () => {
  expect(parsePolicyDocument({ Statement: [] }).problems).toEqual([
    { pointer: '/Statement', message: '`Statement` is empty', skippedEffect: null },
  ]);
});

describe('hostile input does no harm', () => {
  test('keys named like members of objects are keys like others', () => {
    const text = `{"__proto__":{"x":1},"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*",
      "Condition":{"StringEquals":{"__proto__":"a","constructor":"b"}}},{"__proto__":{"Effect":"Allow"}}]}`;
    const { statements, problems } = parsePolicyDocument(text);
    expect(statements[0]?.conditions.map(({ key }) => key)).toEqual(['__proto__', 'constructor']);
    expect(statements).toHaveLength(1);
    expect(problems.map(({ pointer }) => pointer)).toContain('/Statement/1/__proto__');
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  test('deep nesting is refused', () => {
    const deep = `{"Statement":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(parsePolicyDocument(deep).statements).toEqual([]);
    expect(parsePolicyDocument(JSON.parse(deep)).problems).toHaveLength(1);
  });

  test('what is no JSON is refused', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic['Statement'] = cyclic;
    for (const raw of [cyclic, undefined, null, 1n, () => 1, Symbol('x'), { Statement: [1n] }, Number.NaN]) {
      expect(parsePolicyDocument(raw).statements).toEqual([]);
      expect(parsePolicyDocument(raw).problems).not.toEqual([]);
    }
  });

  test('a huge text is read in no time, and quoted in part only', () => {
    const { problems } = parseStatement({ ...allow, Action: 'x'.repeat(1_000_000) });
    expect(problems[0]?.message.length).toBeLessThan(400);
  });
});

test('the hash is that of the content, whatever the order of keys', () => {
  const hash = parsePolicyDocument({ Version: '2012-10-17', Statement: allow }).hash;
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(
    parsePolicyDocument(
      '{"Statement":{"Resource":"*","Effect":"Allow","Action":"s3:GetObject"},"Version":"2012-10-17"}',
    ).hash,
  ).toBe(hash);
  expect(parsePolicyDocument({ Version: '2012-10-17', Statement: [allow] }).hash).not.toBe(hash);
});
