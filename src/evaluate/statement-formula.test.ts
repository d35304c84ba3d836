import { describe, expect, test } from 'vitest';
import { allow, ask, type Question } from './testing/ask.ts';

const user = ['user', 'arn:aws:iam::111122223333:user/alice'] as const;
const OWN = 'arn:aws:s3:::home/${aws:username}/*';
const ALICES = 'arn:aws:s3:::home/alice/notes';

const askOf = (statement: object, more: Partial<Question>) =>
  ask({ caller: user, resource: ALICES, identity: { Effect: 'Allow', Action: '*', ...statement }, ...more });

const known = { context: { 'aws:username': 'alice' } };
const another = { context: { 'aws:username': 'bob' } };
const unknown = { unknown: ['aws:username'] };

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
describe('a resource with a policy variable', () => {
  const DENIED = 'implicitDeny by identity';
  const WHERE_OWN = `allowedIf the resource matches \`${OWN}\``;

  test.each<[string, readonly string[], Partial<Question>, string]>([
    ['is the one of its value', [OWN], known, 'allowed'],
    ['is not that of another', [OWN], another, DENIED],
    ['is none where there is no value', [OWN], {}, DENIED],
    ['is one of several', ['arn:aws:s3:::other/*', OWN], known, 'allowed'],
    ['hangs on a value that is not known', [OWN], unknown, WHERE_OWN],
    ['does not, where no value would fit', ['arn:aws:s3:::other/${aws:username}'], unknown, DENIED],
    ['does not, where another pattern fits', [OWN, 'arn:aws:s3:::home/*'], unknown, 'allowed'],
    ['hangs on it where another pattern does not fit', ['arn:aws:s3:::other/*', OWN], unknown, WHERE_OWN],
    ['is not asked for where the request names none', [OWN], { ...unknown, resource: '*' }, DENIED],
    ['is not asked for beside stars alone', [OWN, '**'], { ...unknown, resource: '*' }, 'allowed'],
  ])('%s', (_title, Resource, more, decision) => expect(askOf({ Resource }, more)).toBe(decision));

  test.each<[string, readonly string[], Partial<Question>, string]>([
    ['leaves out the one of its value', [OWN], known, DENIED],
    ['does not leave out that of another', [OWN], another, 'allowed'],
    ['leaves out all where there is no value', [OWN], {}, DENIED],
    ['leaves out all there, also what no value would fit', ['arn:aws:s3:::other/${aws:username}'], {}, DENIED],
    ['hangs on a value that is not known', [OWN], unknown, `allowedIf the resource does not match \`${OWN}\``],
    ['does not, where another pattern leaves it out', [OWN, 'arn:aws:s3:::home/*'], unknown, DENIED],
    ['is not asked for where the request names none', [OWN], { ...unknown, resource: '*' }, 'allowed'],
  ])('in `NotResource` %s', (_title, NotResource, more, decision) =>
    expect(askOf({ NotResource }, more)).toBe(decision),
  );
});

test('a value of a condition is told as written while a variable of it is not known, and replaced where all are', () => {
  const Condition = { StringLike: { 's3:prefix': ['${aws:username}/${aws:userid}/*', '${*}'] } };
  const question: Question = {
    caller: user,
    identity: allow({ Condition }),
    unknown: ['s3:prefix', 'aws:userid'],
    context: { 'aws:username': 'alice' },
  };
  expect(ask(question)).toBe('allowedIf `s3:prefix` is like `${aws:username}/${aws:userid}/*` or `${*}`');
  expect(ask({ ...question, unknown: ['s3:prefix'], context: { 'aws:username': 'alice', 'aws:userid': 'AIDA' } })).toBe(
    'allowedIf `s3:prefix` is like `alice/AIDA/*` or `${*}`',
  );
});
