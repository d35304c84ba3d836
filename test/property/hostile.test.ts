import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDocumentCompiler } from '../../src/cli/decide-documents.ts';
import { decideLine } from '../../src/cli/decide-line.ts';
import type { NaiveRequest } from '../naive/naive-request.ts';
import { askEngine } from './ask-engine.ts';

const parameters = { numRuns: 2_000, seed: 20_260_926 };
const compile = createDocumentCompiler();

const NASTY_KEYS = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'length', ''];
const NASTY_TEXTS = [
  ...NASTY_KEYS,
  '*',
  '${',
  '${}',
  '${*}',
  '${${a}}',
  "${a,'b'",
  '${__proto__}',
  'arn:::::',
  'arn:',
  ':',
  '*:*',
  '\u0000',
  '\ud800',
  '1e999',
  '-0',
  '0x10',
  'NaN',
  '::',
  '1.2.3.4/33',
  '2026-13-45',
  '+999999-01-01T00:00:00Z',
  '9'.repeat(400),
];
const nastyText = fc.oneof(fc.constantFrom(...NASTY_TEXTS), fc.string({ unit: 'binary', maxLength: 20 }));
const nasty = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    nastyText,
    fc.constantFrom(null, true, 0, -1, 1e308),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.oneof(fc.constantFrom(...NASTY_KEYS, ...['Effect', 'AWS', 'Null', 'Bool']), nastyText),
      tie('value'),
      {
        maxKeys: 3,
      },
    ),
  ),
})).value;

const OPERATORS = [
  ...['StringEquals', 'StringNotLike', 'ArnLike', 'NumericLessThan', 'DateGreaterThan', 'Bool', 'BinaryEquals'],
  ...['IpAddress', 'NotIpAddress', 'Null', 'ForAllValues:StringLike', 'ForAnyValue:DateNotEqualsIfExists'],
  ...['__proto__', 'StringLikes', 'NullIfExists', 'ForAllValues:', ':'],
];
const almostStatement = fc.record(
  {
    Effect: fc.oneof({ weight: 5, arbitrary: fc.constantFrom('Allow', 'Deny') }, nasty),
    Action: fc.oneof({ weight: 5, arbitrary: fc.constantFrom('*', 's3:*', 's3:GetObject') }, nasty),
    Resource: fc.oneof({ weight: 5, arbitrary: fc.constantFrom('*', 'arn:aws:s3:::b/${aws:username}') }, nasty),
    Principal: fc.oneof(fc.constantFrom('*', { AWS: '*' }), nasty),
    Condition: fc.oneof(
      {
        weight: 5,
        arbitrary: fc.dictionary(fc.constantFrom(...OPERATORS), fc.dictionary(nastyText, nasty, { maxKeys: 2 }), {
          maxKeys: 2,
        }),
      },
      nasty,
    ),
  },
  { requiredKeys: ['Effect', 'Action'] },
);
const almostDocument = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.array(almostStatement, { maxLength: 2 }).map((Statement) => ({ Version: '2012-10-17', Statement })),
  },
  fc.record({ Version: nasty, Statement: nasty }),
);

const REQUEST: NaiveRequest['request'] = {
  principalArn: 'arn:aws:iam::111122223333:user/alice',
  principalType: 'user',
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::b/alice',
  resourceAccount: '111122223333',
};

/** JSON with a key `__proto__` as a stranger would write it. */
const textOf = (value: unknown): string => JSON.stringify(value);

test('no policy, however broken, makes an exception or touches a prototype', () => {
  const context = fc.dictionary(nastyText, fc.array(nastyText, { maxLength: 2 }), { maxKeys: 4 });
  fc.assert(
    fc.property(almostDocument, almostDocument, context, fc.boolean(), (identity, resourcePolicy, held, open) => {
      const answer = decideLine(
        textOf({
          id: 1,
          request: { ...REQUEST, context: held, ...(open ? { unknownContext: ['*'] } : {}) },
          identityPolicies: [{ name: 'p', document: identity }],
          resourcePolicy,
        }),
        compile,
      );
      expect(answer.id).toBe(1);
      expect(answer.error === undefined).toBe(answer.decision !== undefined);
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    parameters,
  );
});

test('no line makes an exception', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    nasty.map(textOf),
    nasty.map((request) => textOf({ id: 'x', request })),
    fc
      .dictionary(fc.constantFrom(...Object.keys(REQUEST)), nasty)
      .map((over) => textOf({ request: { ...REQUEST, ...over } })),
  );
  fc.assert(
    fc.property(line, (text) => {
      const answer = decideLine(text, compile);
      expect(answer.error === undefined).toBe(answer.decision !== undefined);
      expect(Object.keys(Object.prototype)).toEqual([]);
    }),
    parameters,
  );
});

test('keys named as members of objects are keys like any other', () => {
  for (const key of NASTY_KEYS.filter((each) => each !== '')) {
    const document = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"${key}":"a"}}}}`;
    const asked = (context: string) =>
      decideLine(
        `{"id":1,"request":${textOf(REQUEST).slice(0, -1)},"context":${context}},"identityPolicies":[{"name":"p","document":${document}}]}`,
        compile,
      );
    expect([key, asked('{}').decision]).toEqual([key, 'ImplicitlyDenied']);
    if (key !== '__proto__') expect([key, asked(`{"${key}":["a"]}`).decision]).toEqual([key, 'Allowed']);
  }
});

const LONG = 100_000;
const askLong = (statement: Readonly<Record<string, unknown>>, over: Partial<NaiveRequest['request']>) =>
  askEngine({
    request: { ...REQUEST, ...over },
    identityPolicies: [
      {
        name: 'p',
        document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*', ...statement } },
      },
    ],
  }).decision;
const condition = (operator: string, value: string, held: string) =>
  askLong({ Condition: { [operator]: { 'a:b': value } } }, { context: { 'a:b': [held] } });

// These simply end: what takes the product of the lengths, or more, would not in the time that a test has.
test('patterns with many wildcards against long texts end', () => {
  const stars = `${'*a'.repeat(5_000)}*b`;
  const text = 'a'.repeat(LONG);
  expect(askLong({ Resource: `arn:aws:s3:::${stars}` }, { resource: `arn:aws:s3:::${text}` })).toBe('ImplicitlyDenied');
  expect(askLong({ Resource: `arn:aws:s3:::${stars}` }, { resource: `arn:aws:s3:::${text}b` })).toBe('Allowed');
  expect(askLong({ Action: `s3:${stars}` }, { action: `s3:${text}` })).toBe('ImplicitlyDenied');
  expect(condition('StringLike', stars, text)).toBe('ImplicitlyDenied');
  expect(condition('StringLike', stars, `${text}b`)).toBe('Allowed');
  expect(condition('ArnLike', `arn:aws:s3:::${stars}`, `arn:aws:s3:::${text}b`)).toBe('Allowed');
  expect(condition('ArnLike', `arn:${'*a'.repeat(500)}*b:*:*:*:*`, `arn:${text}:::::`)).toBe('ImplicitlyDenied');
});

test('patterns with question marks and parts end', () => {
  const text = 'a'.repeat(10_000);
  expect(condition('StringLike', `${'*?a'.repeat(300)}b`, text)).toBe('ImplicitlyDenied');
  expect(askLong({ Resource: `arn:${'*a'.repeat(300)}:*:*:*:x` }, { resource: `arn:${text}:::::x` })).toBe('Allowed');
});

test('long values of every family end', () => {
  const digits = '9'.repeat(LONG);
  expect(condition('NumericEquals', digits, digits)).toBe('Allowed');
  expect(condition('NumericLessThan', `0.${'0'.repeat(LONG)}1`, `0.${'0'.repeat(LONG)}01`)).toBe('Allowed');
  expect(condition('DateEquals', digits, `${digits}x`)).toBe('ImplicitlyDenied');
  expect(condition('IpAddress', '::'.repeat(LONG), '::1')).toBe('ImplicitlyDenied');
  expect(condition('IpAddress', '::/0', ':'.repeat(LONG))).toBe('ImplicitlyDenied');
  expect(condition('BinaryEquals', 'QUFB'.repeat(LONG), 'QUFB'.repeat(LONG))).toBe('Allowed');
  expect(condition('StringEquals', '${'.repeat(LONG), 'x')).toBe('ImplicitlyDenied');
  expect(condition('StringEquals', `\${${'a'.repeat(LONG)}`, 'x')).toBe('ImplicitlyDenied');
  expect(condition('StringLike', "${a, 'x'}".repeat(5_000), 'x'.repeat(5_000))).toBe('Allowed');
});

test('many statements whose conditions are all left open end', () => {
  const statement = (Effect: string, index: number) => ({
    Effect,
    Action: '*',
    Resource: '*',
    Condition: {
      StringLike: { [`aws:RequestTag/${index % 20}`]: [`${index}*`, `*${index}`, `${index}?${index}`] },
      ...(index % 3 === 0 ? { IpAddress: { 'aws:SourceIp': `10.${index % 256}.0.0/16` } } : {}),
    },
  });
  const Statement = Array.from({ length: 400 }, (_, index) => statement(index % 2 === 0 ? 'Allow' : 'Deny', index));
  const answer = askEngine({
    request: { ...REQUEST, unknownContext: ['*'] },
    identityPolicies: [{ name: 'p', document: { Version: '2012-10-17', Statement } }],
  });
  expect(answer.decision).toBe('AllowedIf');
});
