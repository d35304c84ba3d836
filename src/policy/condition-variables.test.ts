import { describe, expect, test } from 'vitest';
import { compileCondition } from './compile-condition.ts';
import type { ContextLookup } from './context-lookup.ts';
import type { PolicyDocument } from './policy-document.ts';

const holds = (
  operator: string,
  values: readonly string[],
  present: string | readonly string[],
  others: ContextLookup,
  version: PolicyDocument['version'] = '2012-10-17',
): boolean | null => {
  const own = typeof present === 'string' ? [present] : present;
  return compileCondition({ operator, key: 'K', values }, version).holds((key) => (key === 'k' ? own : others(key)));
};

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
describe('Policy elements: Variables and tags', () => {
  const tagged: ContextLookup = (key) => {
    if (key === 'aws:principaltag/team') return ['red*'];
    if (key === 'aws:calledvia') return ['a', 'b'];
    if (key === 'aws:tagkeys') return [];
    return key === 'aws:userid' ? 'unknown' : 'absent';
  };
  const TEAM = '${aws:PrincipalTag/Team}';

  test.each([
    ['StringEquals', [TEAM], 'red*', true],
    ['StringNotEquals', [TEAM], 'red*', false],
    ['StringLike', ['x${AWS:principaltag/TEAM}y'], 'xred*y', true],
    // Wildcards of a value stand for themselves.
    ['StringLike', [TEAM], 'redder', false],
    ['StringLike', ['${*}?'], '*a', true],
    ['StringEquals', ['${$}{aws:username}'], '${aws:username}', true],
    ['ArnLike', ['arn:aws:s3:::${aws:PrincipalTag/team}'], 'arn:aws:s3:::red*', true],
    ['ArnLike', ['arn:aws:s3:::${aws:PrincipalTag/team}'], 'arn:aws:s3:::redder', false],
    ['StringEquals', ["${aws:username, 'nobody'}"], 'nobody', true],
    ['StringEquals', ["${aws:PrincipalTag/team, 'nobody'}"], 'nobody', false],
    ['StringEquals', ["${ aws:username , 'nobody' }"], 'nobody', true],
    ['StringEquals', ["${aws:PrincipalTag/team , 'nobody'}"], 'red*', true],
    ['StringEquals', ["${aws:TagKeys, 'nobody'}"], 'nobody', true],
    ['StringEquals', ["${aws:username, ''}"], '', true],
    ['StringLike', ['${?}'], '?', true],
    ['StringLike', ['${?}'], 'a', false],
    ['StringEquals', ['${aws:username'], '${aws:username', true],
    // Without value and default nothing matches, negated or not.
    ['StringEquals', ['${aws:username}'], '', false],
    ['StringNotEquals', ['${aws:username}'], 'x', false],
    ['StringNotEquals', ['x', '${aws:username}'], 'a', false],
    ['StringEquals', ['x', '${aws:username}'], 'x', true],
    // Keys with several values are no variables.
    ['StringNotEquals', ['${aws:CalledVia}'], 'x', false],
    // Nor are there variables in the other operators.
    ['NumericEquals', ["${s3:max-keys, '5'}"], '5', false],
  ] as const)('%s %j of %j is %s', (operator, values, present, expected) => {
    expect(holds(operator, values, present, tagged)).toBe(expected);
  });

  test.each([
    ['StringEquals', ['${aws:userid}'], 'x', null],
    ['StringNotEquals', ['${aws:userid}'], 'x', null],
    ['StringEquals', ['x', '${aws:userid}'], 'x', true],
    ['StringLike', ['*', '${aws:userid}'], 'x', true],
    ['StringNotEquals', ['x', '${aws:userid}'], 'x', false],
    ['StringNotEquals', ['${aws:username}', '${aws:userid}'], 'x', false],
    ['ForAnyValue:StringEquals', ['${aws:userid}', 'b'], ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['${aws:userid}', 'b'], ['a', 'b'], null],
  ] as const)('where a variable is unknown, %s %j of %j is %s', (operator, values, present, expected) => {
    expect(holds(operator, values, present, tagged)).toBe(expected);
  });

  test('count as they are in each request', () => {
    const { holds: own } = compileCondition({ operator: 'StringEquals', key: 'k', values: ['${x}'] }, '2012-10-17');
    const request =
      (value: string): ContextLookup =>
      (key) =>
        key === 'k' ? ['a'] : [value];
    expect(['a', 'b', 'a'].map((value) => own(request(value)))).toEqual([true, false, true]);
  });

  test.each<[string, readonly string[], readonly Readonly<Record<string, string>>[], readonly boolean[]]>([
    [
      'one of two changes',
      ['${x}', '${y}'],
      [
        { x: 'a', y: 'k' },
        { x: 'a', y: 'b' },
      ],
      [true, false],
    ],
    ['one of two goes', ['${x}', '${y}'], [{ x: 'a', y: 'k' }, { x: 'a' }], [true, false]],
    [
      'all but the text between changes',
      ['${x}-${y}'],
      [
        { x: 'a', y: 'b' },
        { x: 'c', y: 'd', k: 'a-b' },
      ],
      [false, false],
    ],
    [
      'the text between stays',
      ['${x}-${y}'],
      [
        { x: 'a', y: 'b', k: 'a-b' },
        { x: 'c', y: 'd', k: 'a-b' },
      ],
      [true, false],
    ],
    [
      'a star is a value in one, a wildcard in the next',
      ['${x}*', '*${y}'],
      [
        { x: '*', k: '*k' },
        { y: '*', k: '*k' },
      ],
      [true, false],
    ],
  ])('count anew where %s', (_title, values, requests, expected) => {
    const { holds: own } = compileCondition({ operator: 'StringLike', key: 'k', values }, '2012-10-17');
    const asked = requests.map((request) => own((key) => [request[key] ?? (key === 'k' ? 'k' : [])].flat()));
    expect(asked).toEqual(expected);
  });

  test.each(['${aws:username, nobody}', "${aws:username, 'nobody}", "${aws:username, nobody'}", "${aws:username, '}"])(
    'are none where the default is not quoted: %s',
    (text) => {
      expect(holds('StringEquals', [text], text, tagged)).toBe(true);
      expect(holds('StringEquals', [text], 'nobody', tagged)).toBe(false);
    },
  );

  test('are text in the older version of the language', () => {
    expect(holds('StringEquals', [TEAM], TEAM, tagged, '2008-10-17')).toBe(true);
    expect(holds('StringLike', ['${*}'], '${anything}', tagged, '2008-10-17')).toBe(true);
  });

  test('stand replaced in what is left undecided', () => {
    const left = (operator: string, ...values: readonly string[]) =>
      compileCondition({ operator, key: 'k', values }, '2012-10-17').left(tagged);
    expect(left('StringEquals', TEAM)).toEqual({
      operator: 'StringEquals',
      key: 'k',
      values: ['red*'],
      variables: false,
    });
    expect(left('StringLike', `${TEAM}/*`)).toMatchObject({ values: ['red${*}/*'], variables: true });
    expect(left('StringLike', 'a', '${aws:userid}')).toMatchObject({ values: ['a', '${aws:userid}'], variables: true });
    expect(left('StringEquals', 'a', '${aws:username}')).toMatchObject({ values: ['a'], variables: false });
    // Only a request without the key is left.
    const absent = { operator: 'Null', values: ['true'] };
    expect(left('StringNotEquals', '${aws:username}')).toMatchObject(absent);
    expect(left('StringNotEquals', 'x', '${aws:username}')).toMatchObject(absent);
    expect(left('StringEqualsIfExists', '${aws:username}')).toMatchObject(absent);
  });
});

describe('a key of which nothing is known', () => {
  test.each([
    ['StringEquals', ['x'], null],
    ['Null', ['true'], null],
    ['StringEquals', ['${aws:userid}'], null],
    // No value can fulfil it, nor its absence.
    ['StringEquals', ['${aws:username}'], false],
    ['StringEqualsIfExists', ['${aws:username}'], null],
    ['NoSuchOperator', ['x'], null],
  ])('%s %j is %s', (operator, values, expected) => {
    const unknown: ContextLookup = (key) => (['k', 'aws:userid'].includes(key) ? 'unknown' : 'absent');
    expect(compileCondition({ operator, key: 'K', values }, '2012-10-17').holds(unknown)).toBe(expected);
  });
});
