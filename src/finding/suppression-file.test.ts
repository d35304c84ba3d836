import { describe, expect, it } from 'vitest';
import { parseSuppressionFile } from './suppression-file.ts';

const CHECKS = new Set(['role-unused', 'user-unused', 'resource-public']);
const parse = (text: string) => parseSuppressionFile('s.yaml', text, CHECKS);
const problems = (text: string): readonly string[] => {
  const parsed = parse(text);
  return parsed.ok ? [] : parsed.error;
};

const WHOLE: Readonly<Record<string, string>> = {
  check: 'role-unused',
  principal: 'breakglass',
  reason: 'intended',
  justification: 'For emergencies.',
  owner: 'ann',
  approver: 'bob',
  expires: '2026-12-31',
};

/** A file of one entry, with some members replaced, or left out where undefined. Members stand on lines 2 and on. */
const file = (differing: Readonly<Record<string, string | undefined>> = {}): string => {
  const members = Object.entries({ ...WHOLE, ...differing }).filter(([, value]) => value !== undefined);
  return `suppressions:\n${members.map(([key, value], at) => `${at === 0 ? '  - ' : '    '}${key}: ${value}\n`).join('')}`;
};

describe('a suppression file', () => {
  it('is read with the line of each entry', () => {
    const text = `# who: security\n${file()}${file({ ticket: 'SEC-1', created: '2026-07-01', glob: 'true' }).slice('suppressions:\n'.length)}`;
    const parsed = parse(text);
    expect(parsed.ok && parsed.value.map(({ line, ticket, glob, created }) => [line, ticket, glob, created])).toEqual([
      [3, null, false, null],
      [10, 'SEC-1', true, '2026-07-01T00:00:00Z'],
    ]);
    expect(parsed.ok && parsed.value[0]).toEqual({
      file: 's.yaml',
      line: 3,
      check: 'role-unused',
      principal: 'breakglass',
      resource: null,
      account: null,
      part: null,
      glob: false,
      reason: 'intended',
      justification: 'For emergencies.',
      owner: 'ann',
      approver: 'bob',
      ticket: null,
      created: null,
      expires: '2026-12-31T00:00:00Z',
      pin: null,
    });
  });

  it('may have no entry', () => {
    expect(parse('suppressions: []\n')).toEqual({ ok: true, value: [] });
  });

  it.each<[string, string, string]>([
    ['nothing at all', '', 's.yaml:1:1: suppressions: must be a list of entries'],
    ['text', 'hello', 's.yaml:1:1: the file: must be keys with values, but is text'],
    ['a list', '- check: role-unused', 's.yaml:1:1: the file: must be keys with values, but is a list'],
    ['no list of entries', 'suppressions: {}', 's.yaml:1:15: suppressions: must be a list of entries'],
    ['another key', 'suppressions: []\nsupressions: []', 's.yaml:2:1: the file: unknown key `supressions`'],
    [
      'an entry that is text',
      'suppressions:\n  - role-unused',
      's.yaml:2:5: suppressions.0: must be an entry with `check`',
    ],
    ['an entry of nothing', 'suppressions:\n  -', 'suppressions.0: must be an entry with `check`'],
    ['no check', file({ check: undefined }), 's.yaml:2:5: suppressions.0.check: must be the id of a check'],
    [
      'a check that is none',
      file({ check: 'nope' }),
      's.yaml:2:12: suppressions.0.check: `nope` is not a check; the README',
    ],
    [
      'a check that is misspelt',
      file({ check: 'role-unsued' }),
      's.yaml:2:12: suppressions.0.check: `role-unsued` is not a check; did you mean `role-unused`?',
    ],
    ['a pattern of checks', file({ check: '"*"' }), 's.yaml:2:12: suppressions.0.check: `*` is not a check'],
    ['a number for a check', file({ check: '7' }), 's.yaml:2:12: suppressions.0.check: must be the id of a check'],
    [
      'neither principal nor resource',
      file({ principal: undefined }),
      's.yaml:2:5: suppressions.0: names neither `principal` nor `resource`',
    ],
    ['an empty principal', file({ principal: '""' }), 's.yaml:3:16: suppressions.0.principal: must not be empty'],
    [
      'a principal that is a list',
      file({ principal: '[a, b]' }),
      's.yaml:3:16: suppressions.0.principal: must be the ARN or name of a principal',
    ],
    [
      'a pattern without `glob`',
      file({ principal: '"dep*"' }),
      's.yaml:3:16: suppressions.0.principal: `dep*` holds `*`',
    ],
    [
      'a resource pattern without `glob`',
      file({ resource: 'bucket?' }),
      'suppressions.0.resource: `bucket?` holds `*`',
    ],
    [
      'a `glob` that is no boolean',
      file({ glob: '"yes"' }),
      's.yaml:9:11: suppressions.0.glob: must be `true` or `false`',
    ],
    [
      'an account that is a number',
      file({ account: '123456789012' }),
      's.yaml:9:14: suppressions.0.account: must be the 12 digits of an account, in quotes',
    ],
    [
      'an account that is too short',
      file({ account: '"1234"' }),
      's.yaml:9:14: suppressions.0.account: must be the 12 digits',
    ],
    ['no reason', file({ reason: undefined }), 's.yaml:2:5: suppressions.0.reason: must be one of accepted-risk'],
    [
      'a reason of its own',
      file({ reason: 'because' }),
      's.yaml:4:13: suppressions.0.reason: must be one of accepted-risk',
    ],
    [
      'no justification',
      file({ justification: undefined }),
      'suppressions.0.justification: must be why it may stay so',
    ],
    [
      'a blank justification',
      file({ justification: '"  "' }),
      's.yaml:5:20: suppressions.0.justification: must not be empty',
    ],
    [
      'an endless justification',
      file({ justification: 'a'.repeat(4001) }),
      's.yaml:5:20: suppressions.0.justification: must be why it may stay so of at most 4000 characters',
    ],
    ['no owner', file({ owner: undefined }), 'suppressions.0.owner: must be who answers for it'],
    ['a null owner', file({ owner: '~' }), 's.yaml:6:12: suppressions.0.owner: must be who answers for it'],
    ['no approver', file({ approver: undefined }), 'suppressions.0.approver: must be who has approved it'],
    [
      'no `expires`',
      file({ expires: undefined }),
      's.yaml:2:5: suppressions.0.expires: must be a date, the first day on which it holds no more',
    ],
    [
      'an `expires` that never comes',
      file({ expires: 'never' }),
      's.yaml:8:14: suppressions.0.expires: `never` is no date',
    ],
    [
      'the 30th of February',
      file({ expires: '2026-02-30' }),
      's.yaml:8:14: suppressions.0.expires: `2026-02-30` is no date',
    ],
    ['a 13th month', file({ expires: '2026-13-01' }), 's.yaml:8:14: suppressions.0.expires: `2026-13-01` is no date'],
    [
      'a date with a time',
      file({ expires: '2026-12-31T00:00:00Z' }),
      's.yaml:8:14: suppressions.0.expires: `2026-12-31T00:00:00Z` is no date',
    ],
    [
      'a date in another order',
      file({ expires: '31.12.2026' }),
      's.yaml:8:14: suppressions.0.expires: `31.12.2026` is no date',
    ],
    ['a year alone', file({ expires: '2026' }), 's.yaml:8:14: suppressions.0.expires: must be a date'],
    [
      'an `expires` before `created`',
      file({ created: '2027-01-01' }),
      's.yaml:8:14: suppressions.0.expires: must be later than `created`',
    ],
    [
      'a pin that is too short',
      file({ pin: 'abc' }),
      's.yaml:9:10: suppressions.0.pin: must be the 64 hexadecimal digits',
    ],
    ['a ticket that is a number', file({ ticket: '12' }), 's.yaml:9:13: suppressions.0.ticket: must be the ticket'],
    ['an unknown key', file({ expiry: '2027-01-01' }), 's.yaml:9:5: suppressions.0: unknown key `expiry`'],
    [
      'a `__proto__`',
      file({ __proto: 'x' }).replace('__proto', '__proto__'),
      's.yaml:9:5: suppressions.0: unknown key `__proto__`',
    ],
    ['a `constructor`', file({ constructor: 'x' }), 's.yaml:9:5: suppressions.0: unknown key `constructor`'],
    ['a merge key', `base: &b { owner: x }\n${file({ '<<': '*b' })}`, 'unknown key `<<`'],
    ['a key twice', `${file()}    owner: eve\n`, 's.yaml:9:5: not YAML: '],
    ['text that is no YAML', 'suppressions: [', 's.yaml:1:16: not YAML: '],
    ['an alias of nothing', 'suppressions: *x', 's.yaml:1:15: not YAML: there is no anchor `&x` before `*x`'],
    ['two documents', `${file()}---\n${file()}`, 'not one document: '],
    ['a tab as indentation', 'suppressions:\n\t- check: a', 'not YAML: '],
  ])('with %s is refused, naming file, line, column, place and mend', (_, text, message) => {
    expect(problems(text).join('\n')).toContain(message);
  });

  it('is told all its problems at once', () => {
    expect(problems(`${file({ check: 'x', expires: 'y' })}  - check: role-unused\n`).length).toBeGreaterThan(5);
  });
});

describe('a hostile suppression file', () => {
  it('that multiplies itself by aliases is refused', () => {
    const levels = [...'bcdefghij'].map(
      (key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(',')}]`,
    );
    expect(problems(`a: &a [x,x,x,x,x,x,x,x,x]\n${levels.join('\n')}\nsuppressions: *j\n`)).toHaveLength(1);
  });

  it.each([
    ['brackets', '['.repeat(1_000_000)],
    ['braces', 'suppressions: '.concat('{a: '.repeat(900_000))],
    ['dashes', '- '.repeat(1_000_000)],
  ])('of %s within each other is refused before they are parsed', (_, text) => {
    expect(problems(text)).toEqual([
      's.yaml:1:1: the file: is nested too deep; a suppression file is a list of flat entries',
    ]);
  });

  it('that is huge is refused before it is parsed', () => {
    expect(problems('#'.repeat(4_000_001))).toEqual([
      's.yaml:1:1: the file: holds 4000001 characters, more than 4000000; split it',
    ]);
  });
});
