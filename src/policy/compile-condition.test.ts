import { describe, expect, test } from 'vitest';
import { compileCondition } from './compile-condition.ts';

/** What a key `k` of a request holds: values, or null where it is absent. */
type Present = readonly string[] | string | null;

const listed = (present: Present): readonly string[] | 'absent' => {
  if (present === null) return 'absent';
  return typeof present === 'string' ? [present] : present;
};

const holds = (operator: string, values: readonly string[], present: Present): boolean | null =>
  compileCondition({ operator, key: 'K', values }, '2012-10-17').holds((key) =>
    key === 'k' ? listed(present) : 'absent',
  );

type Row = readonly [operator: string, values: readonly string[], present: Present, expected: boolean];

/** Tables of what AWS documents; the title of each begins with the page. */
const table = (title: string, rows: readonly Row[]) =>
  describe(title, () => {
    test.each(rows)('%s %j of %j is %s', (operator, values, present, expected) => {
      expect(holds(operator, values, present)).toBe(expected);
    });
  });

const STORE = 'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
table('Condition operators, "String condition operators"', [
  ['StringEquals', ['iamuser-admin'], 'iamuser-admin', true],
  ['StringEquals', ['iamuser-admin'], 'IamUser-Admin', false],
  ['StringEquals', ['a*'], 'ab', false],
  ['StringEquals', ['a', 'b'], 'b', true],
  ['StringEquals', [''], '', true],
  ['StringNotEquals', ['a', 'b'], 'b', false],
  ['StringNotEquals', ['a', 'b'], 'c', true],
  ['StringEqualsIgnoreCase', ['Team'], 'tEAM', true],
  ['StringNotEqualsIgnoreCase', ['Team'], 'tEAM', false],
  ['StringLike', ['home/*'], 'home/David/x', true],
  ['StringLike', ['home/?'], 'home/xy', false],
  ['StringLike', ['home'], 'home/', false],
  ['StringLike', ['H*'], 'home', false],
  ['StringLike', [''], '', true],
  ['StringLike', [''], 'home', false],
  ['StringLike', ['arn:aws:someservice:*:111122223333:finance/*'], STORE, true],
  ['StringNotLike', ['a*', 'b*'], 'bc', false],
  ['StringNotLike', ['a*', 'b*'], 'c', true],
]);

table('Condition operators, "Numeric condition operators"', [
  ['NumericLessThanEquals', ['10'], '10', true],
  ['NumericLessThanEquals', ['10'], '11', false],
  ['NumericLessThanEquals', ['10'], '9', true],
  ['NumericLessThan', ['10'], '10', false],
  ['NumericLessThan', ['3', '5'], '4', true],
  ['NumericGreaterThan', ['10'], '10.000001', true],
  ['NumericGreaterThanEquals', ['-1'], '-1.0', true],
  ['NumericLessThan', ['-1'], '-10', true],
  ['NumericLessThan', ['-1.2'], '-1.5', true],
  ['NumericLessThan', ['0.5'], '0.05', true],
  ['NumericEquals', ['10'], '10.00', true],
  ['NumericEquals', ['10'], '010', true],
  ['NumericEquals', ['0'], '-0', true],
  ['NumericEquals', ['1e21'], '1000000000000000000000', true],
  ['NumericEquals', ['9007199254740993'], '9007199254740992', false],
  ['NumericNotEquals', ['10', '11'], '11', false],
  ['NumericNotEquals', ['10', '11'], '12', true],
  ['NumericEquals', ['ten'], 'ten', false],
  ['NumericLessThan', ['10'], 'ten', false],
  ['NumericGreaterThan', ['ten'], '11', false],
  ['NumericEquals', ['1'], ' 1', false],
  ['NumericEquals', ['10'], '10 apples', false],
  ['NumericEquals', ['0.5'], '5e-1', true],
  ['NumericEquals', ['50'], '5E+1', true],
  ['NumericEquals', ['0'], '', false],
  ['NumericEquals', ['0'], '-', false],
  ['NumericEquals', ['0'], '.e5', false],
  // Too large to be told from others.
  ['NumericGreaterThan', ['1'], '1e99999999999999999999', false],
  ['NumericEquals', ['1'], '', false],
  ['NumericEquals', ['1'], 'NaN', false],
  ['NumericLessThan', ['1'], '-Infinity', false],
  // Negated matching: text matches no number.
  ['NumericNotEquals', ['10'], 'ten', true],
  ['NumericEqualsIfExists', ['10'], null, true],
  ['NumericEquals', ['10'], null, false],
  ['NumericNotEquals', ['10'], null, true],
]);

const NEW_YEAR = '2020-01-01T00:00:00Z';
table('Condition operators, "Date condition operators"', [
  ['DateGreaterThan', ['2020-01-01T00:00:01Z'], '2020-01-01T00:00:02Z', true],
  ['DateGreaterThan', ['2020-01-01T00:00:01Z'], '2020-01-01T00:00:01Z', false],
  ['DateGreaterThanEquals', ['2020-01-01T00:00:01Z'], '2020-01-01T00:00:01Z', true],
  ['DateLessThan', [NEW_YEAR], '2019-12-31T23:59:59.999Z', true],
  ['DateLessThanEquals', [NEW_YEAR], NEW_YEAR, true],
  ['DateEquals', ['2020-01-01'], NEW_YEAR, true],
  ['DateEquals', ['2020-01'], NEW_YEAR, true],
  ['DateEquals', ['2020-01-01T00:00Z'], NEW_YEAR, true],
  ['DateEquals', ['2020-01-01T02:00:00+02:00'], NEW_YEAR, true],
  ['DateEquals', ['2019-12-31T19:00:00.000-05:00'], NEW_YEAR, true],
  ['DateEquals', ['2020-01-01T02:00:00+02:00'], '2020-01-01T00:00:01Z', false],
  ['DateEquals', ['2020-01-01T05:45:30+05:45'], '2020-01-01T00:00:30Z', true],
  ['DateEquals', ['2020-01-01T05:45:30+05:45'], '2020-01-01T00:00:31Z', false],
  ['DateEquals', ['2020-01-01T00:00:00.25Z'], '1577836800.25', true],
  ['DateLessThan', ['2020-01-01T00:00:00.25Z'], '1577836800.2', true],
  ['DateLessThan', ['2020-01-01T00:00:00.25Z'], '1577836800.3', false],
  ['DateGreaterThan', ['2020-01-01T00:00:59Z'], '2020-01-01T00:01:00Z', true],
  // Epoch time is in seconds, on either side.
  ['DateEquals', ['1577836800'], NEW_YEAR, true],
  ['DateEquals', [NEW_YEAR], '1577836800', true],
  ['DateEquals', ['2020-01-01T00:00:30Z'], '1577836830', true],
  ['DateLessThan', ['1577836800'], '1577836799', true],
  ['DateNotEquals', ['1577836800'], NEW_YEAR, false],
  ['DateNotEquals', ['1577836800'], '1577836801', true],
  ['DateLessThan', ['2020-*'], '2019-01-01', false],
  ['DateGreaterThan', ['2020-01-01T24:00:00Z'], '2026-01-01', false],
  ['DateGreaterThan', ['2020-01-01T00:00:00'], '2026-01-01', false],
  ['DateGreaterThan', ['2020-01-01T00:60:00Z'], '2026-01-01', false],
  ['DateGreaterThan', ['2020-01-01T00:00:60Z'], '2026-01-01', false],
  ['DateGreaterThan', ['2020-02-30'], '2026-01-01', false],
  ['DateGreaterThan', ['on 2020-01-01'], '2026-01-01', false],
  ['DateGreaterThan', ['2020-01-01 or later'], '2026-01-01', false],
  ['DateGreaterThan', ['since 5'], '6', false],
  ['DateGreaterThan', ['5 or so'], '6', false],
  ['DateGreaterThan', ['2020-00-01'], '2026-01-01', false],
  ['DateGreaterThan', ['2020-13-01'], '2026-01-01', false],
  ['DateGreaterThan', ['2020-01-00'], '2026-01-01', false],
  ['DateGreaterThan', ['0000-01-01'], '0001-01-01T00:00:00Z', true],
  ['DateLessThan', ['9999-12-31'], NEW_YEAR, true],
  ['DateGreaterThan', [NEW_YEAR], null, false],
]);

table('Condition operators, "Boolean condition operators"', [
  ['Bool', ['false'], 'false', true],
  ['Bool', ['False'], 'FALSE', true],
  ['Bool', ['true'], 'false', false],
  ['Bool', ['true', 'false'], 'false', true],
  ['Bool', ['yes'], 'yes', false],
  ['Bool', ['untrue'], 'untrue', false],
  ['Bool', ['trueish'], 'trueish', false],
  ['Bool', ['false'], null, false],
  ['BoolIfExists', ['false'], null, true],
]);

table('Condition operators, "Binary condition operators"', [
  ['BinaryEquals', ['QmluYXJ5VmFsdWVJbkJhc2U2NA=='], 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', true],
  ['BinaryEquals', ['QmluYXJ5VmFsdWVJbkJhc2U2NA=='], 'QmluYXJ5VmFsdWVJbkJhc2U2NQ==', false],
  // The last bits of base64 do not count.
  ['BinaryEquals', ['YQ=='], 'YR==', true],
  ['BinaryEquals', ['!'], '!', false],
  ['BinaryEquals', ['!!!!'], '!!!!', false],
  ['BinaryEquals', ['YQ='], 'YQ=', false],
  ['BinaryEquals', ['YQ==YQ=='], 'YQ==YQ==', false],
  ['BinaryEquals', ['!', 'YQ=='], 'YQ==', true],
  ['BinaryEquals', ['YQ=='], null, false],
]);

const MIXED = ['203.0.113.0/24', '2001:DB8:1234:5678::/64'];
table('Condition operators, "IP address condition operators"', [
  ['IpAddress', ['203.0.113.0/24'], '203.0.113.0', true],
  ['IpAddress', ['203.0.113.0/24'], '203.0.113.255', true],
  ['IpAddress', ['203.0.113.0/24'], '203.0.112.255', false],
  ['IpAddress', ['203.0.113.0/24'], '203.0.114.0', false],
  ['IpAddress', ['203.0.113.77/24'], '203.0.113.1', true],
  ['IpAddress', ['203.0.113.7'], '203.0.113.7', true],
  ['IpAddress', ['203.0.113.7'], '203.0.113.8', false],
  ['IpAddress', ['0.0.0.0/0'], '255.255.255.255', true],
  ['IpAddress', ['0.0.0.0/0'], '::', false],
  ['IpAddress', ['::/0'], '10.0.0.1', false],
  ['IpAddress', MIXED, '2001:db8:1234:5678:ffff::1', true],
  ['IpAddress', MIXED, '2001:db8:1234:5679::', false],
  ['IpAddress', ['::1'], '0:0:0:0:0:0:0:1', true],
  ['IpAddress', ['::ffff:10.0.0.1'], '::ffff:a00:1', true],
  ['IpAddress', ['10.0.0.0/8'], '::ffff:10.0.0.1', false],
  ['IpAddress', ['2001:db8::ff/64'], '2001:db8::1', true],
  ['IpAddress', ['::/0'], '0000:0000:0000:0000:0000:ffff:255.255.255.255', true],
  ['IpAddress', ['10.0.0.0/33'], '10.0.0.0', false],
  ['IpAddress', ['::1/129'], '::1', false],
  ['IpAddress', ['10.0.0.0/x8'], '10.0.0.1', false],
  ['IpAddress', ['10.0.0.0/8x'], '10.0.0.1', false],
  ['IpAddress', ['10.0.0.0/8', '10.0.0.0/x8'], '10.0.0.1', true],
  ['IpAddress', ['10.0.0.0/8', '10.0.0.0/8x'], '10.0.0.1', true],
  ['IpAddress', ['everywhere'], '::', false],
  ['IpAddress', ['0.0.0.0/0'], '10.0.0', false],
  ['IpAddress', ['0.0.0.0/0'], '10.0.0.1.0', false],
  ['IpAddress', ['0.0.0.0/0'], '10.0.0.256', false],
  ['IpAddress', ['::/0'], '::1.2.3.4:5', false],
  ['IpAddress', ['::/0'], '::1.2.3', false],
  ['IpAddress', ['10.0.0.0/'], '10.0.0.0', false],
  ['IpAddress', ['10.0.0.0/8'], '10.0.0', false],
  ['IpAddress', ['::/0'], '1:2:3:4:5:6:7:8:9', false],
  ['IpAddress', ['::/0'], '1::2::3', false],
  ['IpAddress', ['::/0'], '1:2:3:4::5:6:7:8', false],
  ['IpAddress', ['::/0'], '1.2.3.4::', false],
  ['IpAddress', ['0.0.0.0/0'], '010.0.0.1', false],
  ['IpAddress', ['::/0'], '1:2:3:4:5:6:7::', true],
  ['IpAddress', ['::/0'], 'fe80::1%eth0', false],
  ['NotIpAddress', MIXED, '203.0.113.9', false],
  ['NotIpAddress', MIXED, '198.51.100.1', true],
  ['NotIpAddress', ['10.0.0.0/8'], '2001:db8::1', true],
  ['NotIpAddress', ['10.0.0.0/8'], null, true],
  ['IpAddress', ['10.0.0.0/8'], null, false],
]);

const SOME_ROLE = 'arn:aws:iam::111122223333:role/path/name';
table('Condition operators, "Amazon Resource Name (ARN) condition operators"', [
  ['ArnLike', ['arn:aws:someservice:*:111122223333:finance/*'], STORE, false],
  ['ArnEquals', [SOME_ROLE], SOME_ROLE, true],
  ['ArnEquals', ['arn:aws:iam::*:role/*'], SOME_ROLE, true],
  ['ArnLike', ['arn:aws:iam::1111?2223333:role/path/nam?'], SOME_ROLE, true],
  ['ArnLike', ['ARN:aws:iam::*:role/*'], SOME_ROLE, false],
  ['ArnLike', ['arn:aws:iam:*:role/*'], SOME_ROLE, false],
  ['ArnLike', ['arn:aws:*'], SOME_ROLE, false],
  ['ArnLike', ['arn:*:*:*:*:*'], 'arn:aws:iam', false],
  ['ArnLike', ['arn:aws:logs:*:*:log-group:*:x'], 'arn:aws:logs:us-east-1:111122223333:log-group:g:x', true],
  ['ArnLike', ['arn:aws:sns:*:*:a*'], 'arn:aws:sns:us-east-1:1:a:b:c', true],
  ['ArnNotLike', ['arn:aws:iam::*:user/*'], SOME_ROLE, true],
  ['ArnNotEquals', [SOME_ROLE, 'arn:aws:iam::1:role/x'], SOME_ROLE, false],
  ['ArnNotLike', ['arn:aws:iam::*:user/*'], null, true],
]);

table('Condition operators, "…IfExists" and "Condition operator to check existence of condition keys"', [
  ['StringLikeIfExists', ['t1.*', 't2.*', 'm3.*'], 't2.micro', true],
  ['StringLikeIfExists', ['t1.*', 't2.*', 'm3.*'], 'c5.large', false],
  ['StringLikeIfExists', ['t1.*'], null, true],
  ['StringNotEqualsIfExists', ['a'], null, true],
  ['Null', ['true'], null, true],
  ['Null', ['true'], 'x', false],
  ['Null', ['false'], null, false],
  ['Null', ['false'], 'x', true],
  ['Null', ['False'], ['x', 'y'], true],
  ['Null', ['false'], [], false],
  ['Null', ['true'], [], true],
  ['Null', ['true', 'false'], 'x', true],
  ['Null', ['maybe'], 'x', false],
]);

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
const ATTRIBUTES = ['PostDateTime', 'Message', 'Tags'];
table('Set operators for multivalued context keys', [
  ['ForAllValues:StringLike', ATTRIBUTES, ['PostDateTime', 'Message'], true],
  ['ForAllValues:StringLike', ATTRIBUTES, ['PostDateTime', 'UserName'], false],
  ['ForAllValues:StringEquals', ATTRIBUTES, null, true],
  ['ForAllValues:StringEquals', ATTRIBUTES, [], true],
  ['ForAnyValue:StringLike', ['ID', 'PostDateTime'], ['UserName', 'Message', 'PostDateTime'], true],
  ['ForAnyValue:StringLike', ['ID', 'PostDateTime'], ['UserName'], false],
  ['ForAnyValue:StringLike', ['ID', 'PostDateTime'], null, false],
  ['ForAnyValue:StringEqualsIfExists', ['ID'], null, true],
  ['ForAnyValue:StringNotEquals', ['ID'], null, false],
  ['ForAllValues:StringNotEquals', ['x', 'y'], ['a', 'b'], true],
  ['ForAllValues:StringNotEquals', ['x', 'y'], ['a', 'x'], false],
  ['ForAnyValue:StringNotEquals', ['x', 'y'], ['x', 'a'], true],
  ['ForAnyValue:StringNotEquals', ['x', 'y'], ['x', 'y'], false],
  ['ForAllValues:StringEquals', ['x'], 'x', true],
  ['ForAnyValue:IpAddress', ['10.0.0.0/8'], ['192.0.2.1', '10.0.0.1'], true],
  ['ForAllValues:Null', ['false'], null, true],
  ['ForAnyValue:Null', ['true'], null, false],
  // A plain operator on several values is not defined: it does not match.
  ['StringEquals', ['x'], ['x', 'x'], false],
  ['StringNotEquals', ['x'], ['a', 'b'], false],
]);
